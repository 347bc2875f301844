"""Rules over a graph that changes: only nodes are judged again whose judgement may be another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.incremental.readers import Readers
from bizalign_lint.incremental.rule_state import RuleState
from bizalign_lint.rules.absence import AbsentFact, report_absence
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.meter import TooManySteps
from bizalign_lint.rules.gaps import Wait
from bizalign_lint.rules.run import Draft, drafts, stopped
from bizalign_lint.rules.verdicts import awaited, is_evident, missing, size, targets
from bizalign_lint.schema.ontology import WORKSPACE

Order = Callable[[Node], object]

IsOver = Callable[[], bool]
"""Whether the time is over that something may take."""

_AT_ONCE = 1000
"""So many nodes are judged before the time is asked."""

Affected = dict[int, set[Node]]
"""The number of a rule → the nodes that it has to judge again."""


class LiveRules:
    """Keeps what the rules find; that is what ``run.judge`` would find."""

    def __init__(self, compiled: Iterable[CompiledRule], graph: Graph, order: Order) -> None:
        self._graph = graph
        self._order = order
        self._rules = [
            RuleState(rule, {kind: n for n, kind in enumerate(rule.rule.targets)})
            for rule in compiled
        ]
        self._readers = Readers((judged.compiled for judged in self._rules), graph.workspace)
        self._waiting = set(range(len(self._rules)))
        """The rules that have not looked at the graph since it was changed."""
        self.made: list[Draft] = []
        """What has been put into words; whoever wants to know takes it out."""

    def changed(self) -> None:
        """The graph is another one: no rule has judged it yet."""
        self._waiting.update(range(len(self._rules)))
        for judged in self._rules:
            judged.compiled.context.walker.forget()

    def affected(self, nodes: Iterable[Node], affected: Affected) -> None:
        """Add what may be judged otherwise if these nodes are, as the graph is now."""
        for number, origins in self._readers.of(nodes, range(len(self._rules))):
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
        for number, origins in self._readers.of(nodes, telling):
            judged = self._rules[number]
            reported = origins & (judged.broken.keys() | judged.unknown)
            if judged.compiled.unknown is not None:
                # What is said to be flawed is not said to be missing.
                reported = {node for node in origins if node.type.name in judged.places}
            affected.setdefault(number, set()).update(reported)

    def run(self, affected: Affected, removed: AbstractSet[Node], is_over: IsOver) -> bool:
        """Judge these nodes again, and forget those that are gone.

        False when the time was over before all were judged: it then wants to be called again with
        what is left in ``affected``, and what more the graph's changes have put there.
        """
        for number in sorted(self._waiting):
            judged = self._rules[number]
            if not self._run_one(judged, affected.setdefault(number, set()), removed, is_over):
                return False
            self._waiting.remove(number)
            if is_over() and self._waiting:
                return False
        return True

    def _run_one(
        self, judged: RuleState, nodes: set[Node], removed: AbstractSet[Node], is_over: IsOver
    ) -> bool:
        judged.forget(removed)
        was_evident, judged.evident = judged.evident, is_evident(judged.compiled, self._graph)
        was_empty, judged.is_empty = judged.is_empty, not any(self._graph.kinds.values())
        is_other = was_evident is not judged.evident
        is_whole = judged.compiled.context.scopes or judged.stopped is not None
        # Who is gone may have been the first of its peers.
        is_touched = bool(nodes) or judged.stopped in removed
        nodes -= removed
        if is_other or (is_touched and is_whole):
            self._run(judged, self._all(judged))
            nodes.clear()
        elif WORKSPACE in judged.places:
            # Where a finding about the workspace is depends on what is in it.
            if nodes or judged.broken or judged.unknown or was_empty != judged.is_empty:
                self._run(judged, self._all(judged))
            nodes.clear()
        while nodes:
            some = [nodes.pop() for _ in range(min(len(nodes), _AT_ONCE))]
            self._run(judged, [*filter(self._is_target, some)])
            if judged.stopped is not None:
                nodes.clear()
            if nodes and is_over():
                return False
        return True

    def _is_target(self, node: Node) -> bool:
        """Whether a node has its name; one without, or with another's, is not judged."""
        return self._graph.find(node.type.name, node.namespace, node.name) is node

    def _all(self, judged: RuleState) -> list[Node]:
        judged.broken, judged.unknown = {}, set()
        judged.covered, judged.stopped = set(), None
        judged.is_unsaid()
        rule = judged.compiled.rule
        return [node for kind in rule.targets for node in targets(rule, kind, self._graph)]

    def _run(self, judged: RuleState, nodes: Sequence[Node]) -> None:
        judged.compiled.prepare(self._graph)
        try:
            with judged.compiled.context.meter.limited(size(self._graph)):
                self._judge(judged, nodes)
        except TooManySteps:
            judged.broken, judged.unknown = {}, set()
            judged.is_unsaid()

    def _judge(self, judged: RuleState, nodes: Sequence[Node]) -> None:
        compiled = judged.compiled
        for node in nodes:
            judged.stopped = node
            if judged.broken.pop(node, None) is not None:
                judged.is_unsaid()
            judged.unknown.discard(node)
            if compiled.absence is not None:
                self._cover(judged, node)
            if compiled.breaks(node):
                if judged.evident:
                    judged.broken[node] = None
                    judged.is_unsaid()
                elif missing(compiled, node, self._graph):
                    judged.unknown.add(node)
            elif compiled.unknown is not None and compiled.unknown.of(node):
                judged.unknown.add(node)
        judged.stopped = None

    def put_in_words(self, is_over: IsOver) -> bool:
        """Say what has been found; False when the time was over before all was said."""
        for judged in self._rules:
            if judged.found is None and not self._put_in_words(judged, is_over):
                return False
        return True

    def _put_in_words(self, judged: RuleState, is_over: IsOver) -> bool:
        if judged.reported is None:
            nodes = self._sorted(judged, judged.broken)
            judged.unjudged, judged.lacks = set(), []
            if judged.compiled.absence is not None:
                nodes = self._nodes_to_report(judged, nodes)
            judged.reported = nodes
        at = self._graph.workspace
        try:
            with judged.compiled.context.meter.limited(size(self._graph)):
                for at in judged.reported if judged.stopped is None else ():
                    if judged.broken[at] is None:
                        judged.broken[at] = self._drafts(judged, at)
                        if is_over():
                            return False
        except TooManySteps:
            judged.stopped = at
        if judged.stopped is not None:
            judged.found = [stopped(judged.compiled, judged.stopped, self._graph)]
        else:
            judged.found = [d for node in judged.reported for d in judged.broken[node] or ()]
        return True

    def drafts(self) -> list[Draft]:
        """All that the rules have to say, in the order of a fresh run."""
        return [draft for judged in self._rules for draft in judged.found or ()]

    def lacks(self) -> list[AbsentFact]:
        """The facts that are absent of many, as far as rules report."""
        return [absent_fact for judged in self._rules for absent_fact in judged.lacks]

    def _sorted(self, judged: RuleState, nodes: Iterable[Node]) -> list[Node]:
        places = judged.places
        if WORKSPACE in places:
            return [*nodes]
        return sorted(nodes, key=lambda n: (places[n.type.name], self._order(n)))

    def _drafts(self, judged: RuleState, node: Node) -> list[Draft]:
        judged.compiled.prepare(self._graph)
        found = [*drafts(judged.compiled, node, self._graph)]
        self.made += found
        return found

    def _cover(self, judged: RuleState, node: Node) -> None:
        """Keep in mind whether a node is a target of a rule about an absent fact."""
        where = judged.compiled.where
        if where is None or where(node):
            judged.covered.add(node)
        else:
            judged.covered.discard(node)
        judged.is_unsaid()

    def _nodes_to_report(self, judged: RuleState, broken: Sequence[Node]) -> list[Node]:
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
                Wait(compiled.rule.id, node, awaited(compiled, node, self._graph)) for node in nodes
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

    def _judges(self, judged: RuleState) -> bool:
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
