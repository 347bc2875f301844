"""The protocol by hand: an editor that may say anything, in any order."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any

CAN = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    }
}
"""What most editors can do."""

PATIENCE = 20
"""So many seconds an answer may take, on a machine that is busy."""


class Wire:
    """One server, and everything that it says. Whatever it says must be the protocol."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bizalign_lint", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._said: Queue[dict[str, Any] | None] = Queue()
        self._next = 0
        self.told: dict[str, list[dict[str, Any]]] = {}
        """The last diagnostics of each file, by URI."""
        self.answered: list[Any] = []
        """The requests that have been answered."""
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while header := self._process.stdout.readline():
            name, _, length = header.decode().partition(":")
            assert name == "Content-Length", header
            while self._process.stdout.readline() != b"\r\n":
                pass
            self._said.put(json.loads(self._process.stdout.read(int(length))))
        self._said.put(None)

    def write(self, data: bytes) -> None:
        """Bytes as they are."""
        assert self._process.stdin is not None
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def send(self, method: str, params: Any = None, **more: Any) -> None:
        """A notification; with an ``id``, a request."""
        said = {"jsonrpc": "2.0", "method": method, "params": params, **more}
        body = json.dumps(said).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def ask(self, method: str, params: Any = None) -> Any:
        """The answer to a request, errors included."""
        self._next += 1
        number = self._next
        self.send(method, params, id=number)
        return self.until(lambda said: said.get("id") == number and "method" not in said)

    def begin(self, *roots: Path, can: Any = None, options: Any = None) -> Any:
        """Introduce an editor that has some folders open."""
        answer = self.introduce(*roots, can=can, options=options)
        self.send("initialized", {})
        return answer["result"]["capabilities"]

    def introduce(self, *roots: Path, can: Any = None, options: Any = None) -> Any:
        """The answer to the request that a session begins with, errors included."""
        folders = [{"uri": root.as_uri(), "name": root.name} for root in roots]
        return self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "capabilities": CAN if can is None else can,
                "workspaceFolders": folders,
                "initializationOptions": options,
            },
        )

    def open(self, path: Path, text: str) -> None:
        """Open a file with a text."""
        item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def change(self, path: Path, *changes: dict[str, Any]) -> None:
        """Change a file that is open."""
        document = {"uri": path.as_uri(), "version": 2}
        self.send(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [*changes]}
        )

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first thing said that is wanted; diagnostics are noted on the way."""
        while True:
            said = self._said.get(timeout=PATIENCE)
            assert said is not None, "the server has left"
            self._note(said)
            if wanted(said):
                return said

    def _note(self, said: dict[str, Any]) -> None:
        if said.get("method") == "textDocument/publishDiagnostics":
            self.told[said["params"]["uri"]] = said["params"]["diagnostics"]
        if "id" in said and "method" not in said:
            self.answered.append(said["id"])

    def wait(self, holds: Callable[[], bool]) -> None:
        """Listen until something holds of what has been told."""
        while not holds():
            self.until(lambda _: True)

    def hush(self, seconds: float = 0.6) -> None:
        """Listen until nothing has been said for a while."""
        while True:
            try:
                said = self._said.get(timeout=seconds)
            except Empty:
                return
            assert said is not None, "the server has left"
            self._note(said)

    def codes(self, path: Path) -> list[str]:
        """The rules that have something to say of a file."""
        return [str(found.get("code")) for found in self.told.get(path.as_uri(), ())]

    def end(self) -> int:
        """Leave politely; the exit code of the server."""
        self.ask("shutdown")
        self.send("exit")
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        """Leave at once."""
        self._process.kill()
        self._process.wait(PATIENCE)
        self._thread.join(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(BrokenPipeError):
                stream.close()
