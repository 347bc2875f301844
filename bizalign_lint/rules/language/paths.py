"""SPARQL 1.1 property paths: text → tree (https://www.w3.org/TR/sparql11-query/#propertypaths)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)|(?P<mark>[\^/|*+?()]))"
)


class Step(NamedTuple):
    """One property or relation; ``offset`` is the index of its name in the text."""

    name: str
    inverse: bool = False
    offset: int = 0


class Sequence(NamedTuple):
    """Paths one after the other. The mark keeps it unequal to an alternative of the same parts."""

    parts: tuple[Path, ...]
    mark: str = "/"


class Alternative(NamedTuple):
    """Everything that any of the paths leads to."""

    parts: tuple[Path, ...]
    mark: str = "|"


class Repeat(NamedTuple):
    """A path repeated at least ``least`` (0 or 1) times; at most once unless ``many``."""

    part: Path
    least: int
    many: bool


Path = Step | Sequence | Alternative | Repeat


class PathSyntaxError(ValueError):
    """A text is not a path; ``offset`` is the index of the error."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@cache
def parse(text: str) -> Path:
    """The tree of a path. Raises PathSyntaxError."""
    parser = _Parser(text)
    path = parser.alternative()
    if parser.mark is not None or parser.name is not None:
        raise PathSyntaxError(f"unexpected {text[parser.offset :]!r}", parser.offset)
    return path


class _Parser:
    """A recursive-descent parser with one token of lookahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = 0
        self._depth = 0
        self._advance()

    def _advance(self) -> None:
        rest = self._text[self._next :]
        self.name: str | None = None
        self.mark: str | None = None
        self.offset = self._next + len(rest) - len(rest.lstrip())
        if not rest.strip():
            return
        found = _TOKEN.match(self._text, self._next)
        if found is None:
            raise PathSyntaxError(f"unexpected {self._text[self.offset]!r}", self.offset)
        self.name, self.mark = found["name"], found["mark"]
        self._next = found.end()

    def alternative(self) -> Path:
        parts = [self._sequence()]
        while self.mark == "|":
            self._advance()
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Alternative(tuple(parts))

    def _sequence(self) -> Path:
        parts = [self._postfix()]
        while self.mark == "/":
            self._advance()
            parts.append(self._postfix())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _postfix(self) -> Path:
        if self.mark == "^":
            self._advance()
            return _inverse(self._postfix())
        path = self._primary()
        while self.mark in ("*", "+", "?"):
            path = Repeat(path, least=int(self.mark == "+"), many=self.mark != "?")
            self._advance()
        return path

    def _primary(self) -> Path:
        if self.mark == "(":
            self._depth += 1
            if self._depth > 20:
                raise PathSyntaxError("brackets are nested too deeply", self.offset)
            self._advance()
            path = self.alternative()
            if self.mark != ")":
                raise PathSyntaxError("a bracket is not closed", self.offset)
            self._depth -= 1
            self._advance()
            return path
        if self.name is None:
            what = repr(self.mark) if self.mark else "the end"
            raise PathSyntaxError(f"expected a name, found {what}", self.offset)
        step = Step(self.name, offset=self.offset)
        self._advance()
        return step


def _inverse(path: Path) -> Path:
    """The reverse of a path, with the inversion moved down to its steps."""
    match path:
        case Step(name, inverse, offset):
            return Step(name, not inverse, offset)
        case Sequence(parts):
            return Sequence(tuple(_inverse(part) for part in reversed(parts)))
        case Alternative(parts):
            return Alternative(tuple(_inverse(part) for part in parts))
        case Repeat(part, least, many):
            return Repeat(_inverse(part), least, many)


def text(path: Path) -> str:
    """The text of a path; parsing it gives the same tree except for offsets."""
    match path:
        case Step(name, inverse):
            return f"^{name}" if inverse else name
        case Sequence(parts):
            return "/".join(_bracketed(part, Sequence | Alternative) for part in parts)
        case Alternative(parts):
            return "|".join(_bracketed(part, Alternative) for part in parts)
        case Repeat(part, least, many):
            mark = "?" if not many else "+" if least else "*"
            simple = isinstance(part, Step) and not part.inverse
            return (text(part) if simple else f"({text(part)})") + mark


def _bracketed(path: Path, kinds: object) -> str:
    shown = text(path)
    return f"({shown})" if isinstance(path, kinds) else shown  # type: ignore[arg-type]


def first_step(path: Path) -> Step:
    """The first step of a path (that of the first alternative)."""
    while not isinstance(path, Step):
        path = path.part if isinstance(path, Repeat) else path.parts[0]
    return path
