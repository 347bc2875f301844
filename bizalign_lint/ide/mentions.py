"""References in definitions, and those that lead to a node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from bizalign_lint.core.types import Document, Place, Pointer
from bizalign_lint.graph.nodes import Node
from bizalign_lint.graph.references import lookup
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.schema.ontology import Ontology, Property, Relation


class Mention(NamedTuple):
    """A reference in a definition."""

    place: Place
    text: str
    relation: Relation
    namespace: str


def mentions(documents: Iterable[Document], ontology: Ontology) -> Iterator[Mention]:
    """All references in some definitions, well-formed or not."""
    for document in documents:
        kind = document.value.get("kind")
        known = ontology.kinds.get(kind) if isinstance(kind, str) else None
        if known is None:
            continue
        type_ = known.type
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
    steps: Pointer,
    values: dict[str, Any],
    properties: Iterable[Property],
    namespace: str,
) -> Iterator[Mention]:
    for property_ in properties:
        value = values.get(property_.name)
        below = (*steps, property_.name)
        items = (
            [((*below, i), item) for i, item in enumerate(value)]
            if isinstance(value, list)
            else [(below, value)]
        )
        for pointer, item in items:
            if property_.relation is not None and isinstance(item, str):
                yield Mention(Place(document, pointer), item, property_.relation, namespace)
            elif property_.block is not None and isinstance(item, dict):
                yield from _within(document, pointer, item, property_.block.links, namespace)


def mentions_near(snapshot: Snapshot, node: Node) -> Iterator[Mention]:
    """The references in all files that contain the name of a node."""
    word = node.name.rpartition("#")[2].encode()
    for documents in snapshot.documents.values():
        if documents and (
            word in documents[0].source.content or any(d.origin is not None for d in documents)
        ):
            yield from mentions(documents, snapshot.loaded.ontology)


def mentions_of(snapshot: Snapshot, node: Node) -> Iterator[Mention]:
    """The references that lead to a node."""
    return (
        mention for mention in mentions_near(snapshot, node) if resolve(snapshot, mention) is node
    )


def resolve(snapshot: Snapshot, mention: Mention) -> Node | None:
    """The node that a reference leads to; None if it is dangling."""
    return lookup(
        mention.text,
        mention.relation,
        mention.namespace,
        snapshot.graph,
        snapshot.loaded.ontology,
    )
