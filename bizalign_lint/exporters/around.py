"""A definition and its surroundings, up to a number of relations away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.exporters.content import edges, named
from bizalign_lint.graph.nodes import Graph, Node


class Line(NamedTuple):
    """A relation to draw."""

    source: Node
    label: str
    """The path from the source to the property with the reference, separated by slashes."""
    target: Node


class Part(NamedTuple):
    """A part of a model: a node, those around it, and the relations between them."""

    start: Node
    nodes: list[Node]
    """By kind, namespace and name; the start is among them."""
    lines: list[Line]


def around(graph: Graph, start: Node, steps: int) -> Part:
    """The part of the model at most ``steps`` relations away from a node, in either direction.

    Relations in ``metadata``, such as to an owner, are not followed.
    """
    everything = named(graph)
    lines = [line for node in everything for line in _lines(node)]
    near: dict[Node, list[Node]] = {}
    for line in lines:
        near.setdefault(line.source, []).append(line.target)
        near.setdefault(line.target, []).append(line.source)
    found = {start}
    edge = [start]
    for _ in range(steps):
        edge = [other for node in edge for other in near.get(node, ()) if other not in found]
        edge = list(dict.fromkeys(edge))
        found.update(edge)
    return Part(
        start,
        [node for node in everything if node in found],
        [line for line in lines if line.source in found and line.target in found],
    )


def _lines(node: Node) -> Iterator[Line]:
    for edge in edges(node):
        if node.type.properties[edge.path[0]].section != "metadata":
            yield Line(node, "/".join(edge.path), edge.target)
    for property_ in node.type.properties.values():
        if property_.object is not None and property_.object.name:
            for child in node.child(property_):
                yield Line(node, property_.name, child)
