"""Glob patterns in the syntax of .gitignore files.

A path is matched segment by segment, and a segment by the pieces between its stars, each at its
first match. There is no backtracking within a segment, so no pattern can make matching slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_SET = re.compile(r"\[([!^]?)((?:\]|\\.|\[:\w+:\]|[^\]\\])(?:\\.|\[:\w+:\]|[^\]\\])*)\]", re.DOTALL)
_UNPADDED = re.compile(r"((?:\\.|[^\\])*?) *", re.DOTALL)
"""A pattern and the spaces at its end. A backslash keeps a space; it must not be the last."""
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
"""The POSIX character classes, as parts of a regular expression's set."""


class GlobError(ValueError):
    """A pattern that can never match."""


class _Piece(NamedTuple):
    """The part of a segment between two stars; it matches a fixed number of characters."""

    regex: re.Pattern[str]
    width: int


_Segment = Sequence[_Piece]
"""One segment of a pattern: pieces separated by stars."""
_ANY_FOLDERS: _Segment = ()
"""``**/``: any number of segments."""


class _Glob(NamedTuple):
    positive: bool
    segments: Sequence[_Segment]
    folder_only: bool


class Globs:
    """Patterns of which the last match decides; a leading ``!`` negates.

    A pattern that matches a folder matches everything below it. Unlike in git, a file can be
    re-included although an earlier pattern matched its folder. Raises GlobError.
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
        """Whether a file matches; ``path`` is relative, with forward slashes."""
        names = path.split("/")
        return next(
            (glob.positive for glob in reversed(self._globs) if _matches(glob, names)), False
        )

    def covers(self, folder: str) -> bool:
        """Whether everything below a folder matches, so that it need not be searched."""
        return all(glob.positive for glob in self._globs) and self.match(f"{folder}/")


def _matches(glob: _Glob, names: Sequence[str]) -> bool:
    """Whether a pattern matches a path or one of its parent folders."""
    segments, count = glob.segments, len(names)
    at = name = 0
    resume: tuple[int, int] | None = None
    """Where to resume after the last ``**/``: the segment, and the next name to try it with."""
    while at < len(segments):
        segment = segments[at]
        if segment is _ANY_FOLDERS:
            at += 1
            resume = (at, name + 1)
        elif name < count and _segment_matches(segment, names[name]):
            at += 1
            name += 1
        elif resume is not None and resume[1] < count:
            at, name = resume
            resume = (at, name + 1)
        else:
            return False
    return name < count or not glob.folder_only


def _segment_matches(segment: _Segment, name: str) -> bool:
    """Whether a name consists of a segment's pieces in order, the first and last at its ends."""
    first, last = segment[0], segment[-1]
    if first is last:
        return first.regex.fullmatch(name) is not None
    found = first.regex.match(name)
    for piece in segment[1:-1]:
        found = found and piece.regex.search(name, found.end())
    end = len(name) - last.width
    return found is not None and found.end() <= end and last.regex.match(name, end) is not None


def _read(pattern: str, positive: bool) -> _Glob:
    found = _UNPADDED.fullmatch(pattern)
    if found is None:
        raise GlobError(f"the pattern {pattern} can never match: it ends with a backslash")
    text = found[1]
    folder_only = text.endswith("/")
    text = text.removesuffix("/")
    if text.startswith("./"):
        text = text[1:]
    anchored = "/" in text
    parts = _parts(text.removeprefix("/"))
    if any(part in ([], ["."], [".", "."]) for part in parts):
        raise GlobError(f"the pattern {pattern} can never match: a segment is empty, . or ..")
    segments = [_ANY_FOLDERS] if not anchored else []
    for number, part in enumerate(parts):
        if part != ["*", "*"]:
            segments.append(_segment(part))
        else:
            segments.append(_ANY_FOLDERS)
            if number == len(parts) - 1:
                segments.append(_segment(["*"]))
    return _Glob(positive, segments, folder_only)


def _parts(text: str) -> list[list[str]]:
    """The segments of a pattern, each as a list of sets, escaped characters and characters."""
    parts: list[list[str]] = [[]]
    index = 0
    while index < len(text):
        if text[index] == "/":
            parts.append([])
            index += 1
            continue
        found = _SET.match(text, index)
        length = 2 if text[index] == "\\" else 1
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
    """The regular expression for a set. Raises GlobError."""
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
