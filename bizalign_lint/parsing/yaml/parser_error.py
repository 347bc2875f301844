"""An error of libyaml, and the syntax error that is reported instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax error and its range in the text."""

    problem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParserError:
    """An error of libyaml; positions are indexes of the whole text."""

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
        """The part of the line before an index."""
        return self.text[self.line_start(index) : index]

    def indent(self, index: int) -> int:
        """The indentation of the line, in characters."""
        line = self.line(index)
        return len(line) - len(line.lstrip())

    def syntax(self, problem: str, start: int, end: int | None = None) -> Syntax:
        return Syntax(problem, start, start + 1 if end is None else end)
