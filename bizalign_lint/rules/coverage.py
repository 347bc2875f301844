"""Graph + measures → how far the model is aligned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bizalign_lint.core.report import Coverage
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled.compile import CompiledMeasure, Count


def take(
    measures: Iterable[CompiledMeasure], graph: Graph, thresholds: Mapping[str, float]
) -> tuple[Coverage, ...]:
    """The outcome of each measure. ``thresholds`` are percentages by the name of the measure."""
    return tuple(
        _outcome(compiled, _counted(compiled.counts, graph), thresholds) for compiled in measures
    )


def _counted(counts: Sequence[Count], graph: Graph) -> dict[Node, bool]:
    """The nodes that count, each with whether it conforms to all that is said of it."""
    found: dict[Node, bool] = {}
    for count in counts:
        if not all(is_there(graph.workspace) for is_there in count.evident):
            continue
        if count.prepare is not None:
            count.prepare(graph)
        for target in count.targets:
            for node in graph.kinds[target]:
                if count.where is None or count.where(node):
                    found[node] = found.get(node, True) and count.conforms(node)
    return found


def _outcome(
    compiled: CompiledMeasure, counted: Mapping[Node, bool], thresholds: Mapping[str, float]
) -> Coverage:
    lacking = tuple(node.reference for node, conforms in counted.items() if not conforms)
    return Coverage(
        compiled.measure.name,
        compiled.measure.guideline,
        compiled.measure.title,
        len(counted) - len(lacking),
        len(counted),
        lacking,
        thresholds.get(compiled.measure.name),
    )
