"""A language server over standard input and output, as an editor without a screen drives it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

WAIT = 30.0
"""Seconds to wait for an answer before the test fails."""
_CONFIGURATION = "workspace/configuration"


class Client:
    """One server, started; used as a context."""

    def __init__(self, command: Sequence[str], root: Path, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._number = 0
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._told: dict[str, queue.Queue[list[Any]]] = {}
        self.has_asked = threading.Event()
        """Set when the server has asked for settings."""
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "initializationOptions": settings,
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {
                            "completionItem": {
                                "snippetSupport": True,
                                "documentationFormat": ["markdown"],
                            }
                        },
                        "hover": {"contentFormat": ["markdown"]},
                    },
                },
            },
        )
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": settings})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join(WAIT)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def open(self, path: Path, text: str) -> None:
        """Put a text into an editor's window."""
        uri = path.as_uri()
        self._told[uri] = queue.Queue()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def diagnostics(self, path: Path) -> list[Any]:
        """What is said next of a text."""
        return self._told[path.as_uri()].get(timeout=WAIT)

    def close(self, path: Path) -> None:
        """Close the window, and forget what was said of the text."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        self._told.pop(path.as_uri(), None)

    def at(self, method: str, path: Path, line: int, character: int) -> Any:
        """What a feature answers at a place."""
        return self.request(
            f"textDocument/{method}",
            {
                "textDocument": {"uri": path.as_uri()},
                "position": {"line": line, "character": character},
            },
        )

    def request(self, method: str, params: Any) -> Any:
        self._number += 1
        answer = self._answers[self._number] = queue.Queue()
        self._send({"id": self._number, "method": method, "params": params})
        message = answer.get(timeout=WAIT)
        assert "error" not in message, message["error"]
        return message["result"]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                header = stream.readline()
            body = stream.read(length)
            if not body or len(body) < length:
                return  # it has been stopped in the middle of a message
            self._hear(json.loads(body))

    def _hear(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            self._answers[message["id"]].put(message)
        elif "id" in message:
            with suppress(BrokenPipeError):  # it has been stopped meanwhile
                self._send({"id": message["id"], "result": self._asked(message)})
            if message["method"] == _CONFIGURATION:
                self.has_asked.set()
        elif message["method"] == "textDocument/publishDiagnostics":
            params = message["params"]
            if params["uri"] in self._told:
                self._told[params["uri"]].put(params["diagnostics"])

    def _asked(self, message: dict[str, Any]) -> Any:
        if message["method"] != _CONFIGURATION:
            return None
        return [self._settings.get(item.get("section")) for item in message["params"]["items"]]
