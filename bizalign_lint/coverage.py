"""Graph + measures → how far the model is aligned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .graph import Graph
from .report import Coverage
from .rules.compile import CompiledMeasure


def take(
    measures: Iterable[CompiledMeasure], graph: Graph, thresholds: Mapping[str, float]
) -> tuple[Coverage, ...]:
    """The outcome of each measure. ``thresholds`` are percentages by the name of the measure."""
    taken = []
    for compiled in measures:
        nodes = [
            node
            for target in compiled.measure.targets
            for node in graph.kinds[target]
            if compiled.where is None or compiled.where(node)
        ]
        lacking = tuple(node.reference for node in nodes if not compiled.conforms(node))
        taken.append(
            Coverage(
                compiled.measure.name,
                compiled.measure.guideline,
                compiled.measure.title,
                len(nodes) - len(lacking),
                len(nodes),
                lacking,
                thresholds.get(compiled.measure.name),
            )
        )
    return tuple(taken)
