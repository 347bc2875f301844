"""What is wrong with a live graph as a whole, and which nodes are flawed by it."""

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
    """What was found of the trees of a kind."""

    before: dict[Node, Names]
    """What was not relied on before they were looked at."""
    flaws: list[Flaw]
    added: Mapping[Node, Reasons]
    """What is not relied on for these flaws."""


class GraphFlaws:
    """Finds the flaws that ``link.build`` and ``integrity.flaws`` would find."""

    def __init__(self, live: LiveGraph, ontology: Ontology) -> None:
        self._live = live
        self._trust = live.graph.trust
        self._kinds = [*ontology.kinds.values()]
        self._before: dict[Node, Names] = {}
        self._trees: dict[str, Tree] = {}

    def update(self, turn: GraphChange) -> tuple[list[Flaw], list[Node]]:
        """All flaws of the graph, and the nodes of which something else is flawed than before."""
        live, trust, before = self._live, self._trust, self._before
        trust.clear()
        for entry in live.flawed:
            _distrust(trust, entry.distrusted)
        flaws = self._linked()
        flaws += self._integrity(turn)
        after = self._before = {n: frozenset(reasons) for n, reasons in trust.nodes().items()}
        changed = [node for node in {**before, **after} if before.get(node) != after.get(node)]
        return flaws, changed

    def _linked(self) -> list[Flaw]:
        """What is wrong with names, then with references."""
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
        for node in sorted(live.lost, key=live.ranks.__getitem__):
            for lost in live.lost[node]:
                flaws += live.linker.explain(lost)
        for entry, second in seconds:
            live.linker.distrust_targets(entry.node, second)
        return flaws

    def _integrity(self, turn: GraphChange) -> Iterable[Flaw]:
        valued: dict[str, list[tuple[Rank, list[Flaw]]]] = {}
        for entry in self._live.flawed:
            for node, found in entry.valued:
                valued.setdefault(node.type.name, []).append((self._live.ranks[node], found))
        moved = {node.type.name for node in (*turn.removed, *turn.added, *turn.relinked)}
        for kind in self._kinds:
            for type_ in (kind.type, *kind.nested):
                for _, found in sorted(valued.get(type_.name, ()), key=itemgetter(0)):
                    yield from found
            trees = hierarchies(kind.type)
            if trees:
                # A tree may lead on through other kinds.
                is_moved = kind.name in moved or any(_leads_out(p, kind) for p in trees)
                yield from self._tree(kind, is_moved)

    def _tree(self, kind: Kind, moved: bool) -> list[Flaw]:
        trust = self._trust
        before = {node: r for node, r in trust.nodes().items() if node.type is kind.type}
        names = {node: frozenset(reasons) for node, reasons in before.items()}
        known = self._trees.get(kind.name)
        if moved or known is None or known.before != names:
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
