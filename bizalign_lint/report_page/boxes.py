"""The map: the boxes of definitions, nested in those of their parents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.colours import Boxes, Colour, Shade
from bizalign_lint.report_page.known import tone_of
from bizalign_lint.report_page.reader import title

Bar = Sequence[tuple[str, int]]
"""Tones, each with the number of boxes that have it."""


_DEEPEST = 50
"""How deep boxes are nested; a deeper one is drawn beside the outermost."""


class Box(NamedTuple):
    """A box of the map, with the boxes inside it."""

    title: str
    panel: str
    star: bool
    shades: Sequence[Shade]
    """One for each colouring."""
    resting: str
    """The number of its carriers, in words."""
    now: int
    """The rating today; 0 if it is not known."""
    goal: int
    """The rating to reach; 0 if it is not known."""
    inner: Sequence[Box]
    bars: Sequence[Bar]
    """The tones of the boxes inside, for each colouring; empty if there are none."""
    tone: str
    """The tone of the most severe finding about the box itself; empty if there is none."""
    found: int
    """The number of findings about the box itself."""


def draw(boxes: Boxes, colours: Sequence[Colour]) -> list[Box]:
    """The outermost boxes of the map, with those inside them; the largest first."""
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
    # Definitions in a cycle of parents were not reached from the top.
    astray = [_box(boxes, colours, node, ()) for node in nodes if node not in made]
    outermost = [*(made[node] for node in tops), *astray]
    # The largest first, so that columns of boxes of different heights pack without holes.
    return sorted(outermost, key=lambda box: -_weight(box))


class Stars(NamedTuple):
    """The number of boxes with a star, and the number of those with a given tone."""

    all: int
    broken: int


def stars(drawn: Sequence[Box], tone: str) -> Stars:
    """Count the boxes with a star, and those of them with a tone, by the first colouring."""
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
        title=title(node),
        panel=reader.panel(node),
        star=reader.one(node, plan.star.path) == plan.star.value,
        shades=[colour.shade(node) for colour in colours],
        resting=boxes.resting(node),
        now=int(now or 0),
        goal=int(goal or 0),
        inner=inner,
        bars=[_bar(inner, at, colour) for at, colour in enumerate(colours)] if inner else (),
        tone=tone_of(found),
        found=len(found),
    )


def _bar(inner: Sequence[Box], at: int, colour: Colour) -> Bar:
    counts: Counter[str] = Counter()
    for box in inner:
        if box.inner:
            counts.update(dict(box.bars[at]))
        else:
            counts[box.shades[at].tone] += 1
    return [(tone, counts[tone]) for tone, _ in colour.legend if counts[tone]]
