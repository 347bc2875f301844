"""Rules over a graph that changes: only nodes are judged anew whose judgement may be another."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.incremental.reverse_paths import Backwards
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.reads import Prefix, reads
from bizalign_lint.rules.run import Draft, drafts
from bizalign_lint.rules.verdicts import targets
from bizalign_lint.schema.ontology import WORKSPACE, ObjectType

Order = Callable[[Node], object]

Affected = dict[int, set[Node]]
"""The number of a rule → the nodes that it has to judge anew."""


@dataclass(slots=True, eq=False)
class _Judged:
    """One rule, and what it has found."""

    compiled: CompiledRule
    places: Mapping[str, int]
    """The kinds that it is about, in order."""
    evident: bool = False
    broken: dict[Node, list[Draft]] = field(default_factory=dict)
    found: list[Draft] | None = field(default_factory=list)
    """All that it has to say, in order; None when that is not known."""


class LiveRules:
    """Keeps what the rules find; that is what ``check.broken_rules`` would find."""

    def __init__(self, compiled: Iterable[CompiledRule], graph: Graph, order: Order) -> None:
        self._graph = graph
        self._order = order
        self._backwards = Backwards(graph.workspace)
        self._is_empty = True
        self._rules = [
            _Judged(rule, {kind: n for n, kind in enumerate(rule.rule.targets)})
            for rule in compiled
        ]
        self._ways: dict[ObjectType, dict[Prefix, list[int]]] = {}
        """For a node of a type: the ways that lead to it, and the rules that go them."""
        for number, judged in enumerate(self._rules):
            found = reads(judged.compiled.rule, judged.compiled.context.walker)
            for prefix, types in found.nodes.items():
                for type_ in types:
                    self._ways.setdefault(type_, {}).setdefault(prefix, []).append(number)

    def affected(self, nodes: Iterable[Node], affected: Affected) -> None:
        """Add what may be judged otherwise if these nodes are, as the graph is now."""
        for number, origins in self._readers(nodes, range(len(self._rules))):
            places = self._rules[number].places
            affected.setdefault(number, set()).update(
                node for node in origins if node.type.name in places
            )

    def doubted(self, nodes: Iterable[Node], affected: Affected) -> None:
        """Add what is told, or kept silent about, as long as these nodes are trusted as before."""
        with_findings = {number for number, judged in enumerate(self._rules) if judged.broken}
        for number, origins in self._readers(nodes, with_findings):
            broken = self._rules[number].broken.keys() & origins
            affected.setdefault(number, set()).update(broken)

    def _readers(
        self, nodes: Iterable[Node], numbers: Container[int]
    ) -> Iterator[tuple[int, set[Node]]]:
        """Which of these rules read these nodes, each with from where it does."""
        by_type: dict[ObjectType, set[Node]] = {}
        for node in nodes:
            by_type.setdefault(node.type, set()).add(node)
        for type_, ends in by_type.items():
            for prefix, readers in self._ways.get(type_, {}).items():
                wanted = [number for number in readers if number in numbers]
                origins = self._backwards.origins(prefix, ends) if wanted else set()
                if origins:
                    yield from ((number, origins) for number in wanted)

    def run(self, affected: Affected, gone: AbstractSet[Node]) -> None:
        """Judge these nodes anew, and forget those that are gone."""
        was_empty, self._is_empty = self._is_empty, not any(self._graph.kinds.values())
        for number, judged in enumerate(self._rules):
            if judged.broken:
                for node in gone:
                    if judged.broken.pop(node, None) is not None:
                        judged.found = None
            was_evident = judged.evident
            workspace = self._graph.workspace
            judged.evident = all(is_there(workspace) for is_there in judged.compiled.evident)
            if not judged.evident:
                if judged.broken:
                    judged.broken, judged.found = {}, None
                continue
            nodes = affected.get(number, set())
            if not was_evident or (nodes and judged.compiled.context.scopes):
                self._run(judged, self._all(judged))
            elif WORKSPACE in judged.places:
                # Where a finding about the workspace stands depends on what is in it.
                if nodes or judged.broken or was_empty != self._is_empty:
                    self._run(judged, self._all(judged))
            elif nodes:
                self._run(judged, [*filter(self._is_target, nodes - gone)])

    def _is_target(self, node: Node) -> bool:
        """Whether a node has its name; one without, or with another's, is not judged."""
        return self._graph.find(node.type.name, node.namespace, node.name) is node

    def _all(self, judged: _Judged) -> list[Node]:
        judged.broken, judged.found = {}, None
        rule = judged.compiled.rule
        return [node for kind in rule.targets for node in targets(rule, kind, self._graph)]

    def _run(self, judged: _Judged, nodes: Sequence[Node]) -> None:
        compiled = judged.compiled
        compiled.prepare(self._graph)
        for node in nodes:
            if judged.broken.pop(node, None) is not None:
                judged.found = None
            if compiled.breaks(node):
                judged.broken[node] = [*drafts(compiled, node, self._graph)]
                judged.found = None

    def drafts(self) -> list[Draft]:
        """All that the rules have to say, in the order of a fresh run."""
        found: list[Draft] = []
        for judged in self._rules:
            if judged.found is None:
                places = judged.places
                nodes = [node for node in judged.broken if judged.broken[node]]
                if WORKSPACE not in places:
                    nodes.sort(key=lambda n: (places[n.type.name], self._order(n)))
                judged.found = [draft for node in nodes for draft in judged.broken[node]]
            found += judged.found
        return found
