"""Defining what a reference leads to and nobody has defined yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Document, Edit, Finding, Location, Source, Span
from bizalign_lint.core.words import sentence
from bizalign_lint.graph.references import Reference, kind_of, parse
from bizalign_lint.ide.create_nested import nested
from bizalign_lint.ide.creation import Creation
from bizalign_lint.ide.cursor import Position, page
from bizalign_lint.ide.nodes import CursorContext, cursor_context, document_at
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.trial import changed, subjects
from bizalign_lint.ide.words import noun
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Kind, Property, kind_title
from bizalign_lint.schema.skeleton import Shown, least, lines, usual

_MOST_KINDS = 5
"""So many kinds are offered for a reference that does not say which it means."""


def creations(snapshot: Snapshot, finding: Finding) -> Iterator[Creation]:
    """The definitions that would let a dangling reference lead somewhere."""
    rule = snapshot.loaded.rules.rules.get(finding.rule)
    if rule is None or rule.condition != conditions.DANGLING:
        return
    start = Position(finding.location.span.line, finding.location.span.column + 1)
    found = cursor_context(snapshot, finding.location.path, start)
    if found is None or found.meaning.property is None or found.node is not None:
        return
    relation = found.meaning.property.relation
    reference = parse(found.text)
    if relation is None:
        return
    if "#" in reference.name:
        yield from nested(snapshot, reference, relation, found.at.namespace)
        return
    named = kind_of(reference, relation, snapshot.loaded.ontology)
    for name in [named] if named is not None else relation.to[:_MOST_KINDS]:
        kind = snapshot.loaded.ontology.kinds.get(name)
        if kind is not None and name in relation.to:
            yield _best(snapshot, finding, kind, reference, found)


def _best(
    snapshot: Snapshot, finding: Finding, kind: Kind, reference: Reference, found: CursorContext
) -> Creation:
    """A definition that brings no finding of its own, if there is one: with all that is usual,
    with no more than has to be said, or with what it shares with the one that refers to it."""
    document = document_at(snapshot, finding.location.path, found.at.number)
    shared = _shared(kind, document) if document is not None else {}
    texts = [usual(kind, _Named(reference.name)), least(kind, _Named(reference.name))]
    texts.append(least(kind, _Named(reference.name)))
    texts[-1]["metadata"] = {**texts[-1]["metadata"], **shared}
    where = found.at.namespace, finding.location.path
    ways = [_creation(snapshot, kind, reference, *where, text) for text in texts]
    judge = snapshot.judge
    if judge is None:
        return ways[0]
    before = subjects(judge({}))
    brought = [
        (subjects(judge(changed(snapshot.sources, (way.edit,)))) - before).total() for way in ways
    ]
    return ways[brought.index(min(brought))]


def _shared(kind: Kind, document: Document) -> dict[str, str]:
    """Who is responsible for the definition that refers to it, and the like."""
    metadata = document.value.get("metadata")
    said = metadata if isinstance(metadata, dict) else {}
    return {
        property_.name: plain(said[property_.name])
        for property_ in kind.type.properties.values()
        if property_.section == "metadata"
        and property_.relation is not None
        and isinstance(said.get(property_.name), str)
    }


def _creation(
    snapshot: Snapshot,
    kind: Kind,
    reference: Reference,
    namespace: str,
    path: str,
    value: dict[str, Any],
) -> Creation:
    space = reference.namespace or namespace
    folder = _folder(snapshot, kind.name, space, path)
    target = f"{folder}/{reference.name}.yaml" if folder else f"{reference.name}.yaml"
    text = "\n".join(_lines(value, space)) + "\n"
    source = snapshot.sources.get(target)
    title = f"the {noun(kind_title(snapshot.loaded.ontology, kind.name))} {reference.name}"
    if source is None:
        return Creation(title, target, Edit(Location(target, Span(1, 1, 1, 1)), text), is_new=True)
    return Creation(title, target, _appended(source, text), is_new=False)


def _folder(snapshot: Snapshot, kind: str, namespace: str, path: str) -> str:
    """Where most of a kind live, best those of the namespace; beside the reference if none do."""
    nodes = [node for node in snapshot.graph.kinds.get(kind, ()) if node.document is not None]
    nodes = [node for node in nodes if node.namespace == namespace] or nodes
    folders = Counter(
        node.document.source.path.rpartition("/")[0] for node in nodes if node.document is not None
    )
    return folders.most_common(1)[0][0] if folders else path.rpartition("/")[0]


class _Named:
    """Fills in what is known of a definition, and leaves the rest empty."""

    def __init__(self, name: str) -> None:
        self._known = {"name": name, "title": sentence(name.replace("-", " "))}

    def value(self, property_: Property, _: Shown, /) -> str:
        return self._known.pop(property_.name, "")

    def entry(self) -> dict[str, Any]:
        return {}


def _lines(value: dict[str, Any], namespace: str) -> Iterator[str]:
    """A definition with its name; the rest is to be filled in."""
    for line in lines(value):
        yield line
        if line.startswith("  name: ") and namespace != "default":
            yield f"  namespace: {namespace}"


def _appended(source: Source, text: str) -> Edit:
    """A further definition at the end of a file."""
    read = page(source.content)
    end = read.span(len(read.sketch.text), len(read.sketch.text))
    lead = "" if not read.sketch.text or read.sketch.text.endswith(("\n", "\r")) else "\n"
    return Edit(Location(source.path, end), f"{lead}---\n{text}")
