"""Patterns for paths, in the form that .gitignore files have.

They are matched segment by segment, and a segment by the pieces between its stars, each where it is
found first: nothing is tried twice, so that no pattern can make a match take long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_SET = re.compile(r"\[([!^]?)((?:\]|\\.|\[:\w+:\]|[^\]\\])(?:\\.|\[:\w+:\]|[^\]\\])*)\]", re.DOTALL)
_ENTRY = re.compile(r"\[:(\w+):\]|(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
"""What the names of POSIX stand for in a set."""


class GlobError(ValueError):
    """A pattern that can match nothing."""


class _Piece(NamedTuple):
    """What is between two stars of a segment; it matches texts of one length."""

    regex: re.Pattern[str]
    width: int


_Segment = Sequence[_Piece]
"""One segment of a path: pieces with a star between each two of them."""
_FOLDERS: _Segment = ()
"""``**/``: any number of segments."""


class _Glob(NamedTuple):
    positive: bool
    segments: Sequence[_Segment]
    folder_only: bool


class Globs:
    """Patterns of which the last that matches decides; one that starts with ``!`` takes back.

    A pattern that matches a folder matches everything below it. Unlike git, a file can be taken
    back out of a folder that an earlier pattern matched. Raises GlobError.
    """

    __slots__ = ("_globs", "patterns")

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.patterns = tuple(patterns)
        self._globs = [
            _read(pattern.removeprefix("!"), positive=not pattern.startswith("!"))
            for pattern in self.patterns
        ]

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and self.patterns == other.patterns

    def __hash__(self) -> int:
        return hash(self.patterns)

    def __repr__(self) -> str:
        return f"Globs({self.patterns!r})"

    def match(self, path: str) -> bool:
        """Whether a file is meant; ``path`` is relative, with forward slashes."""
        names = path.split("/")
        return next((glob.positive for glob in reversed(self._globs) if _leads(glob, names)), False)

    def covers(self, folder: str) -> bool:
        """Whether everything below a folder is meant, so that nobody need look into it."""
        return all(glob.positive for glob in self._globs) and self.match(f"{folder}/")


def _leads(glob: _Glob, names: Sequence[str]) -> bool:
    """Whether a pattern matches a path, or a folder that it is in."""
    segments, count = glob.segments, len(names)
    at = name = 0
    again: tuple[int, int] | None = None
    """After the last ``**/``: the segment, and the name that it is tried with next."""
    while at < len(segments):
        segment = segments[at]
        if segment is _FOLDERS:
            at += 1
            again = (at, name + 1)
        elif name < count and _fits(segment, names[name]):
            at += 1
            name += 1
        elif again is not None and again[1] < count:
            at, name = again
            again = (at, name + 1)
        else:
            return False
    return name < count or not glob.folder_only


def _fits(segment: _Segment, name: str) -> bool:
    """Whether a name has the pieces of a segment in their order, the outer ones at its ends."""
    first, last = segment[0], segment[-1]
    if first is last:
        return first.regex.fullmatch(name) is not None
    found = first.regex.match(name)
    for piece in segment[1:-1]:
        found = found and piece.regex.search(name, found.end())
    end = len(name) - last.width
    return found is not None and found.end() <= end and last.regex.match(name, end) is not None


def _read(pattern: str, positive: bool) -> _Glob:
    text = pattern if pattern.endswith("\\ ") else pattern.rstrip(" ")
    folder_only = text.endswith("/")
    text = text.removesuffix("/")
    if text.startswith("./"):
        text = text[1:]
    anchored = "/" in text
    parts = _parts(text.removeprefix("/"))
    if any(part in ([], ["."], [".", "."]) for part in parts):
        raise GlobError(f"the pattern {pattern} can never match: no path has such a part")
    segments = [_FOLDERS] if not anchored else []
    for number, part in enumerate(parts):
        if part != ["*", "*"]:
            segments.append(_segment(part))
        else:
            segments.append(_FOLDERS)
            if number == len(parts) - 1:
                segments.append(_segment(["*"]))
    return _Glob(positive, segments, folder_only)


def _parts(text: str) -> list[list[str]]:
    """The segments of a pattern, each as its sets, escaped characters and characters."""
    parts: list[list[str]] = [[]]
    index = 0
    while index < len(text):
        if text[index] == "/":
            parts.append([])
            index += 1
            continue
        found = _SET.match(text, index)
        length = 2 if text[index] == "\\" and index + 1 < len(text) else 1
        token = found[0] if found else text[index : index + length]
        parts[-1].append(token)
        index += len(token)
    return parts


def _segment(parts: Iterable[str]) -> _Segment:
    pieces: list[list[str]] = [[]]
    for part in parts:
        if part == "*":
            pieces.append([])
        elif part == "?":
            pieces[-1].append(".")
        elif found := _SET.fullmatch(part):
            pieces[-1].append(_set(found))
        else:
            pieces[-1].append(re.escape(part[-1]))
    return tuple(_Piece(re.compile("".join(piece), re.DOTALL), len(piece)) for piece in pieces)


def _set(found: re.Match[str]) -> str:
    """The regular expression of a set."""
    body = []
    for entry in _ENTRY.finditer(found[2]):
        name, first, last = entry[1], entry[2], entry[3]
        if name is not None:
            if name not in _CLASSES:
                raise GlobError(f"{found[0]} can never match: unknown class {name}")
            body.append(_CLASSES[name])
            continue
        if last is not None and first[-1] > last[-1]:
            raise GlobError(f"{found[0]} can never match: {first}-{last} is in the wrong order")
        ends = (first,) if last is None else (first, last)
        body.append("-".join(re.escape(end[-1]) for end in ends))
    return f"[{'^' if found[1] else ''}{''.join(body)}]"
