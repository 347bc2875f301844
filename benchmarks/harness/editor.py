"""An editor that speaks the language server protocol, as little of it as measuring needs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

_PATIENCE = 120


class Editor:
    """One server with one folder open."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._said: Queue[dict[str, Any]] = Queue()
        self._number = 0
        Thread(target=self._listen, daemon=True).start()
        root = {"uri": folder.as_uri(), "name": folder.name}
        self._ask("initialize", {"processId": None, "capabilities": {}, "workspaceFolders": [root]})
        self._send("initialized", {})

    def open(self, path: Path, text: str) -> None:
        """Open a file with a text."""
        item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": item})

    def change(self, path: Path, text: str) -> None:
        """Put another text in place of that of an open file."""
        document = {"uri": path.as_uri(), "version": 2}
        self._send(
            "textDocument/didChange",
            {"textDocument": document, "contentChanges": [{"text": text}]},
        )

    def close(self, path: Path) -> None:
        """Close a file."""
        self._send("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    def diagnostics(self, path: Path) -> list[Any]:
        """What is told next of a file."""
        while True:
            said = self._said.get(timeout=_PATIENCE)
            if said.get("method") != "textDocument/publishDiagnostics":
                continue
            if said["params"]["uri"] == path.as_uri():
                return list(said["params"]["diagnostics"])

    def completion(self, path: Path, text: str, at: re.Pattern[str]) -> float:
        """How many milliseconds it takes to offer what could stand at a place."""
        found = at.search(text)
        assert found is not None
        before = text[: found.end() - 1]
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        start = time.perf_counter()
        answer = self._ask(
            "textDocument/completion",
            {"textDocument": {"uri": path.as_uri()}, "position": position},
        )
        assert answer.get("result"), answer
        return 1000 * (time.perf_counter() - start)

    def hush(self, seconds: float) -> None:
        """Wait until nothing has been said for so long."""
        while True:
            try:
                self._said.get(timeout=seconds)
            except Empty:
                return

    def processor_time(self) -> float:
        """The seconds that the server has kept a processor busy, as Linux counts them."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_memory(self) -> float:
        """The most memory that the server has had, in megabytes, as Linux counts it."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024

    def leave(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            while stream.readline() != b"\r\n":
                pass
            self._said.put(json.loads(stream.read(int(header.partition(b":")[2]))))

    def _send(self, method: str, params: Any, **more: Any) -> None:
        assert self._process.stdin is not None
        said = {"jsonrpc": "2.0", "method": method, "params": params, **more}
        body = json.dumps(said).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _ask(self, method: str, params: Any) -> dict[str, Any]:
        self._number += 1
        self._send(method, params, id=self._number)
        while True:
            said = self._said.get(timeout=_PATIENCE)
            if said.get("id") == self._number:
                return said
