"""The flow of money: columns of bars, with ribbons between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.ledger import Ledger
from bizalign_lint.report_page.plan import Flow, Layer
from bizalign_lint.report_page.reader import Reader, money, title

WIDTH = 1200
_HEIGHT = 560
_BAR = 10
_GAP = 9
_TOP = 34
_ROOM = 25
"""The number of characters that fit beside a bar."""
_MOST = 11
"""The most bars in a layer, besides one for all others together."""


class Block(NamedTuple):
    """A bar with its label. Sizes are in units of the SVG view box."""

    title: str
    """Cut short to the room beside the bar."""
    amount: str
    x: int
    y: float
    height: float
    lost: float
    """The part of the height for money that is not passed on."""
    said: str


class Ribbon(NamedTuple):
    """Money from one bar to another, as an SVG path."""

    path: str
    said: str


class River(NamedTuple):
    """The whole drawing."""

    height: int
    heads: Sequence[tuple[int, str, str]]
    """The x coordinate, name and sum of each layer."""
    blocks: Sequence[Block]
    ribbons: Sequence[Ribbon]
    lost: str
    """The amount that is not passed on, in words; empty if there is none."""


class _Group:
    """Definitions of a layer that are drawn as one bar."""

    def __init__(self, name: str, is_rest: bool = False) -> None:
        self.name = name
        self.is_rest = is_rest
        self.amount = 0.0
        self.out = 0.0
        self.into = 0.0
        self.y = 0.0
        self.taken_left = 0.0
        self.taken_right = 0.0

    @property
    def size(self) -> float:
        """The amount to draw: what is recorded or what passes through, whichever is more."""
        return max(self.amount, self.into, self.out)


def draw(reader: Reader, plan: Flow, ledger: Ledger) -> River | None:
    """The flow; None if no money is recorded."""
    if not ledger.amounts:
        return None
    layers = _layers(reader, plan, ledger)
    flows: dict[tuple[_Group, _Group], float] = {}
    of: dict[Node, tuple[int, _Group]] = {
        node: (number, group)
        for number, layer in enumerate(layers)
        for node, group in layer.items()
    }
    for one in ledger.passes:
        if one.origin in of and one.to in of:
            pair = (of[one.origin][1], of[one.to][1])
            flows[pair] = flows.get(pair, 0) + one.amount
    for (origin, to), amount in flows.items():
        origin.out += amount
        to.into += amount
    return _laid_out(plan, layers, flows, ledger.currency)


def _layers(reader: Reader, plan: Flow, ledger: Ledger) -> list[dict[Node, _Group]]:
    """The bar of each definition, for each layer."""
    found = []
    for layer in plan.layers:
        named: dict[Node, _Group] = {}
        by_head: dict[Node, _Group] = {}
        for node in reader.of_kind(layer.kind):
            if node not in ledger.amounts:
                continue
            head = _head(reader, layer, node)
            group = by_head.setdefault(head, _Group(title(head)))
            # Costs of a parent include those of its parts: do not count them twice.
            if head is node or head not in ledger.amounts:
                group.amount += ledger.amounts[node]
            named[node] = group
        found.append(_fewer(named))
    return found


def _fewer(named: Mapping[Node, _Group]) -> dict[Node, _Group]:
    groups = sorted(dict.fromkeys(named.values()), key=lambda group: -group.amount)
    if len(groups) <= _MOST + 1:
        return dict(named)
    rest = _Group(f"{len(groups) - _MOST} others", is_rest=True)
    rest.amount = sum(group.amount for group in groups[_MOST:])
    kept = set(groups[:_MOST])
    return {node: group if group in kept else rest for node, group in named.items()}


def _head(reader: Reader, layer: Layer, node: Node) -> Node:
    seen = {node}
    while layer.above and (above := reader.nodes(node, layer.above)) and above[0] not in seen:
        node = above[0]
        seen.add(node)
    return node


def _laid_out(
    plan: Flow,
    layers: Sequence[Mapping[Node, _Group]],
    flows: Mapping[tuple[_Group, _Group], float],
    currency: str,
) -> River:
    columns = [
        sorted(
            dict.fromkeys(layer.values()),
            key=lambda group: (group.is_rest, -group.size),
        )
        for layer in layers
    ]
    sums = [sum(g.size for g in column) for column in columns]
    most = max(len(column) for column in columns)
    scale = (_HEIGHT - _GAP * most) / (max(sums) or 1)
    shown = [number for number, column in enumerate(columns) if column]
    step = (WIDTH - 210) / max(1, len(shown) - 1)
    at = {number: round(place * step) for place, number in enumerate(shown)}
    blocks, where = [], {}
    lost_all = 0.0
    for number in shown:
        y = float(_TOP)
        for group in columns[number]:
            size = group.size
            lost = 0.0 if number == shown[-1] else max(0.0, size - group.out)
            if lost < size / 200:
                lost = 0.0
            lost_all += lost
            height = max(1.5, size * scale)
            group.y = y
            where[group] = at[number]
            said = f"{group.name}: {money(size, currency)}"
            if lost:
                said += f", of which {money(lost, currency)} is not passed on"
            blocks.append(
                Block(
                    title=_short(group.name, money(size)),
                    amount=money(size),
                    x=at[number],
                    y=round(y, 1),
                    height=round(height, 1),
                    lost=round(lost * scale, 1),
                    said=said,
                )
            )
            y += height + _GAP
    ribbons = []
    for origin, to in sorted(flows, key=lambda pair: (where[pair[0]], pair[0].y, pair[1].y)):
        amount = flows[origin, to]
        thick = max(0.5, amount * scale)
        y0, y1 = origin.y + origin.taken_right, to.y + to.taken_left
        origin.taken_right += amount * scale
        to.taken_left += amount * scale
        path = _ribbon(where[origin] + _BAR, where[to], y0, y1, thick)
        ribbons.append(Ribbon(path, f"{origin.name} → {to.name}: {money(amount, currency)}"))
    height = max(block.y + block.height for block in blocks) + 8
    heads = [
        (at[number], plan.layers[number].words, money(sums[number], currency)) for number in shown
    ]
    return River(
        round(height), heads, blocks, ribbons, money(lost_all, currency) if lost_all else ""
    )


def _short(name: str, amount: str) -> str:
    room = _ROOM - len(amount)
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"


def _ribbon(x0: int, x1: int, y0: float, y1: float, thick: float) -> str:
    middle = (x0 + x1) // 2
    a, b = round(y0, 1), round(y1, 1)
    c, d = round(y0 + thick, 1), round(y1 + thick, 1)
    return f"M{x0} {a}C{middle} {a} {middle} {b} {x1} {b}V{d}C{middle} {d} {middle} {c} {x0} {c}Z"
