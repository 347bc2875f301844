"""Graph + measures → how far the model is aligned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .graph import Graph
from .rules.compile import CompiledMeasure


@dataclass(frozen=True, slots=True)
class Coverage:
    """The outcome of one measure."""

    name: str
    guideline: str
    title: str
    satisfied: int
    total: int
    lacking: tuple[str, ...]
    """References of the nodes that do not conform, in the order of the files."""
    threshold: float | None = None
    """The least percentage that is accepted; None where nobody has said."""

    @property
    def percent(self) -> float | None:
        """The share that conforms, rounded down to a tenth; None when there is nothing to count."""
        return self.satisfied * 1000 // self.total / 10 if self.total else None

    @property
    def fails(self) -> bool:
        """Whether the share is below the threshold."""
        return None not in (self.percent, self.threshold) and self.percent < self.threshold  # type: ignore[operator]


def measure(
    measures: Iterable[CompiledMeasure], graph: Graph, thresholds: Mapping[str, float]
) -> tuple[Coverage, ...]:
    """Take the measures. ``thresholds`` are percentages by the name of the measure."""
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
