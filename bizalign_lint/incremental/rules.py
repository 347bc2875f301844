"""Rules over a graph that changes: only nodes whose verdict may change are judged again."""

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
from bizalign_lint.rules.gaps import Unjudged
from bizalign_lint.rules.run import Draft, drafts, stopped
from bizalign_lint.rules.verdicts import facts_needed, is_evident, missing, size, targets
from bizalign_lint.schema.ontology import WORKSPACE

Order = Callable[[Node], object]

IsOver = Callable[[], bool]
"""Whether the time slice of the current work is over."""

_BATCH = 1000
"""The number of nodes judged between two checks of the time."""

Affected = dict[int, set[Node]]
"""The index of a rule → the nodes that it has to judge again."""


class LiveRules:
    """Keeps the results of the rules up to date; they are those of ``run.judge``."""

    def __init__(self, compiled: Iterable[CompiledRule], graph: Graph, order: Order) -> None:
        self._graph = graph
        self._order = order
        self._rules = [
            RuleState(rule, {kind: n for n, kind in enumerate(rule.rule.targets)})
            for rule in compiled
        ]
        self._readers = Readers((state.compiled for state in self._rules), graph.workspace)
        self._pending = set(range(len(self._rules)))
        """The rules that have not judged the graph since it changed."""
        self.new_drafts: list[Draft] = []
        """The drafts made since the caller last emptied this list."""

    def graph_changed(self) -> None:
        """Mark all rules as pending, since the graph has changed."""
        self._pending.update(range(len(self._rules)))
        for state in self._rules:
            state.compiled.context.walker.forget()

    def affected(self, nodes: Iterable[Node], affected: Affected) -> None:
        """Add to ``affected`` the targets from which rules may now read these nodes."""
        for number, origins in self._readers.of(nodes, range(len(self._rules))):
            places = self._rules[number].places
            affected.setdefault(number, set()).update(
                node for node in origins if node.type.name in places
            )

    def trust_changed(self, nodes: Iterable[Node], affected: Affected) -> None:
        """Add to ``affected`` the targets whose reports depend on the trust in these nodes."""
        relevant = {
            number
            for number, state in enumerate(self._rules)
            if state.broken or state.unknown or state.compiled.unknown is not None
        }
        for number, origins in self._readers.of(nodes, relevant):
            state = self._rules[number]
            reported = origins & (state.broken.keys() | state.unknown)
            if state.compiled.unknown is not None:
                # A flawed fact is not reported as missing.
                reported = {node for node in origins if node.type.name in state.places}
            affected.setdefault(number, set()).update(reported)

    def run(self, affected: Affected, removed: AbstractSet[Node], is_over: IsOver) -> bool:
        """Judge the affected nodes again, and forget the removed ones.

        False if the time was over before all were judged: call it again with what is left in
        ``affected``, and what later changes of the graph have added to it.
        """
        for number in sorted(self._pending):
            state = self._rules[number]
            if not self._run_one(state, affected.setdefault(number, set()), removed, is_over):
                return False
            self._pending.remove(number)
            if is_over() and self._pending:
                return False
        return True

    def _run_one(
        self, state: RuleState, nodes: set[Node], removed: AbstractSet[Node], is_over: IsOver
    ) -> bool:
        state.forget(removed)
        was_evident, state.evident = state.evident, is_evident(state.compiled, self._graph)
        was_empty, state.is_empty = state.is_empty, not any(self._graph.kinds.values())
        evidence_changed = was_evident is not state.evident
        is_whole = state.compiled.context.scopes or state.stopped is not None
        # A removed node may have been the first of its peers.
        is_touched = bool(nodes) or state.stopped in removed
        nodes -= removed
        if evidence_changed or (is_touched and is_whole):
            self._run(state, self._all(state))
            nodes.clear()
        elif WORKSPACE in state.places:
            # The place of a finding about the workspace depends on its content.
            if nodes or state.broken or state.unknown or was_empty != state.is_empty:
                self._run(state, self._all(state))
            nodes.clear()
        while nodes:
            some = [nodes.pop() for _ in range(min(len(nodes), _BATCH))]
            self._run(state, [*filter(self._is_target, some)])
            if state.stopped is not None:
                nodes.clear()
            if nodes and is_over():
                return False
        return True

    def _is_target(self, node: Node) -> bool:
        """Whether a node is the one with its name; a nameless or duplicate node is not judged."""
        return self._graph.find(node.type.name, node.namespace, node.name) is node

    def _all(self, state: RuleState) -> list[Node]:
        state.broken, state.unknown = {}, set()
        state.covered, state.stopped = set(), None
        state.invalidate()
        rule = state.compiled.rule
        return [node for kind in rule.targets for node in targets(rule, kind, self._graph)]

    def _run(self, state: RuleState, nodes: Sequence[Node]) -> None:
        state.compiled.prepare(self._graph)
        try:
            with state.compiled.context.meter.limited(size(self._graph)):
                self._judge(state, nodes)
        except TooManySteps:
            state.broken, state.unknown = {}, set()
            state.invalidate()

    def _judge(self, state: RuleState, nodes: Sequence[Node]) -> None:
        compiled = state.compiled
        for node in nodes:
            state.stopped = node
            if state.broken.pop(node, None) is not None:
                state.invalidate()
            state.unknown.discard(node)
            if compiled.absence is not None:
                self._cover(state, node)
            if compiled.breaks(node):
                if state.evident:
                    state.broken[node] = None
                    state.invalidate()
                elif missing(compiled, node, self._graph):
                    state.unknown.add(node)
            elif compiled.unknown is not None and compiled.unknown.of(node):
                state.unknown.add(node)
        state.stopped = None

    def make_drafts(self, is_over: IsOver) -> bool:
        """Make the drafts that are out of date; False if the time was over before all were made."""
        for state in self._rules:
            if state.found is None and not self._make_drafts(state, is_over):
                return False
        return True

    def _make_drafts(self, state: RuleState, is_over: IsOver) -> bool:
        if state.reported is None:
            nodes = self._sorted(state, state.broken)
            state.unjudged, state.lacks = set(), []
            if state.compiled.absence is not None:
                nodes = self._nodes_to_report(state, nodes)
            state.reported = nodes
        at = self._graph.workspace
        try:
            with state.compiled.context.meter.limited(size(self._graph)):
                for at in state.reported if state.stopped is None else ():
                    if state.broken[at] is None:
                        state.broken[at] = self._drafts(state, at)
                        if is_over():
                            return False
        except TooManySteps:
            state.stopped = at
        if state.stopped is not None:
            state.found = [stopped(state.compiled, state.stopped, self._graph)]
        else:
            state.found = [d for node in state.reported for d in state.broken[node] or ()]
        return True

    def drafts(self) -> list[Draft]:
        """The drafts of all rules, in the order of a fresh run."""
        return [draft for state in self._rules for draft in state.found or ()]

    def lacks(self) -> list[AbsentFact]:
        """The absent facts that are reported once for many targets."""
        return [absent_fact for state in self._rules for absent_fact in state.lacks]

    def _sorted(self, state: RuleState, nodes: Iterable[Node]) -> list[Node]:
        places = state.places
        if WORKSPACE in places:
            return [*nodes]
        return sorted(nodes, key=lambda n: (places[n.type.name], self._order(n)))

    def _drafts(self, state: RuleState, node: Node) -> list[Draft]:
        state.compiled.prepare(self._graph)
        found = [*drafts(state.compiled, node, self._graph)]
        self.new_drafts += found
        return found

    def _cover(self, state: RuleState, node: Node) -> None:
        """Record whether a rule about an absent fact applies to a node."""
        where = state.compiled.where
        if where is None or where(node):
            state.covered.add(node)
        else:
            state.covered.discard(node)
        state.invalidate()

    def _nodes_to_report(self, state: RuleState, broken: Sequence[Node]) -> list[Node]:
        """The nodes to report, of those that break a rule about an absent fact."""
        absence = state.compiled.absence
        assert absence is not None
        state.compiled.prepare(self._graph)
        totals = Counter(node.type.name for node in state.covered)
        apart: set[Node] = set()
        for kind in state.places:
            lacking = [n for n in broken if n.type.name == kind and absence.missing(n)]
            reported = report_absence(state.compiled, kind, totals[kind], lacking)
            apart.update(lacking)
            apart.difference_update(reported.nodes)
            state.unjudged.update(reported.unjudged)
            state.lacks += [] if reported.absent_fact is None else [reported.absent_fact]
        return [node for node in broken if node not in apart]

    def unjudged(self) -> list[Unjudged]:
        """All nodes that rules could not judge, in the order of a fresh run."""
        found: list[Unjudged] = []
        for state in self._rules:
            compiled = state.compiled
            unknown = state.unknown | state.unjudged
            if not unknown:
                continue
            compiled.prepare(self._graph)
            nodes = self._sorted(state, unknown)
            found += (
                Unjudged(compiled.rule.id, node, facts_needed(compiled, node, self._graph))
                for node in nodes
            )
        return found

    def unjudged_of(self, node: Node) -> list[Unjudged]:
        """The rules that could not judge one node, with the missing facts."""
        found = []
        for state in self._rules:
            if node in state.unknown or node in state.unjudged:
                state.compiled.prepare(self._graph)
                facts = facts_needed(state.compiled, node, self._graph)
                found.append(Unjudged(state.compiled.rule.id, node, facts))
        return found

    def judging(self) -> list[str]:
        """The rules that gave a verdict on anything, by id."""
        return [state.compiled.rule.id for state in self._rules if self._judges(state)]

    def _judges(self, state: RuleState) -> bool:
        rule = state.compiled.rule
        state.compiled.prepare(self._graph)
        where, breaks = state.compiled.where, state.compiled.breaks
        unknown = state.unknown | state.unjudged
        return any(
            node not in unknown
            and (where is None or where(node))
            and (state.evident or not breaks(node))
            for kind in rule.targets
            for node in targets(rule, kind, self._graph)
        )
