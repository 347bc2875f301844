"""What depends on a node, and the shortest paths from one node to another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.questions.hops import Hop, hops


class Reached(NamedTuple):
    """A node that depends on another, with one of the shortest paths to it."""

    node: Node
    way: tuple[Hop, ...]

    @property
    def distance(self) -> int:
        """The number of relations on the path."""
        return len(self.way)


def impact(start: Node) -> list[Reached]:
    """Everything that depends on a node, by distance, kind and reference."""
    found: dict[Node, tuple[Hop, ...]] = {start: ()}
    ahead = [start]
    while ahead:
        beyond: list[Node] = []
        for node in ahead:
            for hop in hops(node):
                if hop.concerned and hop.node not in found:
                    found[hop.node] = (*found[node], hop)
                    beyond.append(hop.node)
        ahead = beyond
    del found[start]
    reached = [Reached(node, way) for node, way in found.items()]
    return sorted(reached, key=lambda r: (r.distance, r.node.type.name, r.node.reference))


def shortest_paths(start: Node, end: Node, most: int) -> list[tuple[Hop, ...]]:
    """The shortest paths between two nodes, along relations in either direction.

    At most ``most`` of them; none if the nodes are the same or not connected.
    """
    came: dict[Node, list[tuple[Node, Hop]]] = {start: []}
    ahead = [start]
    while ahead and end not in came:
        beyond: dict[Node, list[tuple[Node, Hop]]] = {}
        for node in ahead:
            for hop in hops(node):
                if hop.node not in came:
                    beyond.setdefault(hop.node, []).append((node, hop))
        came.update(beyond)
        ahead = [*beyond]
    if end not in came or end is start:
        return []
    return [*islice(_back(end, start, came), most)]


def _back(
    node: Node, start: Node, came: dict[Node, list[tuple[Node, Hop]]]
) -> Iterator[tuple[Hop, ...]]:
    if node is start:
        yield ()
    for before, hop in came[node]:
        for way in _back(before, start, came):
            yield (*way, hop)
