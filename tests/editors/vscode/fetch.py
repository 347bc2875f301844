"""Fetch VS Code from npm: ``python -m tests.editors.vscode.fetch FOLDER``.

The package code-server has a build of VS Code in it that serves its window to a browser. Only that
is used, not the rest of the package. Needs node, npm, a compiler (for terminals) and ripgrep (for
the search for files). The folder can then be named in ``BIZALIGN_VSCODE``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from base64 import b64encode
from pathlib import Path

PACKAGE = "code-server@4.100.3"
INTEGRITY = (
    "q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA=="
)
"""The SHA-512 of the package, as the registry and npm's own locks write it."""
INSIDE = "package/lib/vscode/"
QUIET = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")


class NotToBeHadError(Exception):
    """What is missing."""


def fetch(folder: Path) -> None:
    """Put VS Code into a folder that is empty or does not exist."""
    node, npm, ripgrep = (found(name) for name in ("node", "npm", "rg"))
    folder.mkdir(parents=True, exist_ok=True)
    _run(folder, npm, "pack", "--silent", PACKAGE)
    (archive,) = folder.glob("*.tgz")
    digest = b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != INTEGRITY:
        raise NotToBeHadError(f"{PACKAGE} is another one than it was: {digest}")
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.name.startswith(INSIDE):
                member.name = member.name.removeprefix(INSIDE)
                packed.extract(member, folder, filter="data")
    archive.unlink()
    _run(folder, npm, "install", "--omit=dev", *QUIET)
    # Terminals, and with them tasks, are made of a part that is compiled for this machine.
    root = subprocess.run((npm, "root", "-g"), check=True, capture_output=True, text=True)
    gyp = Path(root.stdout.strip()) / "npm/node_modules/node-gyp/bin/node-gyp.js"
    headers = Path(node).resolve().parent.parent
    terminals = folder / "node_modules/node-pty"
    _run(terminals, node, str(gyp), "rebuild", f"--nodedir={headers}")
    search = folder / "node_modules/@vscode/ripgrep/bin"
    search.mkdir(exist_ok=True)
    (search / "rg").symlink_to(ripgrep)


def found(name: str) -> str:
    """The path of a program."""
    path = shutil.which(name)
    if path is None:
        raise NotToBeHadError(f"there is no {name}")
    return path


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "npm_config_update_notifier": "false"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode:
        raise NotToBeHadError(f"{' '.join(command)}: {done.stderr[-2000:]}")


def main() -> int:
    """Fetch it, or say on one line why it is not to be had."""
    try:
        fetch(Path(sys.argv[1]).resolve())
    except (NotToBeHadError, OSError, subprocess.SubprocessError) as error:
        print(f"no VS Code to be had: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
