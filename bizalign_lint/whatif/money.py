"""Two graphs and the definitions that change → the money that is freed or stranded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.schema.ontology import NO_CHANGES, Changes, Ontology
from bizalign_lint.whatif.scenarios import values
from bizalign_lint.whatif.support import ended

Sums = Mapping[str, Decimal]
"""Amounts by currency; under the empty text, those without one."""


class Money(NamedTuple):
    """The effect of a change on recorded costs."""

    freed: Sums
    """What is no longer spent; negative if more is spent."""
    stranded: Sums
    """What others have allocated to definitions that end, and go on spending."""


def money(pairs: Iterable[tuple[Node | None, Node | None]], day: str, walker: Walker) -> Money:
    """The money freed and stranded by a day, from definitions before and after a change.

    A definition that has ended costs nothing. Costs that others allocate to it do not end with it:
    they are stranded.
    """
    freed: dict[str, Decimal] = {}
    stranded: dict[str, Decimal] = {}
    counted: set[tuple[int, str]] = set()
    for before, after in pairs:
        spent = _spent(before, walker, counted)
        if after is not None and not ended(after, day, walker.ontology):
            _add(freed, _minus(spent, _spent(after, walker, set())))
        elif before is not None and not ended(before, day, walker.ontology):
            passed = _shared(before, walker)
            kept = {name: min(amount, passed.get(name, _NO)) for name, amount in spent.items()}
            _add(freed, _minus(spent, kept))
            _add(stranded, passed)
    return Money(_there(freed), _there(stranded))


_NO = Decimal(0)


def _add(sums: dict[str, Decimal], more: Sums) -> None:
    for currency, amount in more.items():
        sums[currency] = sums.get(currency, _NO) + amount


def _minus(one: Sums, other: Sums) -> dict[str, Decimal]:
    return {name: one.get(name, _NO) - other.get(name, _NO) for name in {**one, **other}}


def _there(sums: Sums) -> Sums:
    return {currency: amount for currency, amount in sorted(sums.items()) if amount}


def _of(node: Node, ontology: Ontology) -> Changes:
    kind = ontology.kinds.get(node.type.name)
    return NO_CHANGES if kind is None else kind.changes


def _spent(node: Node | None, walker: Walker, counted: set[tuple[int, str]]) -> Sums:
    if node is None:
        return {}
    return _sums(node, _of(node, walker.ontology).spends, walker, counted)


def _shared(node: Node | None, walker: Walker) -> Sums:
    """What others allocate to a definition; without a currency, in that of its own costs."""
    if node is None:
        return {}
    changes = _of(node, walker.ontology)
    sums = dict(_sums(node, changes.shared, walker, set()))
    own = [name for name in _sums(node, changes.spends, walker, set()) if name]
    if "" in sums and len(own) == 1:
        sums[own[0]] = sums.pop("") + sums.get(own[0], _NO)
    return sums


def _sums(node: Node, paths: Iterable[str], walker: Walker, counted: set[tuple[int, str]]) -> Sums:
    sums: dict[str, Decimal] = {}
    for holder, property_ in values(node, paths, walker):
        amount = holder.values.get(property_.name)
        key = id(holder), property_.name
        if isinstance(amount, bool) or not isinstance(amount, int | float) or key in counted:
            continue
        counted.add(key)
        currency = next(
            (
                str(holder.values[name])
                for name, other in holder.type.properties.items()
                if other.schema.get("x-currency") and name in holder.values
            ),
            "",
        )
        sums[currency] = sums.get(currency, _NO) + Decimal(str(amount))
    return sums


def pairs(
    touched: Iterable[Node], before: Graph, after: Graph
) -> list[tuple[Node | None, Node | None]]:
    """Each touched definition in the graph before and after a change; None where it is missing."""
    return [
        tuple(graph.find(node.type.name, node.namespace, node.name) for graph in (before, after))  # type: ignore[misc]
        for node in dict.fromkeys(touched)
    ]
