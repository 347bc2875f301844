"""Key figures of a node: its derived values, the numbers of its referrers, its cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.core.words import spaced
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.links import spine
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.words import plural
from bizalign_lint.rules.compiled.derive import total_of
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.compiled.values import is_number
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property, kind_title

_CURRENCY = "x-currency"


class Figure(NamedTuple):
    """A count of the nodes that refer to one in the same way."""

    inverse: str
    nodes: tuple[Node, ...]
    text: str
    """``supported by 3 applications``."""


def derived(snapshot: Snapshot, node: Node) -> Iterator[tuple[Property, object]]:
    """The derived values of a node at the as-of date.

    Those that only serve to compare titles are left out, as they are not meant for people.
    """
    settings = snapshot.settings
    walker = Walker(
        snapshot.loaded.ontology, settings.as_of.isoformat(), languages=settings.languages
    )
    for property_ in node.type.properties.values():
        if property_.derivation is not None and not property_.derivation.traits.texts:
            value = walker.derived(property_.derivation, node.type)(node)
            if value is not None:
                yield property_, value


def figures(ontology: Ontology, node: Node) -> list[Figure]:
    """The referrers of a node by relation: the main relations first, then the most frequent."""
    found = []
    for inverse, referrers in node.into.items():
        nodes = tuple(dict.fromkeys(referrer.entity for referrer in referrers))
        found.append(Figure(inverse, nodes, _phrase(ontology, inverse, nodes)))
    main = {
        inverse
        for inverse, origins in node.type.inverses.items()
        if any((o.entity.name, o.property, node.type.name) in spine() for o in origins)
    }
    return sorted(found, key=lambda f: (f.inverse not in main, -len(f.nodes), f.inverse))


def _phrase(ontology: Ontology, inverse: str, nodes: tuple[Node, ...]) -> str:
    """A count in words; the inverse name is a participle, a plural or a verb."""
    kinds = Counter(node.type.name for node in nodes)
    counted = [plural(kind_title(ontology, kind), n) for kind, n in kinds.most_common()]
    listed = f"{', '.join(counted[:-1])} and {counted[-1]}" if counted[1:] else counted[0]
    if _is_plural_of(ontology, inverse, kinds):
        return listed
    words = spaced(inverse)
    return f"{words} {listed}" if words.endswith(" by") else f"{words}: {listed}"


def _is_plural_of(ontology: Ontology, inverse: str, kinds: Counter[str]) -> bool:
    """Whether an inverse name is only the plural of the kind."""
    if len(kinds) != 1:
        return False
    (kind,) = kinds
    counted = f" {plural(kind_title(ontology, kind), 2)}".lower()
    return counted.endswith(f" {spaced(inverse)}")


def money(node: Node) -> str:
    """The money that is recorded for a node, as ``340,000 EUR``; empty if there is none."""
    sums: dict[str, float] = {}
    records = 0
    for referrers in node.into.values():
        for referrer in dict.fromkeys(referrers):
            pair = _money_properties(referrer.type) if referrer.type.name else None
            if pair is None:
                continue
            amount, currency = _amount(referrer, pair[0]), referrer.values.get(pair[1])
            if is_number(amount) and isinstance(amount, int | float) and isinstance(currency, str):
                sums[currency] = sums.get(currency, 0) + amount
                records += 1
    listed = ", ".join(f"{amount:,.0f} {currency}" for currency, amount in sums.items())
    return f"{listed} in {records} records" if records > 1 else listed


def _amount(node: Node, name: str) -> object:
    """The total of an amount, which may be recorded per month or year."""
    for property_ in node.type.properties.values():
        derivation = property_.derivation
        if derivation is not None and derivation.traits.amount:
            return total_of(derivation.paths)(node)
    return node.values.get(name)


def _money_properties(type_: ObjectType) -> tuple[str, str] | None:
    """The names of the required number of a type and of its currency; None if it has none."""
    currency = next(
        (
            p.name
            for p in type_.properties.values()
            if p.schema.get(_CURRENCY) and (p.required or p.name in type_.preset)
        ),
        None,
    )
    amount = next(
        (p.name for p in type_.properties.values() if p.datatype == "number" and p.required), None
    )
    return (amount, currency) if amount is not None and currency is not None else None
