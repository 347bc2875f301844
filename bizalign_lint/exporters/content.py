"""What every export of the model contains: nodes, relations, derived values, findings, coverage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.report import Coverage
from bizalign_lint.core.types import Finding
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.reporters.json import share
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.schema.derivations import Derivation
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property


def derived_properties(type_: ObjectType) -> Iterator[tuple[Property, Derivation]]:
    """The derived properties of a type that are exported."""
    for property_ in type_.properties.values():
        derivation = property_.derivation
        if derivation is not None and not derivation.traits.texts:
            yield property_, derivation


class Content(NamedTuple):
    """A model with its findings and coverage."""

    graph: Graph
    ontology: Ontology
    as_of: date
    findings: Sequence[Finding]
    """One for each place of a finding."""
    coverage: Sequence[Coverage]
    walker: Walker


FINDING_COLUMNS = (
    "rule",
    "name",
    "guideline",
    "severity",
    "entity",
    "message",
    "path",
    "line",
    "column",
    "fingerprint",
)
COVERAGE_COLUMNS = (
    "measure",
    "guideline",
    "title",
    "held",
    "broken",
    "unknown",
    "total",
    "unit",
    "percent",
)


def finding_row(finding: Finding) -> tuple[Any, ...]:
    """The values of a finding for ``FINDING_COLUMNS``."""
    start = finding.location.span
    return (
        finding.rule,
        finding.name,
        finding.guideline,
        finding.severity.value,
        finding.entity,
        finding.message,
        finding.location.path,
        start.line,
        start.column,
        finding.fingerprint,
    )


def coverage_row(measure: Coverage) -> tuple[Any, ...]:
    """The values of a measure for ``COVERAGE_COLUMNS``."""
    return measure.name, measure.guideline, measure.title, *share(measure).values()


class Edge(NamedTuple):
    """A reference whose target exists."""

    source: Node
    """The nearest node with a name that holds the reference."""
    path: tuple[str, ...]
    """The properties from the source to the reference; several if it is in a nested object."""
    target: Node
    inverse: str


def entities(graph: Graph) -> Iterator[tuple[str, list[Node]]]:
    """Each kind with its definitions, by namespace and name; nested kinds are left out."""
    for kind, nodes in sorted(graph.kinds.items()):
        held = [node for node in nodes if node.holder is None]
        if held:
            yield kind, sorted(held, key=_order)


def named(graph: Graph) -> list[Node]:
    """All nodes with a name, nested ones too, by kind, namespace and name."""
    return [node for _, nodes in sorted(graph.kinds.items()) for node in sorted(nodes, key=_order)]


def _order(node: Node) -> tuple[str, str]:
    return node.namespace, node.name


def edges(node: Node) -> Iterator[Edge]:
    """The references of a node and of the objects without a name in it, in the schema's order."""
    return _edges(node, node, ())


def _edges(node: Node, at: Node, way: tuple[str, ...]) -> Iterator[Edge]:
    for property_ in at.type.properties.values():
        path = (*way, property_.name)
        if property_.entries_of:
            continue  # The list with the entries leads to the same nodes.
        if property_.relation is not None:
            inverse = property_.relation.inverse
            for target in at.edges.get(property_.name, ()):
                yield Edge(node, path, target, inverse)
        elif property_.object is not None and not property_.object.name and property_.links:
            for child in at.child(property_):
                yield from _edges(node, child, path)


def values(node: Node) -> dict[str, Any]:
    """The values of a node by property; of a definition, those in ``metadata`` and ``spec``."""
    document = node.document
    if node.holder is not None or document is None:
        return dict(node.values)
    return {**document.value.get("metadata", {}), **document.value.get("spec", {})}


class Derived:
    """Computes the derived values of nodes, such as a phase on the day of the export."""

    def __init__(self, walker: Walker) -> None:
        self._walker = walker
        self._known: dict[ObjectType, list[tuple[str, Callable[[Node], Any]]]] = {}

    def of(self, node: Node) -> dict[str, Any]:
        """The derived properties that have a value, by name."""
        ways = self._known.get(node.type)
        if ways is None:
            ways = self._known[node.type] = [
                (property_.name, self._walker.derived(derivation, node.type))
                for property_, derivation in derived_properties(node.type)
            ]
        found = ((name, get(node)) for name, get in ways)
        return {name: value for name, value in found if value is not None}
