"""The costs of definitions, and how money is passed on from layer to layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.plan import Flow, Layer
from bizalign_lint.report_page.reader import Reader

Purposes = Mapping[str, float]
"""Amounts by purpose; under the empty text, those without one."""


class Pass(NamedTuple):
    """An amount of money that one definition passes on to another."""

    origin: Node
    to: Node
    amount: float


class Ledger(NamedTuple):
    """The costs of a model in its most common currency."""

    currency: str
    amounts: Mapping[Node, float]
    """The cost of each definition: the recorded one, else what is passed on to it."""
    purposes: Mapping[Node, Purposes]
    passes: Sequence[Pass]
    others: int
    """The number of costs in other currencies, which are left out."""
    periods: tuple[str, ...]
    """The periods of the recorded costs, in words."""
    order: tuple[str, ...]
    """The possible purposes, in the order of their enumeration."""


def read_ledger(reader: Reader, flow: Flow) -> Ledger:
    """The ledger of a model: costs are followed from the first layer of the flow to the last."""
    currencies: Counter[str] = Counter()
    layers = [(layer, node) for layer in flow.layers for node in reader.of_kind(layer.kind)]
    for _, node in layers:
        for cost in reader.nodes(node, flow.costs):
            currencies[reader.text(cost, flow.currency)] += 1
    currency = max(currencies, key=lambda name: (currencies[name], name), default="")
    place = {layer.kind: number for number, layer in enumerate(flow.layers)}
    amounts: dict[Node, float] = {}
    purposes: dict[Node, dict[str, float]] = {}
    incoming: dict[Node, dict[str, float]] = {}
    passes: list[Pass] = []
    periods: dict[str, None] = {}
    order: tuple[str, ...] = ()
    for layer, node in layers:
        own: dict[str, float] = {}
        for cost in reader.nodes(node, flow.costs):
            amount = reader.number(cost, flow.amount)
            if amount is None or reader.text(cost, flow.currency) != currency:
                continue
            order = order or reader.choices(cost.type.name, flow.purpose)
            purpose = str(reader.one(cost, flow.purpose) or "")
            own[purpose] = own.get(purpose, 0) + amount
            for period in reader.values(cost, flow.period):
                if isinstance(period, Node):
                    periods[" to ".join(str(v) for v in period.values.values())] = None
        received = incoming.get(node, {})
        if not own and not received:
            continue
        total = amounts[node] = sum((own or received).values())
        # Own costs without a purpose take the mix of purposes from what is received.
        mix = received if received and not any(own) else own
        whole = sum(mix.values())
        share = {name: part / whole for name, part in mix.items()} if whole else {"": 1.0}
        purposes[node] = {name: part * total for name, part in share.items()}
        for to, amount in _passed(reader, flow, layer, node, total):
            if place.get(to.type.name, -1) <= place[layer.kind] or amount <= 0:
                continue
            passes.append(Pass(node, to, amount))
            into = incoming.setdefault(to, {})
            for name, part in share.items():
                into[name] = into.get(name, 0) + part * amount
    others = currencies.total() - currencies[currency]
    return Ledger(
        currency, amounts, purposes, passes, others, periods=tuple(sorted(periods)), order=order
    )


def _passed(
    reader: Reader, flow: Flow, layer: Layer, node: Node, total: float
) -> list[tuple[Node, float]]:
    """The definitions that a node passes money on to, each with the amount."""
    if layer.to:
        return [(to, total) for to in reader.nodes(node, layer.to)[:1]]
    found = []
    for part in reader.values(node, flow.shares.path):
        to = next(iter(reader.values(part, flow.shares.to)), None)
        amount = reader.number(part, flow.shares.amount)
        share = reader.number(part, flow.shares.share)
        if amount is None and share is not None:
            amount = total * share / 100
        if isinstance(to, Node) and amount is not None:
            found.append((to, float(amount)))
    return found
