"""The texts that are open in the editor, kept up to date by the changes that it sends."""

from __future__ import annotations

from bizalign_lint.core.lines import Lines
from bizalign_lint.lsp.units import Measure, column


def offset(lines: Lines, line: int, character: int, measure: Measure) -> int:
    """The index in a text of an editor's position, both of its numbers 0-based."""
    return lines.index(line + 1, column(lines.text(line + 1), character, measure))


def replaced(
    text: str, start: tuple[int, int], end: tuple[int, int], new: str, measure: Measure
) -> str:
    """A text with one stretch of it replaced; the places are the editor's."""
    lines = Lines(text)
    first = offset(lines, *start, measure)
    last = offset(lines, *end, measure)
    return text[:first] + new + text[max(first, last) :]
