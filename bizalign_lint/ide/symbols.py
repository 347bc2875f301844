"""Symbols: the outline of a file, and the definitions of the workspace by name or title."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core.types import Location, Span
from bizalign_lint.graph.search import matching_nodes
from bizalign_lint.ide.cursor import Page, meaning, page, pointer
from bizalign_lint.ide.nodes import NAME, definition_location
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.schema.ontology import ObjectType, kind_title

_MOST = 200


class Symbol(NamedTuple):
    """A definition or a nested node in the outline of a file."""

    name: str
    detail: str
    kind: str
    span: Span
    selection: Span
    children: tuple[Symbol, ...] = ()


class Named(NamedTuple):
    """A definition or nested node found in the workspace."""

    name: str
    kind: str
    container: str
    location: Location


def document_symbols(snapshot: Snapshot, path: str) -> list[Symbol]:
    """The outline of a file, whatever state it is in."""
    source = snapshot.sources.get(path)
    if source is None:
        return []
    read = page(source.content)
    found = []
    for document in read.sketch.documents:
        kind = read.kind(document)
        known = snapshot.loaded.ontology.kinds.get(kind)
        if known is None or not document.parts:
            continue
        metadata = document.child("metadata")
        first = document.parts[0].start
        label = kind_title(snapshot.loaded.ontology, kind)
        found.append(
            Symbol(
                name=_label(read, metadata) or label,
                detail=label,
                kind=kind,
                span=read.span(first, document.parts[-1].end),
                selection=_selection(read, metadata, first),
                children=tuple(_nested(snapshot, read, document, kind)),
            )
        )
    return found


def _nested(snapshot: Snapshot, read: Page, document: Part, kind: str) -> list[Symbol]:
    """The nested nodes of a definition."""
    ontology = snapshot.loaded.ontology
    found = []
    for part in read.sketch.everything(document):
        if not part.dash or part.parent is None or part.parent.key is None:
            continue
        type_: ObjectType | None = meaning(ontology, kind, pointer(part.parent)).type
        if type_ is None or not type_.name or not part.parts:
            continue
        found.append(
            Symbol(
                name=_label(read, part) or kind_title(ontology, type_.name),
                detail=kind_title(ontology, type_.name),
                kind=type_.name,
                span=read.span(part.start, part.end),
                selection=_selection(read, part, part.start),
            )
        )
    return found


def _label(read: Page, part: Part | None) -> str:
    if part is None:
        return ""
    return read.sketch.value(part.child("title")) or read.sketch.value(part.child(NAME))


def _selection(read: Page, part: Part | None, otherwise: int) -> Span:
    name = part.child(NAME) if part is not None else None
    if name is None or name.value_start >= name.value_end:
        return read.span(otherwise, otherwise)
    return read.span(name.value_start, name.value_end)


def workspace_symbols(snapshot: Snapshot, query: str) -> list[Named]:
    """The first ``_MOST`` nodes that match a query, the best first."""
    ontology = snapshot.loaded.ontology
    return [
        Named(
            node.title,
            node.type.name,
            f"{kind_title(ontology, node.type.name)} {node.name}",
            definition_location(node),
        )
        for node in matching_nodes(snapshot.graph, ontology, query)[:_MOST]
    ]
