"""The model as tables: one for each kind, and one each for relations, findings and coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bizalign_lint.exporters.content import (
    COVERAGE_COLUMNS,
    FINDING_COLUMNS,
    Content,
    Derived,
    coverage_row,
    derived_properties,
    edges,
    finding_row,
    named,
    values,
)
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Node
from bizalign_lint.mapping.columns import ID, KIND, NAME, NAMESPACE, WITHIN, Column, cell, columns
from bizalign_lint.schema.ontology import ObjectType

RELATIONS, FINDINGS, COVERAGE = "relations", "findings", "coverage"


class Table(NamedTuple):
    """A header and rows of the same length; cells are texts, numbers, booleans or empty texts."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    dates: frozenset[int] = frozenset()
    """The indexes of columns with dates, as text in ISO 8601."""


def tables(content: Content) -> Iterator[Table]:
    """The tables of a model, those of kinds first; kinds without a node have none."""
    derived = Derived(content.walker)
    for kind, nodes in _by_kind(content).items():
        yield _of_kind(content.ontology.types[kind], nodes, derived)
    nodes = named(content.graph)
    yield _relations(nodes)
    findings = [_row(finding_row(one)) for one in content.findings]
    yield Table(FINDINGS, FINDING_COLUMNS, findings)
    coverage = [_row(coverage_row(one)) for one in content.coverage]
    yield Table(COVERAGE, COVERAGE_COLUMNS, coverage)


def _by_kind(content: Content) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in named(content.graph):
        found.setdefault(node.type.name, []).append(node)
    return found


def empty(kind: ObjectType) -> Table:
    """The table of a kind, without rows."""
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
    """The cell of a property; empty if the node has no value for it."""
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


def _row(row: Iterable[Any]) -> list[Any]:
    return ["" if one is None else cell(one) for one in row]
