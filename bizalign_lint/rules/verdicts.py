"""Rules + graph → the nodes that break each rule, and those that it cannot judge.

In a large model, several rules at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

import orjson

from bizalign_lint.core.workers import processes, result, start_worker
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
"""So many nodes for each process: with fewer, making it takes longer than it saves."""
_INDEX = 2
"""The bytes of a rule's place in the list of all."""
_MOST_RULES = 4096 // _INDEX
"""The places of so many fit into a pipe, however small the system makes it."""


Positions = tuple[str, Sequence[int]]
"""Nodes: by their kind, the positions among the targets of it."""


class Verdict(NamedTuple):
    """What a rule says of a graph."""

    seconds: float
    broken: Sequence[Positions]
    """The nodes that break it."""
    unknown: Sequence[Positions]
    """The nodes that it cannot judge, for want of a fact."""
    judges: bool
    """Whether there is a node that it gives a verdict on."""
    lacks: Sequence[tuple[str, int, int, int]]
    """For a rule about an absent fact, by kind: an ``AbsentFact`` without the rule."""
    stopped: tuple[str, int] | None = None
    """The kind and position of the node at which it had taken all the steps that it may take."""


def verdicts(rules: Sequence[CompiledRule], graph: Graph) -> list[Verdict]:
    """What each rule says, in their order."""
    count = processes(size(graph), _ENOUGH)
    if count == 1 or len(rules) > _MOST_RULES:
        return [verdict(compiled, graph) for compiled in rules]
    return _shared(rules, graph, count)


def _shared(rules: Sequence[CompiledRule], graph: Graph, count: int) -> list[Verdict]:
    """The same, each rule by the process that comes to it first."""
    waiting, filled = os.pipe()
    os.write(filled, b"".join(i.to_bytes(_INDEX) for i in range(len(rules))))
    os.close(filled)

    def work() -> Iterator[tuple[int, Verdict]]:
        while index := os.read(waiting, _INDEX):
            number = int.from_bytes(index)
            yield number, verdict(rules[number], graph)

    def report() -> bytes:
        return orjson.dumps([(number, *verdict) for number, verdict in work()])

    workers = [start_worker(report) for _ in range(count - 1)]
    known = dict(work())
    os.close(waiting)
    for worker in workers:
        received = result(worker)
        if received is not None:
            known.update((i, Verdict(*rest)) for i, *rest in orjson.loads(received))
    return [
        known[i] if i in known else verdict(compiled, graph) for i, compiled in enumerate(rules)
    ]


def size(graph: Graph) -> int:
    """How many nodes there are."""
    return sum(map(len, graph.kinds.values()))


def verdict(compiled: CompiledRule, graph: Graph) -> Verdict:
    """What one rule says; nothing, and where it was stopped, when it takes too many steps."""
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
    """Which node is being judged."""

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
        waiting = []
        if not evident:
            waiting = [at for at in found if missing(compiled, nodes[at], graph)]
        if evident and found and compiled.absence is not None:
            found, waiting, fact = _lacking(compiled, kind, nodes, found)
            if fact is not None:
                lacks.append((fact.kind, fact.total, fact.lacking, fact.reported))
        if evident and found:
            broken.append((kind, found))
        if compiled.unknown is not None:
            among = {*found, *waiting}
            ask = compiled.unknown.of
            waiting = waiting + [
                at for at, node in progress.through(kind, nodes) if at not in among and ask(node)
            ]
        if waiting:
            unknown.append((kind, waiting))
        judges = judges or _judges(compiled, nodes, () if evident else found, waiting)
    return Verdict(
        perf_counter() - start, broken=broken, unknown=unknown, judges=judges, lacks=lacks
    )


def _lacking(
    compiled: CompiledRule, kind: str, nodes: Sequence[Node], found: Sequence[int]
) -> tuple[list[int], list[int], AbsentFact | None]:
    """Of the nodes that break a rule about an absent fact: those to be reported for, those that
    cannot be judged, and what is reported for them all."""
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
    """Whether all that a rule wants to see first is in the workspace."""
    return all(is_there(graph.workspace) for is_there in compiled.evident)


def _judges(compiled: CompiledRule, nodes: Sequence[Node], *unjudged: Sequence[int]) -> bool:
    """Whether a rule gives a verdict on one of the nodes."""
    apart = set().union(*unjudged)
    where = compiled.where
    return any(at not in apart and (where is None or where(node)) for at, node in enumerate(nodes))


def missing(compiled: CompiledRule, node: Node, graph: Graph) -> Sequence[Missing]:
    """The facts for want of which a rule cannot judge a node; none if it can."""
    silent_for = _withheld(compiled, node, graph)
    unknown = compiled.unknown
    if silent_for is not None or unknown is None:
        return silent_for or ()
    return unknown.facts(node) if unknown.of(node) else ()


def awaited(compiled: CompiledRule, node: Node, graph: Graph) -> Sequence[Missing]:
    """The facts for want of which a rule cannot judge a node, as its verdict says."""
    silent_for = _withheld(compiled, node, graph)
    if silent_for is not None or compiled.unknown is None:
        return silent_for or ()
    return compiled.unknown.facts(node)


def _withheld(compiled: CompiledRule, node: Node, graph: Graph) -> Sequence[Missing] | None:
    """The facts for want of which a rule is silent of a node that breaks it; None of any other."""
    if not is_evident(compiled, graph) and compiled.breaks(node):
        return withheld(compiled.rule.evidence, compiled.evident, node, graph)
    if compiled.absence is not None and compiled.breaks(node):
        return compiled.absence.missing(node)
    return None


def targets(rule: Rule, kind: str, graph: Graph) -> Sequence[Node]:
    """The nodes of a kind. A workspace without any has no place where a finding could be."""
    if rule.transition == REMOVED:
        return graph.removed.get(kind, ())
    if rule.transition:
        return [node for node in graph.kinds[kind] if edge_key(PREVIOUS) in node.edges]
    if kind != WORKSPACE:
        return graph.kinds[kind]
    return [graph.workspace] if any(graph.kinds.values()) else []
