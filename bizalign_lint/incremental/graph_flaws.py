"""The flaws of a live graph as a whole, and the nodes whose trust they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple

from bizalign_lint.core.types import Flaw
from bizalign_lint.graph.integrity import hierarchies, hierarchy_flaws
from bizalign_lint.graph.linker import duplicate
from bizalign_lint.graph.nodes import Node
from bizalign_lint.graph.trust import Reasons, Trust
from bizalign_lint.incremental.entries import Entry
from bizalign_lint.incremental.graph import GraphChange, LiveGraph, Rank
from bizalign_lint.schema.ontology import Kind, Ontology, Property

Names = frozenset[str]


class Tree(NamedTuple):
    """The result of checking the hierarchies of a kind."""

    before: dict[Node, Names]
    """The properties that were not trusted before the check, by node."""
    flaws: list[Flaw]
    added: Mapping[Node, Reasons]
    """The properties that are not trusted because of these flaws, by node."""


class GraphFlaws:
    """Finds the flaws that the linker and ``graph.integrity`` would find from scratch."""

    def __init__(self, live: LiveGraph, ontology: Ontology) -> None:
        self._live = live
        self._trust = live.graph.trust
        self._kinds = [*ontology.kinds.values()]
        self._before: dict[Node, Names] = {}
        self._trees: dict[str, Tree] = {}

    def update(self, change: GraphChange) -> tuple[list[Flaw], list[Node]]:
        """All flaws of the graph, and the nodes whose distrusted properties have changed."""
        live, trust, before = self._live, self._trust, self._before
        trust.clear()
        for entry in live.flawed:
            _distrust(trust, entry.distrusted)
        flaws = self._linked()
        flaws += self._integrity(change)
        after = self._before = {n: frozenset(reasons) for n, reasons in trust.nodes().items()}
        changed = [node for node in {**before, **after} if before.get(node) != after.get(node)]
        return flaws, changed

    def _linked(self) -> list[Flaw]:
        """The flaws of names, then those of references."""
        live = self._live
        named: list[tuple[tuple[str, int], list[Flaw]]] = [
            (entry.place, entry.flaws) for entry in live.flawed if entry.flaws
        ]
        seconds: list[tuple[Entry, Flaw]] = []
        for key in live.rivals:
            first, *rest = live.claims[key]
            for entry in rest:
                second = duplicate(entry.node, first.node)
                seconds.append((entry, second))
                named.append((entry.place, [second]))
        named.sort(key=itemgetter(0))
        flaws = [flaw for _, found in named for flaw in found]
        for node in sorted(live.unresolved, key=live.ranks.__getitem__):
            for dangling in live.unresolved[node]:
                flaws += live.linker.explain(dangling)
        for entry, second in seconds:
            live.linker.distrust_targets(entry.node, second)
        return flaws

    def _integrity(self, change: GraphChange) -> Iterable[Flaw]:
        valued: dict[str, list[tuple[Rank, list[Flaw]]]] = {}
        for entry in self._live.flawed:
            for node, found in entry.valued:
                valued.setdefault(node.type.name, []).append((self._live.ranks[node], found))
        changed = {node.type.name for node in (*change.removed, *change.added, *change.relinked)}
        for kind in self._kinds:
            for type_ in (kind.type, *kind.nested):
                for _, found in sorted(valued.get(type_.name, ()), key=itemgetter(0)):
                    yield from found
            trees = hierarchies(kind.type)
            if trees:
                # A hierarchy may continue through other kinds.
                is_changed = kind.name in changed or any(_leads_out(p, kind) for p in trees)
                yield from self._tree(kind, is_changed)

    def _tree(self, kind: Kind, is_changed: bool) -> list[Flaw]:
        trust = self._trust
        before = {node: r for node, r in trust.nodes().items() if node.type is kind.type}
        names = {node: frozenset(reasons) for node, reasons in before.items()}
        known = self._trees.get(kind.name)
        if is_changed or known is None or known.before != names:
            found = hierarchy_flaws(self._live.graph.kinds[kind.name], kind.type, trust)
            added = {
                node: {name: why for name, why in r.items() if name not in before.get(node, ())}
                for node, r in trust.nodes().items()
                if node.type is kind.type
            }
            known = self._trees[kind.name] = Tree(names, found, added)
        _distrust(trust, known.added)
        return known.flaws


def _distrust(trust: Trust[Node], found: Mapping[Node, Reasons]) -> None:
    for node, reasons in found.items():
        for name, why in reasons.items():
            trust.distrust(node, name, why)


def _leads_out(property_: Property, kind: Kind) -> bool:
    return property_.relation is not None and property_.relation.to != (kind.name,)
