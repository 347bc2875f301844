"""VS Code with the extension, driven by what extensions may ask it and by its page."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
EXTENSION = ROOT / "editors/vscode/bizalign-lint.vsix"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
PLACE = os.environ.get("BIZALIGN_VSCODE", "")
WAIT = 30.0
"""Seconds to wait for what has to come."""
SERVER = ("node", "out/server-main.js", "--host", "127.0.0.1", "--accept-server-license-terms")
USUAL = {
    "telemetry.telemetryLevel": "off",
    "workbench.startupEditor": "none",
    "workbench.enableExperiments": False,
    "extensions.ignoreRecommendations": True,
    "security.workspace.trust.enabled": False,
    "git.enabled": False,
    "files.autoSave": "off",
    "terminal.integrated.gpuAcceleration": "off",
    "workbench.tips.enabled": False,
}
"""Settings in which nothing but what is tested speaks."""

NONE: Mapping[str, Any] = {}
T = TypeVar("T")


class VSCode:
    """A server of VS Code's window and a browser that shows it; used as a context."""

    def __init__(
        self, data: Path, environment: Mapping[str, str], settings: Mapping[str, Any] = NONE
    ) -> None:
        """``data`` is an empty folder of its own, ``environment`` that of extensions."""
        self._data = data
        self._probes = data / "p"
        self._probes.mkdir(parents=True)
        self._environment = {
            **environment,
            "BIZALIGN_PROBES": str(self._probes),
            # The environment is what it is, not what a login shell makes of it.
            "VSCODE_CLI": "1",
            "BIZALIGN_ROOT": str(ROOT),
        }
        self._settings = {**USUAL, **settings}
        self.settings({})

    def settings(self, said: Mapping[str, Any]) -> None:
        """Change the user's settings; VS Code notices that."""
        file = self._data / "data/User/settings.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({**self._settings, **said}), encoding="utf-8")

    def __enter__(self) -> Self:
        self._install()
        self._log = (self._data / "log").open("wb")
        self._server = subprocess.Popen(
            (*SERVER, "--port", "0", "--without-connection-token", *self._folders()),
            cwd=PLACE,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._browser = subprocess.Popen(
            ("node", str(HERE / "drive.mjs"), str(BROWSER)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started = re.compile(r"Extension host agent listening on (\d+)")
        (port, *_) = until(lambda: started.findall((self._data / "log").read_text("utf-8")))
        self._address = f"http://127.0.0.1:{port}/"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError, subprocess.TimeoutExpired):
            self._browser.communicate(timeout=20)
        self._browser.kill()
        # Hosts of extensions, and what these have started, go with their server.
        with suppress(ProcessLookupError):
            os.killpg(self._server.pid, signal.SIGTERM)
        self._server.wait(timeout=20)
        self._log.close()

    def open(self, folder: Path) -> None:
        """Open a folder in the window; its name is that of no other that was opened."""
        self._socket = self._probes / folder.name
        self.page(f"await page.goto({json.dumps(f'{self._address}?folder={quote(str(folder))}')});")
        until(self._socket.exists)

    def ask(self, body: str) -> Any:
        """What a function of `vscode`, run among the extensions, returns; `body` is JavaScript."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(WAIT)
            connection.connect(str(self._socket))
            connection.sendall(body.encode())
            connection.shutdown(socket.SHUT_WR)
            return _value(b"".join(iter(lambda: connection.recv(65536), b"")).decode())

    def command(self, name: str, *given: Any) -> None:
        """Run a command of VS Code; what it waits for is not waited for."""
        self.ask(f"void vscode.commands.executeCommand({json.dumps([name, *given])[1:-1]})")

    def page(self, body: str) -> Any:
        """What a function of the `page` (of Playwright) returns."""
        assert self._browser.stdin is not None and self._browser.stdout is not None
        print(json.dumps(body), file=self._browser.stdin, flush=True)
        return _value(self._browser.stdout.readline())

    def _folders(self) -> tuple[str, ...]:
        return "--server-data-dir", str(self._data), "--user-data-dir", str(self._data / "data")

    def _install(self) -> None:
        """As a person does it; and the probe, which is not in the form that takes."""
        command = (*SERVER, "--install-extension", str(EXTENSION), *self._folders())
        subprocess.run(
            command, cwd=PLACE, check=True, capture_output=True, env=self._environment, timeout=60
        )
        extensions = self._data / "extensions"
        listed = extensions / "extensions.json"
        installed = json.loads(listed.read_text("utf-8"))
        for added in (HERE / "probe", HERE / "yaml"):
            shutil.copytree(added, extensions / added.name)
            manifest = json.loads((added / "package.json").read_text("utf-8"))
            place = {"$mid": 1, "path": str(extensions / added.name), "scheme": "file"}
            installed.append(
                {
                    "identifier": {"id": f"{manifest['publisher']}.{manifest['name']}"},
                    "version": manifest["version"],
                    "location": place,
                    "relativeLocation": added.name,
                }
            )
        listed.write_text(json.dumps(installed), encoding="utf-8")


def until(look: Callable[[], T], holds: Callable[[T], object] = bool) -> T:
    """What a look sees once something holds of it; by itself, that it is not nothing."""
    end = time.monotonic() + WAIT
    while not holds(seen := look()):
        assert time.monotonic() < end, f"still {seen!r}"
        time.sleep(0.05)
    return seen


def _value(answer: str) -> Any:
    said = json.loads(answer)
    assert "error" not in said, said.get("error")
    return said.get("value")
