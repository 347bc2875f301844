"""What nodes a position has to do with: the one defined there, or the one referred to."""

from __future__ import annotations

from typing import Any, NamedTuple

from bizalign_lint.core.types import Document, Location, Pointer
from bizalign_lint.graph.nodes import Node
from bizalign_lint.graph.references import lookup
from bizalign_lint.ide.cursor import Cursor, Meaning, Position, cursor, meaning
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.positions import locate
from bizalign_lint.schema.ontology import Relation

NAME = "name"


class CursorContext(NamedTuple):
    """What is at a position of a file, and what that means."""

    at: Cursor
    meaning: Meaning
    text: str
    """The value there, or the key."""
    node: Node | None
    """The node that is defined or referred to there."""
    defines: bool
    """Whether it is defined there, by its name."""


def cursor_context(snapshot: Snapshot, path: str, position: Position) -> CursorContext | None:
    """What is at a position; None for a file that the workspace does not have."""
    source = snapshot.sources.get(path)
    if source is None:
        return None
    at = cursor(source.content, position)
    way = at.pointer
    found = meaning(snapshot.loaded.ontology, at.kind, way)
    text = at.value
    if at.part is None or at.comment is not None or found.kind is None:
        return CursorContext(at, found, text, None, False)
    if at.on_key:
        return CursorContext(at, found, text, None, False)
    document = document_at(snapshot, path, at.number)
    if document is not None:
        said = value_at(document, way)
        text = said if isinstance(said, str) else text
    if way == ("metadata", NAME) or (way[-1:] == (NAME,) and _is_named(snapshot, at, way[:-1])):
        return CursorContext(at, found, text, _defined(snapshot, path, at, way), True)
    relation = found.property.relation if found.property is not None else None
    node = None
    if relation is not None:
        node = referenced_node(snapshot, text, relation, at)
    return CursorContext(at, found, text, node, False)


def _is_named(snapshot: Snapshot, at: Cursor, way: Pointer) -> bool:
    """Whether what a pointer leads to is a nested node."""
    type_ = meaning(snapshot.loaded.ontology, at.kind, way).type
    return type_ is not None and bool(type_.name)


def referenced_node(snapshot: Snapshot, text: str, relation: Relation, at: Cursor) -> Node | None:
    """The node that a reference leads to; of a nested one, its holder, if the index is in that."""
    ontology, graph = snapshot.loaded.ontology, snapshot.graph
    node = lookup(text, relation, at.namespace, graph, ontology)
    mark = at.page.sketch.text.find("#", at.start, at.end)
    if node is not None and node.holder is not None and 0 <= at.offset <= mark:
        return node.holder.entity
    return node


def _defined(snapshot: Snapshot, path: str, at: Cursor, way: Pointer) -> Node | None:
    """The definition, or the nested node in it, whose name is there."""
    document = document_at(snapshot, path, at.number)
    entity = entity_of(snapshot, document) if document is not None else None
    if entity is None or way == ("metadata", NAME):
        return entity
    return next((node for node in nested_in(snapshot, entity) if node.pointer == way[:-1]), None)


def nested_in(snapshot: Snapshot, entity: Node) -> list[Node]:
    """The nested nodes of a definition that have their name to themselves."""
    return [
        child
        for children in entity.edges.values()
        for child in children
        if child.type.name
        and child.holder is entity
        and snapshot.graph.find(child.type.name, child.namespace, child.name) is child
    ]


def is_defined_in(node: Node, path: str, number: int | None = None) -> bool:
    """Whether a node is defined in a file, and in that document of it."""
    document = node.document
    return (
        document is not None
        and document.source.path == path
        and (number is None or document.index == number)
    )


def document_at(snapshot: Snapshot, path: str, number: int) -> Document | None:
    """The definition of that number in a file, as far as it could be read."""
    return next((d for d in snapshot.documents.get(path, ()) if d.index == number), None)


def value_at(document: Document, way: Pointer) -> Any:
    """The value that a pointer leads to, or None."""
    value: Any = document.value
    for step in way:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def definition_location(node: Node) -> Location:
    """Where a node is defined."""
    place = node.place()
    return Location(place.document.source.path, locate(place))


def entity_of(snapshot: Snapshot, document: Document) -> Node | None:
    """The node of a definition; None where another has its name, or it could not be linked."""
    kind, metadata = document.value.get("kind"), document.value.get("metadata")
    if not isinstance(kind, str) or not isinstance(metadata, dict):
        return None
    name, space = metadata.get(NAME), metadata.get("namespace", "default")
    if not isinstance(name, str) or not isinstance(space, str):
        return None
    node = snapshot.graph.find(kind, space, name)
    same = node is not None and is_defined_in(node, document.source.path, document.index)
    return node if same else None
