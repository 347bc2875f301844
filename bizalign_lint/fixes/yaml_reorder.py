"""The items of a YAML list in another order, each with the comments that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bizalign_lint.fixes.yaml_edit import COMMA, DASH, REST, Replacement, line_start
from bizalign_lint.parsing.yaml.nodes import Node

_COMMENTS = re.compile(r"(?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n))*")
_LAST_COMMENT = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*#[^\r\n]*(?:\r\n|\r|\n)\Z")


class Reordering(NamedTuple):
    """The replacement that reorders a list."""

    replacement: Replacement
    has_comment_lines: bool
    """Whether a comment on a line of its own moves; it might be about more than the next item."""


class _Unit(NamedTuple):
    """The span of text that moves with an item."""

    start: int
    end: int
    has_comment_lines: bool = False


def reordered(text: str, list_: Node, order: Sequence[int]) -> Reordering | None:
    """The list of scalars in another order; None if that is not safe or changes nothing.

    The comment after an item and the comment lines directly above it move with it.
    """
    items = list_.items
    assert items is not None
    if any(re.search(r"[\r\n]", text[item.start : item.end]) for item in items):
        return None
    units = _flow(text, list_, items) if list_.flow else _block(text, items)
    moved = [place for place, index in enumerate(order) if place != index]
    if units is None or not moved:
        return None
    first, last = moved[0], moved[-1]
    # What separates two items stays in place: a comma, or the end of a line.
    pieces = [_of(text, units[order[first]])]
    for place in range(first + 1, last + 1):
        pieces += [text[units[place - 1].end : units[place].start], _of(text, units[order[place]])]
    return Reordering(
        (units[first].start, units[last].end, "".join(pieces)),
        any(unit.has_comment_lines for unit in units[first : last + 1]),
    )


def _of(text: str, unit: _Unit) -> str:
    return text[unit.start : unit.end]


def _flow(text: str, list_: Node, items: Sequence[Node]) -> list[_Unit] | None:
    if text[list_.start + 1 : items[0].start].strip():
        return None
    if not all(COMMA.fullmatch(text, one.end, other.start) for one, other in pairwise(items)):
        return None
    return [_Unit(item.start, item.end) for item in items]


def _block(text: str, items: Sequence[Node]) -> list[_Unit] | None:
    """The lines of each item; None if a blank line divides the items into groups."""
    units: list[_Unit] = []
    above = None
    for item in items:
        line = line_start(text, item.start)
        rest = REST.match(text, item.end)
        if rest is None or DASH.fullmatch(text, line, item.start) is None:
            return None
        if above is None:
            above = _first_comment(text, line)
        elif _COMMENTS.fullmatch(text, above, line) is None:
            return None
        units.append(_Unit(above, rest.start(2), has_comment_lines=above < line))
        above = rest.end()
    return units


def _first_comment(text: str, line: int) -> int:
    """The index at which the comment lines directly above a line begin."""
    while found := _LAST_COMMENT.search(text[:line]):
        line = found.start()
    return line
