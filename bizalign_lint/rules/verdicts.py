"""Rules + graph → the nodes that break each rule, and those that it cannot judge.

In a large model, several processes share the rules.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from time import perf_counter
from typing import NamedTuple

import orjson

from bizalign_lint.core.workers import processes, results, start_worker
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.revisions import PREVIOUS, edge_key
from bizalign_lint.rules.absence import AbsentFact, report_absence
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.evidence import withheld
from bizalign_lint.rules.compiled.lacking import Missing
from bizalign_lint.rules.compiled.meter import TooManySteps
from bizalign_lint.rules.language.rule import REMOVED, Rule
from bizalign_lint.schema.ontology import WORKSPACE

_ENOUGH = 2000
"""The minimum number of nodes per process: with fewer, starting it takes longer than it saves."""
_INDEX = 2
"""The size of a rule's index, in bytes."""
_MOST_RULES = 4096 // _INDEX
"""The number of indexes that fit into a pipe of the smallest size that systems have."""


Positions = tuple[str, Sequence[int]]
"""Nodes as a kind and their positions among the targets of that kind."""


class Verdict(NamedTuple):
    """The result of a rule for a graph."""

    seconds: float
    broken: Sequence[Positions]
    """The nodes that break it."""
    unknown: Sequence[Positions]
    """The nodes that it cannot judge because a fact is missing."""
    judges: bool
    """Whether it gives a verdict on any node."""
    lacks: Sequence[tuple[str, int, int, int]]
    """For a rule about an absent fact, by kind: an ``AbsentFact`` without the rule."""
    stopped: tuple[str, int] | None = None
    """The kind and position of the node at which it exceeded the limit of steps."""


def verdicts(rules: Sequence[CompiledRule], graph: Graph) -> list[Verdict]:
    """The verdict of each rule, in the order given."""
    count = processes(size(graph), _ENOUGH)
    if count == 1 or len(rules) > _MOST_RULES:
        return [verdict(compiled, graph) for compiled in rules]
    return _shared(rules, graph, count)


def _shared(rules: Sequence[CompiledRule], graph: Graph, count: int) -> list[Verdict]:
    """The same with several processes; each rule goes to the first that is free."""
    waiting, filled = os.pipe()
    os.write(filled, b"".join(i.to_bytes(_INDEX) for i in range(len(rules))))
    os.close(filled)

    def work() -> Iterator[tuple[int, Verdict]]:
        while index := os.read(waiting, _INDEX):
            number = int.from_bytes(index)
            yield number, verdict(rules[number], graph)

    def report() -> Iterator[bytes]:
        return (orjson.dumps((number, *verdict)) for number, verdict in work())

    workers = [start_worker(report) for _ in range(count - 1)]
    known = dict(work())
    os.close(waiting)
    for received in chain.from_iterable(map(results, workers)):
        number, *rest = orjson.loads(received)
        known[number] = Verdict(*rest)
    return [
        known[i] if i in known else verdict(compiled, graph) for i, compiled in enumerate(rules)
    ]


def size(graph: Graph) -> int:
    """The number of nodes."""
    return sum(map(len, graph.kinds.values()))


def verdict(compiled: CompiledRule, graph: Graph) -> Verdict:
    """The verdict of one rule; only where it was stopped, if it takes too many steps."""
    start = perf_counter()
    progress = _Progress()
    try:
        with compiled.context.meter.limited(size(graph)):
            return _verdict(compiled, graph, start, progress)
    except TooManySteps:
        return Verdict(
            perf_counter() - start,
            broken=(),
            unknown=(),
            judges=False,
            lacks=(),
            stopped=(progress.kind, progress.position),
        )


class _Progress:
    """The node that is being judged."""

    def __init__(self) -> None:
        self.kind = ""
        self._ahead: Iterator[tuple[int, Node]] = iter(())

    def through(self, kind: str, nodes: Sequence[Node]) -> Iterator[tuple[int, Node]]:
        self.kind, self._ahead = kind, enumerate(nodes)
        return self._ahead

    @property
    def position(self) -> int:
        return max(next(self._ahead, (0, None))[0] - 1, 0)


def _verdict(compiled: CompiledRule, graph: Graph, start: float, progress: _Progress) -> Verdict:
    broken: list[Positions] = []
    unknown: list[Positions] = []
    compiled.prepare(graph)
    evident = is_evident(compiled, graph)
    breaks = compiled.breaks
    judges = False
    lacks: list[tuple[str, int, int, int]] = []
    for kind in compiled.rule.targets:
        nodes = targets(compiled.rule, kind, graph)
        found = [at for at, node in progress.through(kind, nodes) if breaks(node)]
        unjudged = []
        if not evident:
            unjudged = [at for at in found if missing(compiled, nodes[at], graph)]
        if evident and found and compiled.absence is not None:
            found, unjudged, fact = _lacking(compiled, kind, nodes, found)
            if fact is not None:
                lacks.append((fact.kind, fact.total, fact.lacking, fact.reported))
        if evident and found:
            broken.append((kind, found))
        if compiled.unknown is not None:
            among = {*found, *unjudged}
            ask = compiled.unknown.of
            unjudged = unjudged + [
                at for at, node in progress.through(kind, nodes) if at not in among and ask(node)
            ]
        if unjudged:
            unknown.append((kind, unjudged))
        judges = judges or _judges(compiled, nodes, () if evident else found, unjudged)
    return Verdict(
        perf_counter() - start, broken=broken, unknown=unknown, judges=judges, lacks=lacks
    )


def _lacking(
    compiled: CompiledRule, kind: str, nodes: Sequence[Node], found: Sequence[int]
) -> tuple[list[int], list[int], AbsentFact | None]:
    """The nodes that break a rule about an absent fact: those to report, those that cannot be
    judged, and the fact that is reported as absent."""
    assert compiled.absence is not None
    missing, where = compiled.absence.missing, compiled.where
    places = {nodes[at]: at for at in found if missing(nodes[at])}
    total = len(nodes) if where is None else sum(map(where, nodes))
    reported = report_absence(compiled, kind, total, [*places])
    apart = {*places.values()} - {places[node] for node in reported.nodes}
    return (
        [at for at in found if at not in apart],
        [places[node] for node in reported.unjudged],
        reported.absent_fact,
    )


def is_evident(compiled: CompiledRule, graph: Graph) -> bool:
    """Whether the workspace contains all the evidence that a rule requires."""
    return all(is_there(graph.workspace) for is_there in compiled.evident)


def _judges(compiled: CompiledRule, nodes: Sequence[Node], *unjudged: Sequence[int]) -> bool:
    """Whether a rule gives a verdict on one of the nodes."""
    apart = set().union(*unjudged)
    where = compiled.where
    return any(at not in apart and (where is None or where(node)) for at, node in enumerate(nodes))


def missing(compiled: CompiledRule, node: Node, graph: Graph) -> Sequence[Missing]:
    """The missing facts without which a rule cannot judge a node; empty if it can."""
    withheld_for = _withheld(compiled, node, graph)
    unknown = compiled.unknown
    if withheld_for is not None or unknown is None:
        return withheld_for or ()
    return unknown.facts(node) if unknown.of(node) else ()


def facts_needed(compiled: CompiledRule, node: Node, graph: Graph) -> Sequence[Missing]:
    """The missing facts of a node that a verdict lists as unknown."""
    withheld_for = _withheld(compiled, node, graph)
    if withheld_for is not None or compiled.unknown is None:
        return withheld_for or ()
    return compiled.unknown.facts(node)


def _withheld(compiled: CompiledRule, node: Node, graph: Graph) -> Sequence[Missing] | None:
    """The missing facts because of which a rule does not report a node; None if it reports it."""
    if not is_evident(compiled, graph) and compiled.breaks(node):
        return withheld(compiled.rule.evidence, compiled.evident, node, graph)
    if compiled.absence is not None and compiled.breaks(node):
        return compiled.absence.missing(node)
    return None


def targets(rule: Rule, kind: str, graph: Graph) -> Sequence[Node]:
    """The nodes of a kind; an empty workspace is none, as a finding would have no place."""
    if rule.transition == REMOVED:
        return graph.removed.get(kind, ())
    if rule.transition:
        return [node for node in graph.kinds[kind] if edge_key(PREVIOUS) in node.edges]
    if kind != WORKSPACE:
        return graph.kinds[kind]
    return [graph.workspace] if any(graph.kinds.values()) else []
