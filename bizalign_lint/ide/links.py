"""The links from and to a node along the main relations of the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bizalign_lint.core import shipped as resources
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.schema.ontology import Ontology, Property

Step = tuple[str, str, str]
"""A kind, the last property of a path from it, and a kind that the path leads to."""


class Link(NamedTuple):
    """One step from a node to another."""

    node: Node
    property: str
    """The property that makes the link; ``""`` for the inverse to a holder."""
    source: Node
    """The object with the reference."""


@cache
def spine() -> frozenset[Step]:
    """The main relations, which join the kinds of the ontology from end to end."""
    value = read_document(resources.perspectives()).value
    return frozenset((kind, path.rpartition("/")[2], to) for kind, path, to in value["spine"])


def is_on_spine(ontology: Ontology, kind: str) -> bool:
    """Whether a kind is one of those that the spine joins; an organisation's own kinds are not."""
    return kind in ontology.types and any(kind in (start, to) for start, _, to in spine())


def outgoing(snapshot: Snapshot, node: Node) -> list[Link]:
    """The links from a definition along the spine; along all relations if it is not on it."""
    ontology = snapshot.loaded.ontology
    return _unique(
        link
        for link in _out_of(node, node)
        if _counts(ontology, node.type.name, link.property, link.node.type.name)
    )


def incoming(snapshot: Snapshot, node: Node) -> list[Link]:
    """The links to a node from definitions and nested nodes, along the same relations."""
    ontology = snapshot.loaded.ontology
    return _unique(
        link
        for link in _into(node)
        if _counts(ontology, link.node.type.name, link.property, node.type.name)
    )


def _counts(ontology: Ontology, start: str, property_: str, to: str) -> bool:
    if is_on_spine(ontology, start) and is_on_spine(ontology, to):
        return (start, property_, to) in spine()
    return True


def _out_of(node: Node, within: Node) -> Iterator[Link]:
    for name, targets in within.edges.items():
        property_ = within.type.properties.get(name)
        if property_ is None:
            continue
        for target in targets:
            if property_.relation is not None or target.type.name:
                yield Link(target, name, within)
            else:
                yield from _out_of(node, target)


def _into(node: Node) -> Iterator[Link]:
    for referrers in node.into.values():
        for referrer in referrers:
            for name, targets in referrer.edges.items():
                if node in targets and _refers(referrer, name):
                    yield Link(referrer.entity, name, referrer)
    if node.holder is not None:
        holder = node.holder.entity
        name = next((str(step) for step in reversed(node.pointer) if isinstance(step, str)), "")
        yield Link(holder, name, node)


def _refers(referrer: Node, name: str) -> bool:
    property_: Property | None = referrer.type.properties.get(name)
    return property_ is not None and property_.relation is not None


def _unique(links: Iterator[Link]) -> list[Link]:
    """The links without duplicates, which result from several references."""
    found: dict[tuple[int, str], Link] = {}
    for link in links:
        found.setdefault((id(link.node), link.property), link)
    return list(found.values())
