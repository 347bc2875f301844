"""Type hierarchy along parents, call hierarchy along the main relations between kinds."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core.types import Location, Place, Span
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.links import Link
from bizalign_lint.ide.links import incoming as links_in
from bizalign_lint.ide.links import outgoing as links_out
from bizalign_lint.ide.nodes import cursor_context, definition_location, entity_of
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.positions import extent, locate
from bizalign_lint.schema.ontology import Property, kind_title


class Entry(NamedTuple):
    """A node as a hierarchy shows it."""

    reference: str
    """The reference by which the node is found again."""
    title: str
    detail: str
    kind: str
    path: str
    span: Span
    selection: Span


class Call(NamedTuple):
    """A node that leads to another or is reached from it, with the places of the references."""

    entry: Entry
    places: tuple[Location, ...]


def entry(snapshot: Snapshot, node: Node) -> Entry:
    """A node with its place."""
    assert node.document is not None
    at = definition_location(node)
    return Entry(
        reference=node.reference,
        title=node.title,
        detail=f"{kind_title(snapshot.loaded.ontology, node.type.name)} {node.name}",
        kind=node.type.name,
        path=at.path,
        span=extent(node.document, node.pointer),
        selection=at.span,
    )


def _here(snapshot: Snapshot, path: str, position: Position) -> Node | None:
    """The node at a position, or the definition around it."""
    found = cursor_context(snapshot, path, position)
    if found is None:
        return None
    if found.node is not None:
        return found.node
    documents = snapshot.documents.get(path, ())
    around = next((d for d in documents if d.index == found.at.number), None)
    return entity_of(snapshot, around) if around is not None else None


def _parent_property(node: Node) -> Property | None:
    """The property that refers to the parent in a hierarchy of nodes of one kind."""
    return next(
        (
            p
            for p in node.type.properties.values()
            if p.relation is not None and p.relation.hierarchy is not None
        ),
        None,
    )


def prepare_types(snapshot: Snapshot, path: str, position: Position) -> list[Entry]:
    """The node at a position, if its kind forms a hierarchy."""
    node = _here(snapshot, path, position)
    fits = node is not None and _parent_property(node) is not None
    return [entry(snapshot, node)] if fits and node is not None else []


def supertypes(snapshot: Snapshot, reference: str) -> list[Entry]:
    """The parents of a node."""
    node = snapshot.graph.by_reference(reference)
    property_ = _parent_property(node) if node is not None else None
    if node is None or property_ is None:
        return []
    return [entry(snapshot, parent) for parent in node.edges.get(property_.name, ())]


def subtypes(snapshot: Snapshot, reference: str) -> list[Entry]:
    """The children of a node."""
    node = snapshot.graph.by_reference(reference)
    property_ = _parent_property(node) if node is not None else None
    if node is None or property_ is None or property_.relation is None:
        return []
    return [
        entry(snapshot, child)
        for child in node.into.get(property_.relation.inverse, ())
        if node in child.edges.get(property_.name, ())
    ]


def prepare_calls(snapshot: Snapshot, path: str, position: Position) -> list[Entry]:
    """The node at a position."""
    node = _here(snapshot, path, position)
    return [entry(snapshot, node)] if node is not None else []


def incoming(snapshot: Snapshot, reference: str) -> list[Call]:
    """The nodes that lead to a node."""
    node = snapshot.graph.by_reference(reference)
    links = links_in(snapshot, node) if node is not None else []
    return [Call(entry(snapshot, link.node), _places(link)) for link in links]


def outgoing(snapshot: Snapshot, reference: str) -> list[Call]:
    """The nodes that a node leads to."""
    node = snapshot.graph.by_reference(reference)
    links = links_out(snapshot, node) if node is not None else []
    return [Call(entry(snapshot, link.node), _places(link)) for link in links]


def _places(link: Link) -> tuple[Location, ...]:
    """The place of the property of a link."""
    source = link.source
    assert source.document is not None
    property_ = source.type.properties.get(link.property)
    place = (
        Place(source.document, source.pointer_to(property_), key=True)
        if property_ is not None
        else source.place()
    )
    return (Location(source.document.source.path, locate(place)),)
