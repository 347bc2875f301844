"""Semantic tokens: kinds, names, references and values of enumerations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.core.types import Span
from bizalign_lint.graph.references import lookup
from bizalign_lint.ide.cursor import Page, meaning, page, pointer
from bizalign_lint.ide.nodes import NAME
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.schema.ontology import Ontology

KIND, ENTITY, REFERENCE, CHOICE = "class", "variable", "property", "enumMember"
TYPES = (KIND, ENTITY, REFERENCE, CHOICE)
"""The token types of the protocol that we use, in the order of the legend."""

DEFINITION = "definition"
MODIFIERS = (DEFINITION,)


class Token(NamedTuple):
    """A span on one line, with its token type."""

    span: Span
    type: str
    modifiers: tuple[str, ...] = ()


def tokens(snapshot: Snapshot, path: str) -> list[Token]:
    """The tokens of a file, in order."""
    source = snapshot.sources.get(path)
    if source is None:
        return []
    read = page(source.content)
    found = [token for d in read.sketch.documents for token in _of(snapshot, read, d)]
    return sorted(token for token in found if token.span.line == token.span.end_line)


def _of(snapshot: Snapshot, read: Page, document: Part) -> Iterator[Token]:
    ontology, text = snapshot.loaded.ontology, read.sketch
    kind_part = document.child("kind")
    kind = read.kind(document)
    if kind_part is None or kind not in ontology.kinds:
        return
    yield _token(read, kind_part, KIND)
    metadata = document.child("metadata")
    namespace = text.value(metadata.child("namespace") if metadata is not None else None)
    for part in text.everything(document):
        if part.value_start >= part.value_end or part.parts or part.flow or part.block:
            continue
        steps = pointer(part)
        if len(steps) < 2:
            continue
        if _names(ontology, kind, part, len(steps)):
            yield _token(read, part, ENTITY, DEFINITION)
            continue
        property_ = meaning(ontology, kind, steps).property
        if property_ is None:
            continue
        value = text.value(part)
        if property_.relation is not None:
            own_namespace = namespace or "default"
            if (
                lookup(value, property_.relation, own_namespace, snapshot.graph, ontology)
                is not None
            ):
                yield _token(read, part, REFERENCE)
        elif property_.enum is not None and value in map(str, property_.enum):
            yield _token(read, part, CHOICE)


def _names(ontology: Ontology, kind: str, part: Part, depth: int) -> bool:
    """Whether a value is the name of a definition or nested node."""
    holder = part.parent
    if part.key != NAME or holder is None:
        return False
    if holder.key == "metadata" and depth == 2:
        return True
    type_ = meaning(ontology, kind, pointer(holder)).type
    return type_ is not None and bool(type_.name)


def _token(read: Page, part: Part, type_: str, *modifiers: str) -> Token:
    return Token(read.span(part.value_start, part.value_end), type_, modifiers)
