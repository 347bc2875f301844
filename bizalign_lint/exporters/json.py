"""The graph as JSON, version 1, for programs; ``json.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.exporters.content import (
    COVERAGE_COLUMNS,
    FINDING_COLUMNS,
    Content,
    Derived,
    Edge,
    coverage_row,
    edges,
    entities,
    finding_row,
    named,
)
from bizalign_lint.graph.nodes import Node
from bizalign_lint.reporters.json import document

VERSION = 1


def render(content: Content) -> Iterator[str]:
    """One JSON object: definitions as written, nodes with a name, relations, findings, coverage."""
    derived = Derived(content.walker)
    nodes = named(content.graph)
    yield document(
        VERSION,
        {
            "asOf": content.as_of.isoformat(),
            "definitions": [
                node.document.value
                for _, held in entities(content.graph)
                for node in held
                if node.document is not None
            ],
            "nodes": [_node(node, derived) for node in nodes],
            "edges": [_edge(edge) for node in nodes for edge in edges(node)],
            "findings": [
                dict(zip(FINDING_COLUMNS, finding_row(finding), strict=True))
                for finding in content.findings
            ],
            "coverage": [
                dict(zip(COVERAGE_COLUMNS, coverage_row(measure), strict=True))
                for measure in content.coverage
            ],
        },
    )


def _node(node: Node, derived: Derived) -> dict[str, Any]:
    assert node.document is not None
    return {
        "id": node.reference,
        "kind": node.type.name,
        "namespace": node.namespace,
        "name": node.name,
        "title": node.title,
        "within": None if node.holder is None else node.holder.entity.reference,
        "path": node.document.source.path,
        "derived": derived.of(node),
    }


def _edge(edge: Edge) -> dict[str, str]:
    return {
        "source": edge.source.reference,
        "relation": "/".join(edge.path),
        "target": edge.target.reference,
        "inverse": edge.inverse,
    }
