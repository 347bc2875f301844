"""Code lenses above each definition: the numbers of its referrers, its cost, missing facts."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core.types import Location, Place, Span
from bizalign_lint.findings.suppressions import has_comments
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import page
from bizalign_lint.ide.figures import figures, money
from bizalign_lint.ide.mentions import mentions_of
from bizalign_lint.ide.nodes import entity_of, nested_in
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.unjudged import count_rules
from bizalign_lint.parsing.positions import locate

_MOST = 5
"""The maximum number of figures shown for one definition."""


class Lens(NamedTuple):
    """A short text above a definition; a count leads to the references that it counts."""

    span: Span
    text: str
    reference: str
    """The node that it is about."""
    inverse: str
    """The inverse name of the relation that is counted; empty if there is nothing to show."""


def lenses(snapshot: Snapshot, path: str) -> list[Lens]:
    """The figures of each definition in a file, and of each nested node in it."""
    source = snapshot.sources.get(path)
    if source is None:
        return []
    read = page(source.content)
    found: list[Lens] = []
    for document in snapshot.documents.get(path, ()):
        if not has_comments(document):
            continue  # not a YAML file, so it has no outline
        node = entity_of(snapshot, document)
        if node is None or document.index >= len(read.sketch.documents):
            continue
        part = read.sketch.documents[document.index]
        if not part.parts:
            continue
        first = part.parts[0]
        found += _of(snapshot, node, read.span(first.start, first.key_end))
        for nested in nested_in(snapshot, node):
            at = _reached(part, nested)
            if at is not None:
                found += _of(snapshot, nested, read.span(at.start, at.start + 1))
    return found


def _of(snapshot: Snapshot, node: Node, span: Span) -> list[Lens]:
    counted = figures(snapshot.loaded.ontology, node)[:_MOST]
    found = [Lens(span, f.text, node.reference, f.inverse) for f in counted]
    sums = money(node)
    if sums:
        found.append(Lens(span, f"cost {sums}", node.reference, ""))
    waiting = count_rules(snapshot, node)
    if waiting:
        rules = "1 rule waits" if waiting == 1 else f"{waiting} rules wait"
        found.append(Lens(span, f"{rules} for facts", node.reference, ""))
    return found


def _reached(part: Part, node: Node) -> Part | None:
    found: Part | None = part
    for step in node.pointer:
        if found is None:
            return None
        if isinstance(step, str):
            found = found.child(step)
        else:
            elements = [inner for inner in found.parts if inner.dash]
            found = elements[step] if step < len(elements) else None
    return found


def counted(snapshot: Snapshot, lens: Lens) -> list[Location]:
    """The references that a lens counts."""
    node = snapshot.graph.by_reference(lens.reference)
    if node is None:
        return []
    places: list[Place] = [
        mention.place
        for mention in mentions_of(snapshot, node)
        if mention.relation.inverse == lens.inverse
    ]
    return sorted(Location(p.document.source.path, locate(p)) for p in places)
