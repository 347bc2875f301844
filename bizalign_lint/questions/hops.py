"""The relations that lead from one node to others, in either direction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.schema.ontology import Property


class Hop(NamedTuple):
    """A relation followed from one node to another."""

    step: str
    """The step of a path: ``supports``, or ``^supports`` against its direction."""
    node: Node
    """The node that it leads to."""
    concerned: bool
    """Whether that node depends on the one that the hop starts from."""


def hops(node: Node) -> Iterator[Hop]:
    """The relations of a node and of the objects in it, without those in ``metadata``."""
    for name, property_, target in _named(node):
        yield Hop(name, target, _carries(property_))
    for referrers in node.into.values():
        for referrer in referrers:
            for name, nodes in referrer.edges.items():
                if node in nodes and _counts(property_ := referrer.type.properties[name]):
                    step = "/".join((f"^{name}", *_outwards(referrer)))
                    yield Hop(step, referrer.entity, not _carries(property_))
    if node.type.name and node.holder is not None:
        yield Hop(node.type.parent, node.holder.entity, True)


def _outwards(node: Node) -> Iterator[str]:
    """The steps from an object without a name up to the node with a name that contains it."""
    while not node.type.name and node.holder is not None and node.type.holder is not None:
        yield f"^{node.type.holder[1]}"
        node = node.holder


def _named(node: Node) -> Iterator[tuple[str, Property, Node]]:
    """The nodes with a name that a node refers to or contains, each with the path to it."""
    for name, nodes in node.edges.items():
        property_ = node.type.properties.get(name)
        if property_ is None:
            continue
        if _counts(property_) or (property_.object is not None and property_.object.name):
            yield from ((name, property_, target) for target in nodes)
        elif property_.object is not None:
            for inner in nodes:
                yield from ((f"{name}/{path}", p, target) for path, p, target in _named(inner))


def _counts(property_: Property) -> bool:
    return property_.relation is not None and property_.section != "metadata"


def _carries(property_: Property) -> bool:
    return property_.relation is not None and property_.relation.carries
