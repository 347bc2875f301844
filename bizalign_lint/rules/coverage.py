"""Graph + measures → alignment coverage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum

from bizalign_lint.core.report import Coverage
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled.compile import CompiledMeasure, Count
from bizalign_lint.rules.compiled.values import is_number, tidy


class Answer(IntEnum):
    """The outcome for a node; if a node has several, the greatest counts."""

    HELD = 0
    UNKNOWN = 1
    BROKEN = 2


def take_measures(
    measures: Iterable[CompiledMeasure],
    graph: Graph,
    thresholds: Mapping[str, float],
    required: Collection[str] = (),
) -> tuple[Coverage, ...]:
    """The outcome of each measure. ``thresholds`` are percentages by the name of the measure.

    A ``required`` measure misses its threshold if there is nothing to measure.
    """
    return tuple(
        _outcome(compiled, _answers(compiled.counts, graph))._replace(
            threshold=thresholds.get(compiled.measure.name),
            is_required=compiled.measure.name in required,
        )
        for compiled in measures
    )


def _answers(counts: Sequence[Count], graph: Graph) -> dict[Node, Answer]:
    """The nodes that count, each with its outcome over all counts."""
    found: dict[Node, Answer] = {}
    for count in counts:
        if count.prepare is not None:
            count.prepare(graph)
        evident = all(is_there(graph.workspace) for is_there in count.evident)
        for target in count.targets:
            for node in graph.kinds[target]:
                answer = _answer(count, node, evident)
                if answer is not None:
                    found[node] = max(answer, found.get(node, answer))
    return found


def _answer(count: Count, node: Node, evident: bool) -> Answer | None:
    """The outcome of one count for a node; None if the node does not count."""
    counts = count.where is None or count.where(node)
    if counts and not count.conforms(node):
        return Answer.BROKEN if evident else Answer.UNKNOWN
    if count.unknown is not None and count.unknown.of(node):
        return Answer.UNKNOWN
    return Answer.HELD if counts else None


def _outcome(compiled: CompiledMeasure, answers: Mapping[Node, Answer]) -> Coverage:
    measure = compiled.measure
    weights, unit = _weights(compiled, answers)
    sums = dict.fromkeys(Answer, 0.0)
    found: dict[Answer, list[str]] = {answer: [] for answer in Answer}
    for node, answer in answers.items():
        sums[answer] += weights.get(node, 0) if unit else 1
        found[answer].append(node.reference)
    held, unknown, broken = (tidy(sums[answer]) or 0 for answer in Answer)
    return Coverage(
        name=measure.name,
        guideline=measure.guideline,
        title=measure.title,
        held=held,
        broken=broken,
        unknown=unknown,
        lacking=tuple(found[Answer.BROKEN]),
        unjudged=tuple(found[Answer.UNKNOWN]),
        unit=unit,
        conforming=tuple(found[Answer.HELD]),
    )


def _weights(compiled: CompiledMeasure, nodes: Iterable[Node]) -> tuple[dict[Node, float], str]:
    """The weight of each node, and the common unit; empty if units or weights are not uniform, or
    too large to add up."""
    weight, unit = compiled.weight, compiled.unit
    if weight is None or unit is None:
        return {}, ""
    found = {node: weight(node) for node in nodes}
    units = {str(unit(node)) for node in found}
    if len(units) != 1 or not all(map(is_number, found.values())):
        return {}, ""
    if tidy(sum(map(abs, found.values()))) is None:
        return {}, ""
    return found, units.pop()
