"""The map: nested boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.colours import Boxes, Colour, Shade
from bizalign_lint.report_page.known import gravest
from bizalign_lint.report_page.reader import title

Bar = Sequence[tuple[str, int]]
"""Tones, and how many boxes have each."""


_DEEPEST = 50
"""So many boxes lie in each other at the most; what is deeper is drawn beside the others."""


class Box(NamedTuple):
    """One box, with those in it."""

    title: str
    panel: str
    star: bool
    shades: Sequence[Shade]
    """By the ways to colour."""
    resting: str
    now: int
    """0: not known."""
    goal: int
    inner: Sequence[Box]
    bars: Sequence[Bar]
    """For a box with others in it: by the ways to colour, the tones of those."""
    tone: str
    found: int
    """The most severe of what was found about the box itself, and how much that is."""


def draw(boxes: Boxes, colours: Sequence[Colour]) -> list[Box]:
    """The boxes of the map, the outermost first."""
    reader, plan = boxes.reader, boxes.plan
    nodes = reader.of_kind(plan.kind)
    inner: dict[Node | None, list[Node]] = {}
    for node in nodes:
        above = reader.nodes(node, plan.above)
        inner.setdefault(above[0] if above else None, []).append(node)
    made: dict[Node, Box] = {}
    order: list[Node] = []
    tops = list(inner.get(None, ()))
    ahead = [(node, 1) for node in tops]
    while ahead:
        node, depth = ahead.pop()
        order.append(node)
        if depth == _DEEPEST:
            tops += inner.get(node, ())
            ahead += [(one, 1) for one in inner.pop(node, ())]
        ahead += [(one, depth + 1) for one in inner.get(node, ())]
    for node in reversed(order):
        made[node] = _box(boxes, colours, node, [made[one] for one in inner.get(node, ())])
    # What lies in a circle is in nothing else.
    astray = [_box(boxes, colours, node, ()) for node in nodes if node not in made]
    outermost = [*(made[node] for node in tops), *astray]
    # The largest first: so columns of boxes of different heights pack without holes.
    return sorted(outermost, key=lambda box: -_weight(box))


class Stars(NamedTuple):
    """How many boxes have a star, and how many of those the most severe of the first colour."""

    all: int
    broken: int


def stars(drawn: Sequence[Box], tone: str) -> Stars:
    """Count the boxes with a star, and those of them with a tone by the first way to colour."""
    found = [Stars(box.star, box.star and tone in (box.tone, box.shades[0].tone)) for box in drawn]
    found += [stars(box.inner, tone) for box in drawn]
    return Stars(sum(one.all for one in found), sum(one.broken for one in found))


def _weight(box: Box) -> int:
    return 2 + sum(map(_weight, box.inner))


def _box(boxes: Boxes, colours: Sequence[Colour], node: Node, inner: Sequence[Box]) -> Box:
    reader, plan = boxes.reader, boxes.plan
    found = boxes.known.of([node])
    now, goal = (reader.number(node, path) for path in (plan.now, plan.goal))
    return Box(
        title(node),
        reader.panel(node),
        reader.one(node, plan.star.path) == plan.star.value,
        [colour.shade(node) for colour in colours],
        boxes.resting(node),
        int(now or 0),
        int(goal or 0),
        inner,
        [_bar(inner, at, colour) for at, colour in enumerate(colours)] if inner else (),
        gravest(found),
        len(found),
    )


def _bar(inner: Sequence[Box], at: int, colour: Colour) -> Bar:
    counts: Counter[str] = Counter()
    for box in inner:
        if box.inner:
            counts.update(dict(box.bars[at]))
        else:
            counts[box.shades[at].tone] += 1
    return [(tone, counts[tone]) for tone, _ in colour.legend if counts[tone]]
