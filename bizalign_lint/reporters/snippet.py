"""A line of source with its number, and a mark under the stretch that is meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from bizalign_lint.core.types import Span
from bizalign_lint.reporters.glyphs import cells
from bizalign_lint.reporters.style import Style

if TYPE_CHECKING:
    from bizalign_lint.core.lines import Lines

_ELLIPSIS = "…"
_LONG = 10_000


def snippet(
    lines: Lines, span: Span, gutter: int, width: int, style: Style, role: str, mark: str = "^"
) -> list[str]:
    """The lines to print; empty when there is no such line in the source.

    ``gutter`` is the width of the column of line numbers. Of a span over several lines the first
    is shown.
    """
    source = lines.text(span.line)
    if not source.strip():
        return []
    room = max(width - gutter - 3, 20)
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(source.rstrip())
    if len(source) > _LONG:
        # What is far from the mark is not shown anyway, and a line may have millions of characters.
        passed = max(first - room, 0)
        source = source[passed : first + 2 * room]
        first, last = first - passed, last - passed
    shown = cells(source)
    first = min(first, len(shown))
    last = max(min(last, len(shown)), first)
    text, before, under = _crop(shown, first, last, room)
    bar = style("gutter", f"{'':{gutter}} |")
    return [
        bar,
        f"{style('gutter', f'{span.line:{gutter}} |')} {text}".rstrip(),
        f"{bar} {' ' * before}{style(role, mark * max(under, 1))}",
    ]


def _crop(shown: list[tuple[str, int]], first: int, last: int, room: int) -> tuple[str, int, int]:
    """The part of a line that fits, the columns before the mark, and the columns of the mark."""
    at = [0, *accumulate(columns for _, columns in shown)]
    start, end = 0, len(shown)
    if at[-1] > room:
        if at[last] >= room:
            # A third of the room is for what is before the mark.
            start = bisect_left(at, at[first] - room // 3, hi=first)
        end = bisect_right(at, at[start] + room - (2 if start else 1)) - 1
    lead = _ELLIPSIS if start else ""
    tail = _ELLIPSIS if end < len(shown) else ""
    text = lead + "".join(char for char, _ in shown[start:end]) + tail
    return text, len(lead) + at[first] - at[start], at[min(last, end)] - at[first]
