"""An error of libyaml, and the problem that is reported in its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Syntax:
    """What is wrong with a text, and the stretch of it to point at."""

    problem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParserError:
    """An error of libyaml; its places are indexes of the whole text."""

    text: str
    problem: str
    context: str
    at: int
    since: int | None
    opened: int | None

    def line_of(self, index: int) -> int:
        return self.text.count("\n", 0, index) + 1

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line(self, index: int) -> str:
        end = self.text.find("\n", index)
        return self.text[self.line_start(index) : end if end >= 0 else len(self.text)].rstrip("\r")

    def before(self, index: int) -> str:
        """The part of the line that is before an index."""
        return self.text[self.line_start(index) : index]

    def indent(self, index: int) -> int:
        """How far the line is indented."""
        line = self.line(index)
        return len(line) - len(line.lstrip())

    def syntax(self, problem: str, start: int, end: int | None = None) -> Syntax:
        return Syntax(problem, start, start + 1 if end is None else end)
