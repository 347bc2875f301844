"""The exact path: a file's content → its documents with their places; the last ones are kept."""

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
    """One file, read exactly."""

    lines: Lines
    trees: list[Tree]
    bad: BadText | None
    """Why it is no text at all; it then has no documents."""


class _Cache(Generic[_T]):
    """What was made of the files that were read last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[bytes, _T] = OrderedDict()
        self._size = 0

    def get(self, content: bytes) -> _T | None:
        made = self._made.get(content)
        if made is not None:
            self._made.move_to_end(content)
        return made

    def keep(self, content: bytes, made: _T) -> _T:
        self._made[content] = made
        self._size += len(content)
        while self._size > self._most and len(self._made) > 1:
            self._size -= len(self._made.popitem(last=False)[0])
        return made


_cached = _Cache[Stream](1 << 21)
_lines = _Cache[Lines](1 << 26)
"""Of these files only the lines are kept, which is little more than their text."""
_lock = Lock()


def read(content: bytes) -> Stream:
    """Read a file, unless it is among the last that were read."""
    with _lock:
        return _cached.get(content) or _cached.keep(content, _read(content))


def lines(content: bytes) -> Lines:
    """The lines of a file; that takes no parsing."""
    with _lock:
        stream = _cached.get(content)
        if stream is not None:
            return stream.lines
        return _lines.get(content) or _lines.keep(content, _read_lines(content))


def _read_lines(content: bytes) -> Lines:
    text = decode(content)
    return Lines(text.text if isinstance(text, BadText) else text)


def _read(content: bytes) -> Stream:
    text = decode(content)
    if isinstance(text, BadText):
        return Stream(Lines(text.text), [], text)
    return Stream(Lines(text), compose(text), None)
