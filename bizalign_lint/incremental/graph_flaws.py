"""What is wrong with a live graph as a whole, and which nodes are flawed by it."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from bizalign_lint.core.types import Flaw
from bizalign_lint.graph.integrity import hierarchies, of_hierarchies
from bizalign_lint.graph.linker import duplicate
from bizalign_lint.graph.nodes import Node
from bizalign_lint.incremental.entries import Entry
from bizalign_lint.incremental.graph import LiveGraph, Rank, Turn
from bizalign_lint.schema.ontology import Kind, Ontology, Property

Marks = dict[Node, frozenset[str]]


class Settler:
    """Finds the flaws that ``link.build`` and ``integrity.flaws`` would find."""

    def __init__(self, live: LiveGraph, ontology: Ontology) -> None:
        self._live = live
        self._kinds = [*ontology.kinds.values()]
        self._marks: Marks = {}
        self._trees: dict[str, tuple[Marks, list[Flaw], Marks]] = {}
        """Kind → what was flawed before its trees were looked at, what they were found to be,
        and what was flawed then."""

    def settle(self, turn: Turn) -> tuple[list[Flaw], list[Node]]:
        """All flaws of the graph, and the nodes of which something else is flawed than before."""
        live, before = self._live, self._marks
        for node in before:
            node.flawed = None
        for entry in live.flawed:
            for node, names in entry.marks.items():
                node.flawed = set(names)
        marked = live.linker.dangling.marked
        marked.clear()
        flaws = self._linked()
        after: dict[Node, None] = dict.fromkeys(marked)
        after.update((node, None) for entry in live.flawed for node in entry.marks)
        flaws += self._integrity(turn, after)
        self._marks = {node: frozenset(node.flawed) for node in after if node.flawed}
        changed = [
            node for node in {**before, **self._marks} if before.get(node) != self._marks.get(node)
        ]
        return flaws, changed

    def _linked(self) -> list[Flaw]:
        """What is wrong with names, then with references."""
        live = self._live
        named: list[tuple[tuple[str, int], list[Flaw]]] = [
            (entry.place, entry.flaws) for entry in live.flawed if entry.flaws
        ]
        seconds: list[Entry] = []
        for key in live.rivals:
            first, *rest = live.claims[key]
            for entry in rest:
                seconds.append(entry)
                named.append((entry.place, [duplicate(entry.node, first.node)]))
        named.sort(key=itemgetter(0))
        flaws = [flaw for _, found in named for flaw in found]
        for node in sorted(live.lost, key=live.ranks.__getitem__):
            for lost in live.lost[node]:
                flaws += live.linker.explain(lost)
        for entry in seconds:
            live.linker.doubt(entry.node)
        return flaws

    def _integrity(self, turn: Turn, after: dict[Node, None]) -> Iterable[Flaw]:
        valued: dict[str, list[tuple[Rank, list[Flaw]]]] = {}
        for entry in self._live.flawed:
            for node, found in entry.valued:
                valued.setdefault(node.type.name, []).append((self._live.ranks[node], found))
        moved = {node.type.name for node in (*turn.gone, *turn.come, *turn.relinked)}
        for kind in self._kinds:
            for type_ in (kind.type, *kind.nested):
                for _, found in sorted(valued.get(type_.name, ()), key=itemgetter(0)):
                    yield from found
            trees = hierarchies(kind.type)
            if trees:
                # A tree may lead on through other kinds.
                is_moved = kind.name in moved or any(_leads_out(p, kind) for p in trees)
                yield from self._tree(kind, is_moved, after)

    def _tree(self, kind: Kind, moved: bool, after: dict[Node, None]) -> list[Flaw]:
        nodes = self._live.graph.kinds[kind.name]
        flawed = _flawed(node for node in after if node.type is kind.type)
        known = self._trees.get(kind.name)
        if moved or known is None or known[0] != flawed:
            found = of_hierarchies(nodes, kind.type)
            known = self._trees[kind.name] = (flawed, found, _flawed(nodes))
        for node, names in known[2].items():
            node.flawed = set(names)
            after[node] = None
        return known[1]


def _leads_out(property_: Property, kind: Kind) -> bool:
    return property_.relation is not None and property_.relation.to != (kind.name,)


def _flawed(nodes: Iterable[Node]) -> Marks:
    return {node: frozenset(node.flawed) for node in nodes if node.flawed}
