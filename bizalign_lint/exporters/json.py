"""For programs: version 1 of the graph as JSON, which ``json.schema.json`` describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.core.types import Finding
from bizalign_lint.exporters.content import Content, Derived, Edge, edges, entities, named
from bizalign_lint.graph.nodes import Node
from bizalign_lint.reporters.json import document, share

VERSION = 1


def render(content: Content) -> Iterator[str]:
    """Definitions as they are written, all nodes with a name, their relations and findings."""
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
            "findings": [_finding(finding) for finding in content.findings],
            "coverage": [
                {
                    "measure": measure.name,
                    "guideline": measure.guideline,
                    "title": measure.title,
                    **share(measure),
                }
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


def _finding(finding: Finding) -> dict[str, Any]:
    start = finding.location.span
    return {
        "rule": finding.rule,
        "name": finding.name,
        "guideline": finding.guideline,
        "severity": finding.severity.value,
        "message": finding.message,
        "entity": finding.entity,
        "path": finding.location.path,
        "line": start.line,
        "column": start.column,
        "fingerprint": finding.fingerprint,
    }
