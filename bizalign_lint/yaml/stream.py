"""The exact path: a file's content → its documents with their places; the last ones are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from .compose import compose
from .nodes import Tree
from .text import BadText, Lines, decode

_KEPT = 1 << 21
"""How many characters the files that are kept may have together."""


@dataclass(slots=True)
class Stream:
    """One file, read exactly."""

    lines: Lines
    trees: list[Tree]
    bad: BadText | None
    """Why it is no text at all; it then has no documents."""


class _Kept:
    """The streams that were read last."""

    def __init__(self) -> None:
        self._streams: OrderedDict[bytes, Stream] = OrderedDict()
        self._size = 0

    def get(self, content: bytes) -> Stream | None:
        stream = self._streams.get(content)
        if stream is not None:
            self._streams.move_to_end(content)
        return stream

    def keep(self, content: bytes, stream: Stream) -> None:
        self._streams[content] = stream
        self._size += len(content)
        while self._size > _KEPT and len(self._streams) > 1:
            self._size -= len(self._streams.popitem(last=False)[0])


_kept = _Kept()
_lock = Lock()


def read(content: bytes) -> Stream:
    """Read a file, unless it is among the last that were read."""
    with _lock:
        stream = _kept.get(content)
        if stream is None:
            stream = _read(content)
            _kept.keep(content, stream)
        return stream


def lines(content: bytes) -> Lines:
    """The lines of a file; that takes no parsing."""
    with _lock:
        stream = _kept.get(content)
    if stream is not None:
        return stream.lines
    text = decode(content)
    return Lines(text.text if isinstance(text, BadText) else text)


def _read(content: bytes) -> Stream:
    text = decode(content)
    if isinstance(text, BadText):
        return Stream(Lines(text.text), [], text)
    return Stream(Lines(text), compose(text), None)
