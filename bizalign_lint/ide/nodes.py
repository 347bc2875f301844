"""The node at a position: the one that is defined or referred to there."""

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
    """What is at a position of a file, and its meaning."""

    at: Cursor
    meaning: Meaning
    text: str
    """The value there, or the key."""
    node: Node | None
    """The node that is defined or referred to there."""
    defines: bool
    """Whether the position is on the name that defines the node."""


def cursor_context(snapshot: Snapshot, path: str, position: Position) -> CursorContext | None:
    """The context of a position; None for a file that is not in the workspace."""
    source = snapshot.sources.get(path)
    if source is None:
        return None
    at = cursor(source.content, position)
    steps = at.pointer
    found = meaning(snapshot.loaded.ontology, at.kind, steps)
    text = at.value
    if at.part is None or at.comment is not None or found.kind is None:
        return CursorContext(at, found, text, None, False)
    if at.on_key:
        return CursorContext(at, found, text, None, False)
    document = document_at(snapshot, path, at.number)
    if document is not None:
        value = value_at(document, steps)
        text = value if isinstance(value, str) else text
    if steps == ("metadata", NAME) or (
        steps[-1:] == (NAME,) and _is_named(snapshot, at, steps[:-1])
    ):
        return CursorContext(at, found, text, _defined(snapshot, path, at, steps), True)
    relation = found.property.relation if found.property is not None else None
    node = None
    if relation is not None:
        node = referenced_node(snapshot, text, relation, at)
    return CursorContext(at, found, text, node, False)


def _is_named(snapshot: Snapshot, at: Cursor, steps: Pointer) -> bool:
    """Whether a pointer leads to a nested node."""
    type_ = meaning(snapshot.loaded.ontology, at.kind, steps).type
    return type_ is not None and bool(type_.name)


def referenced_node(snapshot: Snapshot, text: str, relation: Relation, at: Cursor) -> Node | None:
    """The node that a reference leads to; its holder, if the cursor is on the part before the #."""
    ontology, graph = snapshot.loaded.ontology, snapshot.graph
    node = lookup(text, relation, at.namespace, graph, ontology)
    mark = at.page.sketch.text.find("#", at.start, at.end)
    if node is not None and node.holder is not None and 0 <= at.offset <= mark:
        return node.holder.entity
    return node


def _defined(snapshot: Snapshot, path: str, at: Cursor, steps: Pointer) -> Node | None:
    """The definition or nested node whose name is at a pointer."""
    document = document_at(snapshot, path, at.number)
    entity = entity_of(snapshot, document) if document is not None else None
    if entity is None or steps == ("metadata", NAME):
        return entity
    return next((node for node in nested_in(snapshot, entity) if node.pointer == steps[:-1]), None)


def nested_in(snapshot: Snapshot, entity: Node) -> list[Node]:
    """The nested nodes of a definition, without duplicates of a name."""
    return [
        child
        for children in entity.edges.values()
        for child in children
        if child.type.name
        and child.holder is entity
        and snapshot.graph.find(child.type.name, child.namespace, child.name) is child
    ]


def is_defined_in(node: Node, path: str, number: int | None = None) -> bool:
    """Whether a node is defined in a file and, if given, in the document with that number."""
    document = node.document
    return (
        document is not None
        and document.source.path == path
        and (number is None or document.index == number)
    )


def document_at(snapshot: Snapshot, path: str, number: int) -> Document | None:
    """The definition with a number in a file; None if it could not be read."""
    return next((d for d in snapshot.documents.get(path, ()) if d.index == number), None)


def value_at(document: Document, steps: Pointer) -> Any:
    """The value at a pointer; None if there is none."""
    value: Any = document.value
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def definition_location(node: Node) -> Location:
    """The location of a node's definition."""
    place = node.place()
    return Location(place.document.source.path, locate(place))


def entity_of(snapshot: Snapshot, document: Document) -> Node | None:
    """The node of a definition; None if another has its name or it could not be linked."""
    kind, metadata = document.value.get("kind"), document.value.get("metadata")
    if not isinstance(kind, str) or not isinstance(metadata, dict):
        return None
    name, space = metadata.get(NAME), metadata.get("namespace", "default")
    if not isinstance(name, str) or not isinstance(space, str):
        return None
    node = snapshot.graph.find(kind, space, name)
    same = node is not None and is_defined_in(node, document.source.path, document.index)
    return node if same else None
