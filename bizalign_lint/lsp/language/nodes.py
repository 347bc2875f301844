"""What nodes a position has to do with: the one defined there, or the one referred to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...graph import Graph, Node, qualified
from ...model import Document, Location, Place, Pointer
from ...ontology import ObjectType, Property, Relation
from ...positions import locate
from ...references import lookup
from ..snapshot import Snapshot
from .cursor import Cursor, Meaning, Position, cursor, meaning

NAME = "name"


class Spot(NamedTuple):
    """What stands at a position of a file, and what that means."""

    at: Cursor
    meaning: Meaning
    text: str
    """The value there, or the key."""
    node: Node | None
    """The node that is defined or referred to there."""
    defines: bool
    """Whether it is defined there, by its name."""


def spot(snapshot: Snapshot, path: str, position: Position) -> Spot | None:
    """What stands at a position; None for a file that the workspace does not have."""
    source = snapshot.sources.get(path)
    if source is None:
        return None
    at = cursor(source.content, position)
    way = at.pointer
    found = meaning(snapshot.loaded.ontology, at.kind, way)
    text = at.value
    if at.part is None or at.comment is not None or found.kind is None:
        return Spot(at, found, text, None, False)
    if at.on_key:
        return Spot(at, found, text, None, False)
    document = document_at(snapshot, path, at.number)
    if document is not None:
        said = value_at(document, way)
        text = said if isinstance(said, str) else text
    if way == ("metadata", NAME) or (way[-1:] == (NAME,) and len(way) > 2):
        return Spot(at, found, text, _defined(snapshot, path, at, way, text), True)
    relation = found.property.relation if found.property is not None else None
    node = None
    if relation is not None:
        node = leads_to(snapshot, text, relation, at)
    return Spot(at, found, text, node, False)


def leads_to(snapshot: Snapshot, text: str, relation: Relation, at: Cursor) -> Node | None:
    """The node that a reference leads to; of a nested one, its holder, if the index is in that."""
    ontology, graph = snapshot.loaded.ontology, snapshot.graph
    node = lookup(text, relation, at.namespace, graph, ontology)
    mark = at.page.sketch.text.find("#", at.start, at.end)
    if node is not None and node.holder is not None and 0 <= at.offset <= mark:
        return node.holder.entity
    return node


def _defined(snapshot: Snapshot, path: str, at: Cursor, way: Pointer, text: str) -> Node | None:
    kind = snapshot.loaded.ontology.kinds[at.kind].type
    if len(way) == 2:
        candidates = _named(snapshot.graph, kind.name, at.namespace, text)
    else:
        name = at.page.sketch.value(_child(at, "metadata", NAME))
        holder = snapshot.graph.find(kind.name, at.namespace, name)
        nested = snapshot.loaded.ontology.kinds[at.kind].nested
        candidates = [
            node
            for type_ in nested
            for node in _named(snapshot.graph, type_.name, at.namespace, f"{name}#{text}")
            if node.pointer == way[:-1] and holder is not None
        ]
    return next((n for n in candidates if stands_in(n, path, at.number)), None)


def _named(graph: Graph, kind: str, namespace: str, name: str) -> list[Node]:
    found = graph.names.get(kind, {}).get(qualified(namespace, name))
    return [found] if found is not None else []


def _child(at: Cursor, *keys: str) -> Any:
    part: Any = at.document
    for key in keys:
        part = part.child(key) if part is not None else None
    return part


def stands_in(node: Node, path: str, number: int | None = None) -> bool:
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


def home(node: Node) -> Location:
    """Where a node is defined."""
    place = node.place()
    return Location(place.document.source.path, locate(place))


def whole_entities(snapshot: Snapshot, path: str) -> list[Node]:
    """The definitions of a file that have their name to themselves, in the order of the file."""
    found = []
    for document in snapshot.documents.get(path, ()):
        node = entity_of(snapshot, document)
        if node is not None:
            found.append(node)
    return found


def entity_of(snapshot: Snapshot, document: Document) -> Node | None:
    """The node of a definition; None where another has its name, or it could not be linked."""
    kind, metadata = document.value.get("kind"), document.value.get("metadata")
    if not isinstance(kind, str) or not isinstance(metadata, dict):
        return None
    name, space = metadata.get(NAME), metadata.get("namespace", "default")
    if not isinstance(name, str) or not isinstance(space, str):
        return None
    node = snapshot.graph.find(kind, space, name)
    same = node is not None and stands_in(node, document.source.path, document.index)
    return node if same else None


class Mention(NamedTuple):
    """A reference in a definition."""

    place: Place
    text: str
    relation: Relation
    namespace: str


def mentions(
    documents: Iterable[Document], ontology_types: dict[str, ObjectType]
) -> Iterator[Mention]:
    """All references in some definitions, well-formed or not."""
    for document in documents:
        kind = document.value.get("kind")
        type_ = ontology_types.get(kind) if isinstance(kind, str) else None
        if type_ is None:
            continue
        metadata = document.value.get("metadata")
        space = metadata.get("namespace") if isinstance(metadata, dict) else None
        namespace = space if isinstance(space, str) else "default"
        for section in dict.fromkeys(p.section for p in type_.properties.values()):
            within = document.value.get(section) if section is not None else None
            if section is None or not isinstance(within, dict):
                continue
            properties = [p for p in type_.links if p.section == section]
            yield from _within(document, (section,), within, properties, namespace)


def _within(
    document: Document,
    way: Pointer,
    values: dict[str, Any],
    properties: Iterable[Property],
    namespace: str,
) -> Iterator[Mention]:
    for property_ in properties:
        value = values.get(property_.name)
        below = (*way, property_.name)
        items = (
            [((*below, i), item) for i, item in enumerate(value)]
            if isinstance(value, list)
            else [(below, value)]
        )
        for pointer, item in items:
            if property_.relation is not None and isinstance(item, str):
                yield Mention(Place(document, pointer), item, property_.relation, namespace)
            elif property_.object is not None and isinstance(item, dict):
                yield from _within(document, pointer, item, property_.object.links, namespace)


def mentions_of(snapshot: Snapshot, node: Node) -> Iterator[Mention]:
    """The references that lead to a node."""
    ontology, graph = snapshot.loaded.ontology, snapshot.graph
    word = node.name.rpartition("#")[2].encode()
    types = {name: kind.type for name, kind in ontology.kinds.items()}
    for documents in snapshot.documents.values():
        if not documents or word not in documents[0].source.content:
            continue
        for mention in mentions(documents, types):
            if lookup(mention.text, mention.relation, mention.namespace, graph, ontology) is node:
                yield mention
