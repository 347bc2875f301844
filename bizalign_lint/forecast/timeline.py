"""Rules that depend on the day → the periods in which they find something."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from bizalign_lint.core.clock import Clock
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.absence import AbsentFact
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.run import Draft, drafts
from bizalign_lint.rules.verdicts import is_evident, targets, verdict


class DraftPeriod(NamedTuple):
    """A draft and its period: positions on the clock, the end exclusive."""

    draft: Draft
    start: int
    end: int
    rank: tuple[int, int]
    """Its order among all drafts: the number of its rule, then that of its node."""
    dates: frozenset[str] = frozenset()
    """The dates that make it begin; empty if it exists from the first day."""


class AbsencePeriod(NamedTuple):
    """Facts that many nodes lack, and the period: positions on the clock, the end exclusive."""

    lacks: tuple[AbsentFact, ...]
    start: int
    end: int


class Timeline(NamedTuple):
    """All that a rule finds on the days of a clock."""

    draft_periods: list[DraftPeriod]
    lacks: list[AbsencePeriod]


def timeline(
    compiled: CompiledRule,
    number: int,
    graph: Graph,
    clock: Clock,
    among: Container[Node] | None = None,
) -> Timeline:
    """What a rule finds from the first day of a clock to the last; it must be compiled for it.

    With ``among``, only those nodes are judged; a rule whose verdict on one node depends on those
    on others then reports nothing.
    """
    clock.now = 0

    def prepare() -> bool:
        compiled.prepare(graph)
        return is_evident(compiled, graph)

    evident, until, _ = clock.timed(prepare)
    if compiled.absence is not None or until < clock.never:
        if among is not None:
            return Timeline([], [])
        return _as_a_whole(compiled, number, graph, clock)
    nodes = _nodes(compiled, graph) if evident else []
    if among is not None:
        nodes = [node for node in nodes if node in among]
    return Timeline([*_node_by_node(compiled, number, graph, clock, nodes)], [])


def _nodes(compiled: CompiledRule, graph: Graph) -> list[Node]:
    rule = compiled.rule
    return [node for kind in rule.targets for node in targets(rule, kind, graph)]


Found = tuple[Draft, ...]


def _found(compiled: CompiledRule, graph: Graph, node: Node) -> Found:
    return tuple(drafts(compiled, node, graph)) if compiled.breaks(node) else ()


def _node_by_node(
    compiled: CompiledRule, number: int, graph: Graph, clock: Clock, nodes: Sequence[Node]
) -> Iterator[DraftPeriod]:
    """Judge each node again only on the days on which its verdict may change."""
    agenda = [(0, at) for at in range(len(nodes))]
    heapify(agenda)
    known: dict[int, tuple[Found, int, frozenset[str], frozenset[str]]] = {}
    while agenda:
        clock.now, at = heappop(agenda)
        ask: Callable[[], Found] = partial(_found, compiled, graph, nodes[at])
        found, until, ending = clock.timed(ask)
        old, since, dates, causes = known.get(at, ((), 0, frozenset(), frozenset()))
        for draft in old:
            yield DraftPeriod(draft, start=since, end=clock.now, rank=(number, at), dates=dates)
        known[at] = found, clock.now, causes, ending
        if until < clock.never:
            heappush(agenda, (until, at))
        elif found:
            for draft in found:
                yield DraftPeriod(
                    draft, start=clock.now, end=clock.never, rank=(number, at), dates=causes
                )


def _as_a_whole(compiled: CompiledRule, number: int, graph: Graph, clock: Clock) -> Timeline:
    """Judge all nodes together: the verdict on one depends on those on others."""
    where = compiled.where
    patient = compiled._replace(
        breaks=clock.memoized(compiled.breaks),
        where=None if where is None else clock.memoized(where),
    )
    find = clock.memoized(lambda node: tuple(drafts(compiled, node, graph)))
    timeline = Timeline([], [])
    dates: frozenset[str] = frozenset()
    start = 0
    while start < clock.never:
        clock.now = start
        ask: Callable[[], tuple[list[tuple[int, Found]], tuple[AbsentFact, ...]]] = partial(
            _judge_all, patient, graph, find
        )
        (found, lacks), until, ending = clock.timed(ask)
        timeline.lacks.append(AbsencePeriod(lacks, start, until))
        timeline.draft_periods.extend(
            DraftPeriod(draft, start=start, end=until, rank=(number, at), dates=dates)
            for at, those in found
            for draft in those
        )
        start, dates = until, ending
    return timeline


def _judge_all(
    compiled: CompiledRule, graph: Graph, find: Callable[[Node], Found]
) -> tuple[list[tuple[int, Found]], tuple[AbsentFact, ...]]:
    said = verdict(compiled, graph)
    first: dict[str, int] = {}
    count = 0
    for kind in compiled.rule.targets:
        first[kind] = count
        count += len(targets(compiled.rule, kind, graph))
    nodes: Sequence[Node] = _nodes(compiled, graph)
    found = [
        (at, find(nodes[at]))
        for kind, positions in said.broken
        for at in (first[kind] + position for position in positions)
    ]
    return found, tuple(AbsentFact(compiled, *fact) for fact in said.lacks)
