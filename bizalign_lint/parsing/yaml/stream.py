"""The exact path: a file's content → its documents with positions; recent results are cached."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from bizalign_lint.core.lines import Lines
from bizalign_lint.parsing.yaml.compose import compose
from bizalign_lint.parsing.yaml.nodes import Tree
from bizalign_lint.parsing.yaml.text import BadText, decode

_T = TypeVar("_T")


@dataclass(slots=True)
class Stream:
    """One file as read by the exact path."""

    lines: Lines
    trees: list[Tree]
    bad: BadText | None
    """Why the content is not text; the file then has no documents."""


class _Cache(Generic[_T]):
    """A cache of results for recently read files, limited by the total size of their contents."""

    def __init__(self, max_size: int) -> None:
        self._max_size = max_size
        self._results: OrderedDict[bytes, _T] = OrderedDict()
        self._size = 0

    def get(self, content: bytes) -> _T | None:
        result = self._results.get(content)
        if result is not None:
            self._results.move_to_end(content)
        return result

    def put(self, content: bytes, result: _T) -> _T:
        self._results[content] = result
        self._size += len(content)
        while self._size > self._max_size and len(self._results) > 1:
            self._size -= len(self._results.popitem(last=False)[0])
        return result


_cached = _Cache[Stream](1 << 21)
_lines = _Cache[Lines](1 << 26)
"""Lines only, which take little more memory than the text."""
_lock = Lock()


def read(content: bytes) -> Stream:
    """Read a file, or return the cached result."""
    with _lock:
        return _cached.get(content) or _cached.put(content, _read(content))


def lines(content: bytes) -> Lines:
    """The lines of a file, without parsing it."""
    with _lock:
        stream = _cached.get(content)
        if stream is not None:
            return stream.lines
        return _lines.get(content) or _lines.put(content, _read_lines(content))


def _read_lines(content: bytes) -> Lines:
    text = decode(content)
    return Lines(text.text if isinstance(text, BadText) else text)


def _read(content: bytes) -> Stream:
    text = decode(content)
    if isinstance(text, BadText):
        return Stream(Lines(text.text), [], text)
    return Stream(Lines(text), compose(text), None)
