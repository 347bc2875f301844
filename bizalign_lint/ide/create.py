"""Creating the definition that a dangling reference refers to."""

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
from bizalign_lint.schema.skeleton import Shown, lines, minimal, typical

_MOST_KINDS = 5
"""The maximum number of kinds offered for a reference that does not name its kind."""


def creations(snapshot: Snapshot, finding: Finding) -> Iterator[Creation]:
    """The definitions that would resolve a dangling reference, one per possible kind."""
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
    """The variant of a new definition that causes the fewest findings.

    The variants have all usual properties, only the required ones, or those and the shared
    metadata of the referring definition.
    """
    document = document_at(snapshot, finding.location.path, found.at.number)
    shared = _shared(kind, document) if document is not None else {}
    texts = [typical(kind, _Named(reference.name)), minimal(kind, _Named(reference.name))]
    texts.append(minimal(kind, _Named(reference.name)))
    texts[-1]["metadata"] = {**texts[-1]["metadata"], **shared}
    where = found.at.namespace, finding.location.path
    candidates = [_creation(snapshot, kind, reference, *where, text) for text in texts]
    judge = snapshot.judge
    if judge is None:
        return candidates[0]
    before = subjects(judge({}))
    added = [
        (subjects(judge(changed(snapshot.sources, (one.edit,)))) - before).total()
        for one in candidates
    ]
    return candidates[added.index(min(added))]


def _shared(kind: Kind, document: Document) -> dict[str, str]:
    """The references in the metadata of the referring definition, such as its owner."""
    metadata = document.value.get("metadata")
    values = metadata if isinstance(metadata, dict) else {}
    return {
        property_.name: plain(values[property_.name])
        for property_ in kind.type.properties.values()
        if property_.section == "metadata"
        and property_.relation is not None
        and isinstance(values.get(property_.name), str)
    }


def _creation(
    snapshot: Snapshot,
    kind: Kind,
    reference: Reference,
    namespace: str,
    path: str,
    value: dict[str, Any],
) -> Creation:
    target_namespace = reference.namespace or namespace
    folder = _folder(snapshot, kind.name, target_namespace, path)
    target = f"{folder}/{reference.name}.yaml" if folder else f"{reference.name}.yaml"
    text = "\n".join(_lines(value, target_namespace)) + "\n"
    source = snapshot.sources.get(target)
    title = f"the {noun(kind_title(snapshot.loaded.ontology, kind.name))} {reference.name}"
    if source is None:
        return Creation(title, target, Edit(Location(target, Span(1, 1, 1, 1)), text), is_new=True)
    return Creation(title, target, _appended(source, text), is_new=False)


def _folder(snapshot: Snapshot, kind: str, namespace: str, path: str) -> str:
    """The folder with most definitions of a kind, if possible of the same namespace.

    If there are none, the folder of the referring file.
    """
    nodes = [node for node in snapshot.graph.kinds.get(kind, ()) if node.document is not None]
    nodes = [node for node in nodes if node.namespace == namespace] or nodes
    folders = Counter(
        node.document.source.path.rpartition("/")[0] for node in nodes if node.document is not None
    )
    return folders.most_common(1)[0][0] if folders else path.rpartition("/")[0]


class _Named:
    """Fills in the name and title of a definition, and leaves the rest empty."""

    def __init__(self, name: str) -> None:
        self._known = {"name": name, "title": sentence(name.replace("-", " "))}

    def value(self, property_: Property, _: Shown, /) -> str:
        return self._known.pop(property_.name, "")

    def entry(self) -> dict[str, Any]:
        return {}


def _lines(value: dict[str, Any], namespace: str) -> Iterator[str]:
    """The lines of a definition, with its namespace."""
    for line in lines(value):
        yield line
        if line.startswith("  name: ") and namespace != "default":
            yield f"  namespace: {namespace}"


def _appended(source: Source, text: str) -> Edit:
    """The edit that appends a definition to a file."""
    read = page(source.content)
    end = read.span(len(read.sketch.text), len(read.sketch.text))
    lead = "" if not read.sketch.text or read.sketch.text.endswith(("\n", "\r")) else "\n"
    return Edit(Location(source.path, end), f"{lead}---\n{text}")
