"""Rules over a graph that changes: only nodes are judged again whose judgement may be another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.incremental.reverse_paths import Ends, ReversePaths, plain
from bizalign_lint.rules.absence import AbsentFact, report_absence
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.meter import TooManySteps
from bizalign_lint.rules.gaps import Wait
from bizalign_lint.rules.reads import Prefix, reads
from bizalign_lint.rules.run import Draft, drafts, stopped
from bizalign_lint.rules.verdicts import is_evident, missing, size, targets
from bizalign_lint.schema.ontology import WORKSPACE, ObjectType

Order = Callable[[Node], object]

Affected = dict[int, set[Node]]
"""The number of a rule → the nodes that it has to judge again."""


@dataclass(slots=True, eq=False)
class _Judged:
    """One rule, and what it has found."""

    compiled: CompiledRule
    places: Mapping[str, int]
    """The kinds that it is about, in order."""
    evident: bool | None = None
    """None until it has run."""
    broken: dict[Node, list[Draft] | None] = field(default_factory=dict)
    """What it says of each node that breaks it; None until it is asked for."""
    unknown: set[Node] = field(default_factory=set)
    """What it cannot judge, for want of a fact."""
    found: list[Draft] | None = field(default_factory=list)
    """All that it has to say, in order; None when that is not known."""
    covered: set[Node] = field(default_factory=set)
    """For a rule about an absent fact: all its targets."""
    unjudged: set[Node] = field(default_factory=set)
    """Those that lack a fact which nothing of their kind has."""
    lacks: list[AbsentFact] = field(default_factory=list)
    """What is reported for all that lack a fact."""
    stopped: Node | None = None
    """Where it has taken all the steps that it may take."""


class LiveRules:
    """Keeps what the rules find; that is what ``run.judge`` would find."""

    def __init__(self, compiled: Iterable[CompiledRule], graph: Graph, order: Order) -> None:
        self._graph = graph
        self._order = order
        self._backwards = ReversePaths(graph.workspace)
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
                way = tuple(map(plain, prefix))
                for type_ in types:
                    readers = self._ways.setdefault(type_, {}).setdefault(way, [])
                    if readers[-1:] != [number]:
                        readers.append(number)

    def affected(self, nodes: Iterable[Node], affected: Affected) -> None:
        """Add what may be judged otherwise if these nodes are, as the graph is now."""
        for number, origins in self._readers(nodes, range(len(self._rules))):
            places = self._rules[number].places
            affected.setdefault(number, set()).update(
                node for node in origins if node.type.name in places
            )

    def doubted(self, nodes: Iterable[Node], affected: Affected) -> None:
        """Add what is reported, or kept silent about, as long as these nodes are trusted as
        before."""
        telling = {
            number
            for number, judged in enumerate(self._rules)
            if judged.broken or judged.unknown or judged.compiled.unknown is not None
        }
        for number, origins in self._readers(nodes, telling):
            judged = self._rules[number]
            reported = origins & (judged.broken.keys() | judged.unknown)
            if judged.compiled.unknown is not None:
                # What is said to be flawed is not said to be missing.
                reported = {node for node in origins if node.type.name in judged.places}
            affected.setdefault(number, set()).update(reported)

    def _readers(
        self, nodes: Iterable[Node], numbers: Container[int]
    ) -> Iterator[tuple[int, AbstractSet[Node]]]:
        """Which of these rules read these nodes, each with from where it does."""
        by_type: dict[ObjectType, set[Node]] = {}
        for node in nodes:
            by_type.setdefault(node.type, set()).add(node)
        for type_, there in by_type.items():
            ends = Ends(there)
            for prefix, readers in self._ways.get(type_, {}).items():
                wanted = [number for number in readers if number in numbers]
                if wanted and (origins := self._backwards.origins(prefix, ends)):
                    yield from ((number, origins) for number in wanted)

    def run(self, affected: Affected, removed: AbstractSet[Node]) -> None:
        """Judge these nodes again, and forget those that are gone."""
        was_empty, self._is_empty = self._is_empty, not any(self._graph.kinds.values())
        for judged in self._rules:
            judged.compiled.context.walker.forget()
        for number, judged in enumerate(self._rules):
            if judged.broken:
                for node in removed:
                    if judged.broken.pop(node, None) is not None:
                        judged.found = None
            judged.unknown -= removed
            if judged.covered & removed:
                judged.covered -= removed
                judged.found = None
            was_evident, judged.evident = judged.evident, is_evident(judged.compiled, self._graph)
            nodes = affected.get(number, set())
            is_other = was_evident is not judged.evident
            is_whole = judged.compiled.context.scopes or judged.stopped is not None
            if is_other or ((nodes or judged.stopped in removed) and is_whole):
                self._run(judged, self._all(judged))
            elif WORKSPACE in judged.places:
                # Where a finding about the workspace is depends on what is in it.
                if nodes or judged.broken or judged.unknown or was_empty != self._is_empty:
                    self._run(judged, self._all(judged))
            elif nodes:
                self._run(judged, [*filter(self._is_target, nodes - removed)])

    def _is_target(self, node: Node) -> bool:
        """Whether a node has its name; one without, or with another's, is not judged."""
        return self._graph.find(node.type.name, node.namespace, node.name) is node

    def _all(self, judged: _Judged) -> list[Node]:
        judged.broken, judged.unknown, judged.found = {}, set(), None
        judged.covered, judged.stopped = set(), None
        rule = judged.compiled.rule
        return [node for kind in rule.targets for node in targets(rule, kind, self._graph)]

    def _run(self, judged: _Judged, nodes: Sequence[Node]) -> None:
        judged.compiled.prepare(self._graph)
        try:
            with judged.compiled.context.meter.limited(size(self._graph)):
                self._judge(judged, nodes)
        except TooManySteps:
            judged.broken, judged.unknown, judged.found = {}, set(), None

    def _judge(self, judged: _Judged, nodes: Sequence[Node]) -> None:
        compiled = judged.compiled
        for node in nodes:
            judged.stopped = node
            if judged.broken.pop(node, None) is not None:
                judged.found = None
            judged.unknown.discard(node)
            if compiled.absence is not None:
                self._cover(judged, node)
            if compiled.breaks(node):
                if judged.evident:
                    judged.broken[node] = None
                    judged.found = None
                elif missing(compiled, node, self._graph):
                    judged.unknown.add(node)
            elif compiled.unknown is not None and compiled.unknown.of(node):
                judged.unknown.add(node)
        judged.stopped = None

    def drafts(self) -> list[Draft]:
        """All that the rules have to say, in the order of a fresh run."""
        found: list[Draft] = []
        for judged in self._rules:
            if judged.found is None:
                nodes = self._sorted(judged, judged.broken)
                judged.unjudged, judged.lacks = set(), []
                if judged.compiled.absence is not None:
                    nodes = self._nodes_to_report(judged, nodes)
                judged.found = self._in_words(judged, nodes)
            found += judged.found
        return found

    def _in_words(self, judged: _Judged, nodes: Sequence[Node]) -> list[Draft]:
        found: list[Draft] = []
        if judged.stopped is None:
            at = self._graph.workspace
            try:
                with judged.compiled.context.meter.limited(size(self._graph)):
                    for at in nodes:
                        found += self._drafts(judged, at)
            except TooManySteps:
                judged.stopped = at
        if judged.stopped is not None:
            found = [stopped(judged.compiled, judged.stopped, self._graph)]
        return found

    def lacks(self) -> list[AbsentFact]:
        """The facts that are absent of many, as far as rules report."""
        return [absent_fact for judged in self._rules for absent_fact in judged.lacks]

    def _sorted(self, judged: _Judged, nodes: Iterable[Node]) -> list[Node]:
        places = judged.places
        if WORKSPACE in places:
            return [*nodes]
        return sorted(nodes, key=lambda n: (places[n.type.name], self._order(n)))

    def _drafts(self, judged: _Judged, node: Node) -> list[Draft]:
        known = judged.broken[node]
        if known is None:
            judged.compiled.prepare(self._graph)
            known = judged.broken[node] = [*drafts(judged.compiled, node, self._graph)]
        return known

    def _cover(self, judged: _Judged, node: Node) -> None:
        """Keep in mind whether a node is a target of a rule about an absent fact."""
        where = judged.compiled.where
        if where is None or where(node):
            judged.covered.add(node)
        else:
            judged.covered.discard(node)
        judged.found = None

    def _nodes_to_report(self, judged: _Judged, broken: Sequence[Node]) -> list[Node]:
        """The nodes to report that break a rule about an absent fact."""
        absence = judged.compiled.absence
        assert absence is not None
        judged.compiled.prepare(self._graph)
        totals = Counter(node.type.name for node in judged.covered)
        apart: set[Node] = set()
        for kind in judged.places:
            lacking = [n for n in broken if n.type.name == kind and absence.missing(n)]
            reported = report_absence(judged.compiled, kind, totals[kind], lacking)
            apart.update(lacking)
            apart.difference_update(reported.nodes)
            judged.unjudged.update(reported.unjudged)
            judged.lacks += [] if reported.absent_fact is None else [reported.absent_fact]
        return [node for node in broken if node not in apart]

    def waits(self) -> list[Wait]:
        """All that could not be judged, in the order of a fresh run."""
        found: list[Wait] = []
        for judged in self._rules:
            compiled = judged.compiled
            unknown = judged.unknown | judged.unjudged
            if not unknown:
                continue
            compiled.prepare(self._graph)
            nodes = self._sorted(judged, unknown)
            found += (
                Wait(compiled.rule.id, node, missing(compiled, node, self._graph)) for node in nodes
            )
        return found

    def waiting_for(self, node: Node) -> list[Wait]:
        """What could not be judged of one node."""
        found = []
        for judged in self._rules:
            if node in judged.unknown or node in judged.unjudged:
                judged.compiled.prepare(self._graph)
                facts = missing(judged.compiled, node, self._graph)
                found.append(Wait(judged.compiled.rule.id, node, facts))
        return found

    def judging(self) -> list[str]:
        """The rules that gave a verdict on anything, by id."""
        return [judged.compiled.rule.id for judged in self._rules if self._judges(judged)]

    def _judges(self, judged: _Judged) -> bool:
        rule = judged.compiled.rule
        judged.compiled.prepare(self._graph)
        where, breaks = judged.compiled.where, judged.compiled.breaks
        unknown = judged.unknown | judged.unjudged
        return any(
            node not in unknown
            and (where is None or where(node))
            and (judged.evident or not breaks(node))
            for kind in rule.targets
            for node in targets(rule, kind, self._graph)
        )
