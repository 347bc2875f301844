"""Completion of references that a property allows, by name and by title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bizalign_lint.core.words import match_rank
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Node
from bizalign_lint.graph.references import lookup
from bizalign_lint.ide.cursor import Cursor
from bizalign_lint.ide.items import Item, ItemType, Offer
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.words import described_as
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Property, Relation, kind_title

_MOST = 100
"""The maximum number of items; to find others, the user types more of the name."""


def references(
    snapshot: Snapshot,
    path: str,
    at: Cursor,
    property_: Property,
    lead: str,
    others: Sequence[str],
) -> Offer:
    """The nodes that a property may refer to and does not refer to yet."""
    relation = property_.relation
    assert relation is not None
    graph, ontology = snapshot.graph, snapshot.loaded.ontology
    taken = {lookup(text, relation, at.namespace, graph, ontology) for text in others}
    typed = at.typed.lower()
    word = typed.rpartition(":")[2]
    named = ":" in typed and typed.rpartition(":")[0] in ontology.spelling
    space, slash, rest = word.rpartition("/")
    ranks: list[list[tuple[str, Node]]] = [[], [], [], []]
    for node in _candidates(snapshot, at, relation, typed):
        if slash and node.namespace == space:
            rank = match_rank(rest, node.name)
        else:
            rank = match_rank(word, node.name, node.title.lower())
        if rank is not None and node not in taken:
            ranks[rank].append((node.name, node))
    folder = path.rpartition("/")[0]
    found = [
        node for same in ranks for _, node in sorted(same, key=_by_distance(at.namespace, folder))
    ]
    prefix = typed[: -len(word)] if named and word else typed if named else ""
    items = []
    for node in found[:_MOST]:
        text = written(node, relation, at.namespace)
        items.append(
            Item(
                label=text,
                sort=ItemType.REFERENCE,
                text=lead + _quoted(at, text),
                detail=node.title
                if node.title != node.name
                else kind_title(ontology, node.type.name),
                about=described_as(node),
                # With the kind as typed, as an editor drops items that do not begin with it.
                search=f"{prefix}{node.name} {text} {node.title}"
                if prefix
                else f"{text} {node.title}",
            )
        )
    return Offer(at.span, tuple(items), complete=len(found) <= _MOST)


def _by_distance(namespace: str, folder: str) -> Callable[[tuple[str, Node]], tuple[bool, bool]]:
    """A sort key: nodes of the same namespace first, then those in the same folder."""

    def distance(named: tuple[str, Node]) -> tuple[bool, bool]:
        node = named[1]
        home = node.document.source.path.rpartition("/")[0] if node.document is not None else ""
        return node.namespace != namespace, home != folder

    return distance


def _candidates(snapshot: Snapshot, at: Cursor, relation: Relation, typed: str) -> Iterable[Node]:
    """The nodes of the allowed kinds, without the definition itself."""
    graph = snapshot.graph
    named = snapshot.loaded.ontology.spelling.get(typed.rpartition(":")[0])
    metadata = at.document.child("metadata")
    name = at.page.sketch.value(metadata.child("name") if metadata is not None else None)
    itself = graph.find(at.kind, at.namespace, name)
    for kind in relation.to:
        if named is None or kind == named:
            yield from (node for node in graph.kinds.get(kind, ()) if node is not itself)


def written(node: Node, relation: Relation, namespace: str) -> str:
    """The shortest reference to a node from a namespace."""
    kind = f"{node.type.name}:" if node.type.name != relation.default else ""
    far = node.namespace not in (namespace, DEFAULT_NAMESPACE)
    return f"{kind}{f'{node.namespace}/' if far else ''}{node.name}"


def _quoted(at: Cursor, text: str) -> str:
    """The text in the quotes that the user has typed, or in those that it needs."""
    begun = at.page.sketch.text[at.start : at.start + 1]
    return f"{begun}{text}{begun}" if begun in ("'", '"') and at.end > at.start else plain(text)
