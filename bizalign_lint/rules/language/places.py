"""Places in rule files, and located errors."""

from __future__ import annotations

from datetime import date

from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.types import Document, Location, Place, Pointer, Span
from bizalign_lint.parsing.positions import locate
from bizalign_lint.rules.language.paths import Step
from bizalign_lint.rules.language.shapes import PathExpression


def fail(document: Document, pointer: Pointer, message: str, key: bool = False) -> RuleError:
    """An error in a rule file, with its place."""
    return RuleError(message, place_of(document, pointer, key))


def day(document: Document, pointer: Pointer, text: str) -> date:
    """The date in a text; the schema has checked its form, but not that the date exists.

    Raises RuleError.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fail(document, pointer, f"{text} is not a date") from None


def place_of(document: Document, pointer: Pointer, key: bool = False) -> Location:
    """The location of a pointer in a rule file."""
    return Location(document.source.path, locate(Place(document, pointer, key)))


def step_place(document: Document, expression: PathExpression, step: Step) -> Location:
    """The location of a step of a path."""
    location = place_of(document, expression.pointer)
    span = location.span
    line = document.source.content.decode().splitlines()[span.line - 1]
    start = line.find(expression.text, span.column - 1)
    if start < 0:  # the path is a key, and the location is that of its value
        start = line.rfind(expression.text, 0, span.column)
    if start < 0:
        return location
    column = start + 1 + step.offset
    return Location(location.path, Span(span.line, column, span.line, column + len(step.name)))
