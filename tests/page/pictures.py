"""Make the pictures of the page anew: ``python -m tests.page.pictures``.

Needs what the tests in this folder need: chromium, node, and ``npm ci --prefix tests/page``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bizalign_lint.cli.edge import run

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FOLDER = ROOT / "docs/pictures"
NAMES = ("report", "report-map", "report-roadmap", "report-phone")


def main() -> int:
    """Write the page of an example and take pictures of it."""
    browser, node = shutil.which("chromium"), shutil.which("node")
    if browser is None or node is None:
        print("needs chromium and node")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "page.html")
        run(("report", str(ROOT / "examples/meridian-drift"), "-o", page))
        command = [node, str(HERE / "pictures.mjs"), browser, page, str(FOLDER)]
        return subprocess.run(command, check=False, timeout=400).returncode


if __name__ == "__main__":
    sys.exit(main())
