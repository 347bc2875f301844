"""The model as tables: one for each kind, one of relations, of findings and of coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bizalign_lint.exporters.content import (
    Content,
    Derived,
    derived_properties,
    edges,
    named,
    values,
)
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Node
from bizalign_lint.mapping.columns import ID, KIND, NAME, NAMESPACE, WITHIN, Column, cell, columns
from bizalign_lint.schema.ontology import ObjectType

RELATIONS, FINDINGS, COVERAGE = "relations", "findings", "coverage"


class Table(NamedTuple):
    """A header and rows as long as it; cells are texts, numbers, true or false, or empty."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    dates: frozenset[int] = frozenset()
    """The columns that hold days as ISO texts."""


def tables(content: Content) -> Iterator[Table]:
    """The tables of a model, those of kinds first; of kinds without a node, none."""
    derived = Derived(content.walker)
    for kind, nodes in _by_kind(content).items():
        yield _of_kind(content.ontology.types[kind], nodes, derived)
    nodes = named(content.graph)
    yield _relations(nodes)
    yield _findings(content)
    yield _coverage(content)


def _by_kind(content: Content) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in named(content.graph):
        found.setdefault(node.type.name, []).append(node)
    return found


def empty(kind: ObjectType) -> Table:
    """The table of a kind without a definition."""
    return _of_kind(kind, (), None)


def _of_kind(kind: ObjectType, nodes: Sequence[Node], derived: Derived | None) -> Table:
    said = [column for column in columns(kind) if column.name not in (NAME, NAMESPACE)]
    known = {column.name for column in said}
    extra = [one for one, _ in derived_properties(kind) if one.name not in known]
    fixed = [ID, KIND, NAMESPACE, NAME, *([WITHIN] if kind.holder is not None else [])]
    rows = []
    for node in nodes:
        follows = derived.of(node) if derived is not None else {}
        rows.append(
            [
                *_fixed(node),
                *(_said(node, column) for column in said),
                *(cell(follows[p.name]) if p.name in follows else "" for p in extra),
            ]
        )
    datatypes = [*("" for _ in fixed), *(c.property.datatype for c in said)]
    datatypes += [property_.datatype for property_ in extra]
    header = [*fixed, *(column.name for column in said), *(p.name for p in extra)]
    days = frozenset(index for index, datatype in enumerate(datatypes) if datatype == "date")
    return Table(kind.name, header, rows, days)


def _fixed(node: Node) -> Iterator[str]:
    yield node.reference
    yield node.type.name
    yield "" if node.namespace == DEFAULT_NAMESPACE else node.namespace
    yield node.name
    if node.holder is not None:
        yield node.holder.entity.reference


def _said(node: Node, column: Column) -> Any:
    """The cell of a property."""
    held: Any = values(node)
    for step in column.pointer[1:] if node.holder is None else column.pointer:
        if not isinstance(held, dict):
            return ""
        held = held.get(str(step))
    return "" if held is None else cell(held)


def _relations(nodes: Sequence[Node]) -> Table:
    header = ("source", "sourceTitle", "relation", "target", "targetTitle", "inverse")
    rows = [
        (
            edge.source.reference,
            cell(edge.source.title),
            "/".join(edge.path),
            edge.target.reference,
            cell(edge.target.title),
            edge.inverse,
        )
        for node in nodes
        for edge in edges(node)
    ]
    return Table(RELATIONS, header, rows)


def _findings(content: Content) -> Table:
    header = ("rule", "name", "guideline", "severity", "entity", "message")
    rows = [
        (
            finding.rule,
            finding.name,
            finding.guideline,
            finding.severity.value,
            finding.entity or "",
            cell(finding.message),
            cell(finding.location.path),
            finding.location.span.line,
            finding.location.span.column,
            finding.fingerprint,
        )
        for finding in content.findings
    ]
    return Table(FINDINGS, (*header, "path", "line", "column", "fingerprint"), rows)


def _coverage(content: Content) -> Table:
    header = ("measure", "guideline", "title", "held", "broken", "unknown", "total", "unit")
    rows = [
        (
            measure.name,
            measure.guideline,
            cell(measure.title),
            measure.held,
            measure.broken,
            measure.unknown,
            measure.total,
            measure.unit,
            "" if measure.percent is None else measure.percent,
        )
        for measure in content.coverage
    ]
    return Table(COVERAGE, (*header, "percent"), rows)
