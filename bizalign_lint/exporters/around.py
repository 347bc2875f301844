"""A definition and what is around it, as far as a number of relations leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.exporters.content import edges, named
from bizalign_lint.graph.nodes import Graph, Node


class Line(NamedTuple):
    """A relation that is drawn."""

    source: Node
    label: str
    """The property that holds the reference, with the properties that lead to it."""
    target: Node


class Part(NamedTuple):
    """A part of a model."""

    start: Node
    nodes: list[Node]
    """By kind, namespace and name; the start is among them."""
    lines: list[Line]


def around(graph: Graph, start: Node, steps: int) -> Part:
    """What is at most some relations away, in either direction, but for who is responsible."""
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
