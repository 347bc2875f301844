"""The quadrant: definitions by two numbers, in four quarters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.core.words import sentence, spaced
from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.ledger import Ledger
from bizalign_lint.report_page.plan import Corner, Quadrant
from bizalign_lint.report_page.reader import Mention, Reader, money, number


class Chip(NamedTuple):
    """One definition in the quadrant."""

    name: Mention
    size: int
    """1 to 4 by its cost compared with the others; 0 if its cost is not known."""
    cost: str
    fits: str
    apart: str
    """Its classification if that differs from the quarter's; else empty."""


class Quarter(NamedTuple):
    """A quarter: its classification, its position in words, and its definitions."""

    value: str
    where: str
    chips: Sequence[Chip]


class Square(NamedTuple):
    """All four quarters, and the definitions that have no place in them."""

    quarters: Sequence[Quarter]
    unknown: Sequence[Chip]
    up: str
    across: str


def draw(reader: Reader, plan: Quadrant, ledger: Ledger) -> Square:
    """The quadrant of all definitions that are not in their last phase."""
    last = reader.choices(plan.kind, plan.phase)[-1:]
    nodes = [n for n in reader.of_kind(plan.kind) if reader.one(n, plan.phase) not in last]
    amounts = sorted(ledger.amounts[node] for node in nodes if node in ledger.amounts)
    nodes = sorted(nodes, key=lambda node: -ledger.amounts.get(node, 0))
    found: dict[tuple[bool, bool], list[Chip]] = {}
    unknown = []
    for node in nodes:
        up, across = (reader.number(node, scale.path) for scale in (plan.up, plan.across))
        if up is None or across is None:
            unknown.append(_chip(reader, plan, ledger, amounts, node, ""))
            continue
        corner = (up >= plan.least, across >= plan.least)
        means = next(c.value for c in plan.corners if (c.up, c.across) == corner)
        chip = _chip(reader, plan, ledger, amounts, node, means)
        found.setdefault(corner, []).append(chip)
    quarters = [
        Quarter(
            sentence(spaced(corner.value)),
            _where(plan, corner),
            found.get((corner.up, corner.across), ()),
        )
        for corner in plan.corners
    ]
    return Square(quarters, unknown, plan.up.words, plan.across.words)


def _where(plan: Quadrant, corner: Corner) -> str:
    up, across = ("high" if high else "low" for high in (corner.up, corner.across))
    return f"{up} {plan.up.words}, {across} {plan.across.words}"


def _chip(
    reader: Reader,
    plan: Quadrant,
    ledger: Ledger,
    amounts: Sequence[float],
    node: Node,
    means: str,
) -> Chip:
    amount = ledger.amounts.get(node)
    size = 0
    if amount is not None:
        below = sum(other < amount for other in amounts)
        size = 1 + min(3, 4 * below // max(1, len(amounts)))
    fits = [reader.number(node, scale.path) for scale in (plan.up, plan.across)]
    said = [
        f"{scale.words} {'?' if fit is None else number(fit)}"
        for scale, fit in zip((plan.up, plan.across), fits, strict=True)
    ]
    classified = reader.text(node, plan.classified)
    return Chip(
        reader.mention(node),
        size,
        cost="cost not known" if amount is None else money(amount, ledger.currency),
        fits=", ".join(said),
        apart=spaced(classified) if classified and classified != means else "",
    )
