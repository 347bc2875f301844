"""What an editor says, read as it comes: what it calls off is known before its turn comes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread

_CHUNK = 65536
_LENGTH = rb"^Content-Length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n"
# Names of headers are in any case, and a line may end as lines do where the editor runs.
_HEADER = re.compile(_LENGTH, re.IGNORECASE)
_HEAD = re.compile(_LENGTH + rb"(?:[^\r\n]+\r?\n)*\r?\n", re.MULTILINE | re.IGNORECASE)
_LONGEST = 1000
_CANCEL = "$/cancelRequest"

Id = int | str
"""Of a request, as the editor numbers them."""


class CancellableInput:
    """A stream of bytes, which a thread of its own reads while its reader is at work."""

    def __init__(self, descriptor: int) -> None:
        self.cancelled: set[Id] = set()
        """The requests that the editor no longer wants to be answered."""
        self._descriptor = descriptor
        self._chunks: SimpleQueue[bytes] = SimpleQueue()
        self._buffer = bytearray()
        # Nobody waits for it at the end: it may be waiting for an editor that says no more.
        Thread(target=self._listen, daemon=True).start()

    def readline(self) -> bytes:
        """The next line of a head, with its end. None is so long that it must be taken as it is."""
        while b"\n" not in self._buffer and self._more():
            pass
        line = self._take(self._buffer.find(b"\n") + 1 or len(self._buffer))
        if found := _HEADER.fullmatch(line):
            return b"Content-Length: %s\r\n" % found[1]
        return line if len(line) < _LONGEST else b"\n"

    def read(self, size: int) -> bytes:
        """So many bytes; fewer where the stream ends."""
        while len(self._buffer) < size and self._more():
            pass
        return self._take(size)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _more(self) -> bool:
        """Wait for more; False where the stream has ended."""
        chunk = self._chunks.get()
        self._buffer += chunk
        if not chunk:
            self._chunks.put(b"")
        return bool(chunk)

    def _listen(self) -> None:
        unread = bytearray()
        while chunk := self._chunk():
            unread += chunk
            while found := _HEAD.search(unread):
                start, end = found.end(), found.end() + int(found[1])
                if len(unread) < end:
                    break
                # Known before the reader has a chance to come to what it is about.
                self.cancelled.update(_cancelled(bytes(unread[start:end])))
                del unread[:end]
            self._chunks.put(chunk)
        self._chunks.put(b"")

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, _CHUNK)
        except OSError:
            return b""


def _cancelled(body: bytes) -> Iterator[Id]:
    """The request that a message calls off."""
    if _CANCEL.encode() not in body:
        return
    try:
        said = json.loads(body)
        id_ = said["params"]["id"] if said["method"] == _CANCEL else None
    except (ValueError, TypeError, LookupError, RecursionError):
        return
    if isinstance(id_, (int, str)):
        yield id_
