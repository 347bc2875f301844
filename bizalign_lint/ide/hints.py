"""Inlay hints: facts that a definition does not contain and a reader would have to look up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.core.types import Document, Span
from bizalign_lint.findings.suppressions import has_comments
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Page, page
from bizalign_lint.ide.figures import derived
from bizalign_lint.ide.mentions import mentions, resolve
from bizalign_lint.ide.nodes import entity_of
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.words import described_as
from bizalign_lint.parsing.positions import locate
from bizalign_lint.rules.compiled.values import is_number
from bizalign_lint.schema.ontology import Property

_WHOLE = 100


class Hint(NamedTuple):
    """A short text to show at a place in a file."""

    line: int
    column: int
    text: str
    about: str = ""
    """A tooltip in Markdown."""


def hints(snapshot: Snapshot, path: str, lines: Span) -> list[Hint]:
    """The hints on some lines of a file: titles after names, phases after dates, sums of shares."""
    source = snapshot.sources.get(path)
    if source is None:
        return []
    read = page(source.content)
    found: list[Hint] = []
    for document in snapshot.documents.get(path, ()):
        if not has_comments(document) or document.index >= len(read.sketch.documents):
            continue
        part = read.sketch.documents[document.index]
        if not part.parts or not _overlaps(read, part, lines):
            continue
        found += _titles(snapshot, document)
        node = entity_of(snapshot, document)
        if node is not None:
            found += _phase(snapshot, read, part, node)
            found += _sums(read, part, node)
    return sorted(hint for hint in found if lines.line <= hint.line <= lines.end_line)


def _overlaps(read: Page, part: Part, lines: Span) -> bool:
    span = read.span(part.parts[0].start, part.end)
    return span.line <= lines.end_line and lines.line <= span.end_line


def _titles(snapshot: Snapshot, document: Document) -> Iterator[Hint]:
    for mention in mentions([document], snapshot.loaded.ontology):
        node = resolve(snapshot, mention)
        if node is not None and node.title.lower() != node.name.replace("-", " ").lower():
            span = locate(mention.place)
            yield Hint(span.end_line, span.end_column, node.title, described_as(node))


def _phase(snapshot: Snapshot, read: Page, document: Part, node: Node) -> Iterator[Hint]:
    """The phase at the as-of date, after the key of the object with the dates."""
    for property_, value in derived(snapshot, node):
        derivation = property_.derivation
        if derivation is None or not derivation.traits.phase or not derivation.paths:
            continue
        holder = node.type.properties.get(derivation.paths[0][0])
        part = _part(document, holder)
        if part is not None:
            at = read.span(part.key_end + 1, part.key_end + 1)
            yield Hint(at.line, at.column, f"{value} on {snapshot.settings.as_of}")


def _sums(read: Page, document: Part, node: Node) -> Iterator[Hint]:
    """The sum of shares, after the key of the list that they are in."""
    for property_ in node.type.properties.values():
        part = _part(document, property_)
        rows = node.values.get(property_.name)
        if part is None or property_.object is None or not isinstance(rows, list):
            continue
        for share in property_.object.properties.values():
            values = [row.get(share.name) if isinstance(row, dict) else None for row in rows]
            if share.schema.get("maximum") == _WHOLE and all(map(is_number, values)) and values:
                at = read.span(part.key_end + 1, part.key_end + 1)
                yield Hint(at.line, at.column, f"{sum(values):g} %")  # type: ignore[arg-type]


def _part(document: Part, property_: Property | None) -> Part | None:
    """The part of a property of the definition."""
    section = document.child(property_.section or "") if property_ is not None else None
    return section.child(property_.name) if section is not None and property_ is not None else None
