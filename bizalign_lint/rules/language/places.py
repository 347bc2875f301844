"""Where things are in a rule file, and the errors that say so."""

from __future__ import annotations

from datetime import date

from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.types import Document, Location, Place, Pointer, Span
from bizalign_lint.parsing.positions import locate
from bizalign_lint.rules.language.paths import Step
from bizalign_lint.rules.language.shapes import PathExpression


def fail(document: Document, pointer: Pointer, message: str, key: bool = False) -> RuleError:
    """The error of a rule file, with its place."""
    return RuleError(message, place_of(document, pointer, key))


def day(document: Document, pointer: Pointer, text: str) -> date:
    """The date that a text stands for; the schema has seen to its form, not to the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fail(document, pointer, f"{text} is not a date") from None


def place_of(document: Document, pointer: Pointer, key: bool = False) -> Location:
    """Where something in a rule file is."""
    return Location(document.source.path, locate(Place(document, pointer, key)))


def step_place(document: Document, expression: PathExpression, step: Step) -> Location:
    """Where a step of a path is."""
    location = place_of(document, expression.pointer)
    span = location.span
    line = document.source.content.decode().splitlines()[span.line - 1]
    start = line.find(expression.text, span.column - 1)
    if start < 0:  # the path is a key, and the place that of its value
        start = line.rfind(expression.text, 0, span.column)
    if start < 0:
        return location
    column = start + 1 + step.offset
    return Location(location.path, Span(span.line, column, span.line, column + len(step.name)))
