"""Rules + graph → the nodes that break each rule; in a large model, several rules at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

import orjson

from bizalign_lint.core.workers import begin, processes, result
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.revisions import PREVIOUS, edge
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.language.rule import REMOVED, Rule
from bizalign_lint.schema.ontology import WORKSPACE

_ENOUGH = 2000
"""So many nodes for each process: with fewer, making it takes longer than it saves."""
_INDEX = 2
"""The bytes of a rule's place in the list of all."""
_MOST_RULES = 4096 // _INDEX
"""The places of so many fit into a pipe, however small the system makes it."""


class Verdict(NamedTuple):
    """What a rule says of a graph."""

    seconds: float
    broken: Sequence[tuple[str, Sequence[int]]]
    """The nodes that break it: by their kind, the positions among the targets of it."""


def verdicts(rules: Sequence[CompiledRule], graph: Graph) -> list[Verdict]:
    """What each rule says, in their order."""
    count = processes(sum(map(len, graph.kinds.values())), _ENOUGH)
    if count == 1 or len(rules) > _MOST_RULES:
        return [_verdict(compiled, graph) for compiled in rules]
    return _shared(rules, graph, count)


def _shared(rules: Sequence[CompiledRule], graph: Graph, count: int) -> list[Verdict]:
    """The same, each rule by the process that comes to it first."""
    waiting, filled = os.pipe()
    os.write(filled, b"".join(i.to_bytes(_INDEX) for i in range(len(rules))))
    os.close(filled)

    def work() -> Iterator[tuple[int, Verdict]]:
        while index := os.read(waiting, _INDEX):
            number = int.from_bytes(index)
            yield number, _verdict(rules[number], graph)

    def report() -> bytes:
        return orjson.dumps([(number, *verdict) for number, verdict in work()])

    copies = [begin(report) for _ in range(count - 1)]
    known = dict(work())
    os.close(waiting)
    for copy in copies:
        received = result(copy)
        if received is not None:
            known.update((i, Verdict(*rest)) for i, *rest in orjson.loads(received))
    return [
        known[i] if i in known else _verdict(compiled, graph) for i, compiled in enumerate(rules)
    ]


def _verdict(compiled: CompiledRule, graph: Graph) -> Verdict:
    start = perf_counter()
    broken: list[tuple[str, list[int]]] = []
    if all(is_there(graph.workspace) for is_there in compiled.evident):
        compiled.prepare(graph)
        breaks = compiled.breaks
        for kind in compiled.rule.targets:
            nodes = targets(compiled.rule, kind, graph)
            if positions := [at for at, node in enumerate(nodes) if breaks(node)]:
                broken.append((kind, positions))
    return Verdict(perf_counter() - start, broken)


def targets(rule: Rule, kind: str, graph: Graph) -> Sequence[Node]:
    """The nodes of a kind. A workspace without any has no place where a finding could stand."""
    if rule.transition == REMOVED:
        return graph.removed.get(kind, ())
    if rule.transition:
        return [node for node in graph.kinds[kind] if edge(PREVIOUS) in node.edges]
    if kind != WORKSPACE:
        return graph.kinds[kind]
    return [graph.workspace] if any(graph.kinds.values()) else []
