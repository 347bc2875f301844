"""Links a graph with that of an earlier revision: nodes with their former selves, and removed
ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Place
from bizalign_lint.graph.nodes import Graph, Node, qualified
from bizalign_lint.graph.references import lookup
from bizalign_lint.schema.ontology import Ontology, property_at

PREVIOUS = "previous"
"""The step from a node to the same node at the earlier revision."""
HISTORY = "history"
"""The step from a node to itself in all versions of its file up to the earlier revision."""
NAMED_BY = "namedBy"
"""The step from a removed node to the definitions that still refer to it."""

STEPS_BY_TRANSITION = {
    "": frozenset[str](),
    "changed": frozenset({PREVIOUS, HISTORY}),
    "removed": frozenset({NAMED_BY}),
}
"""The steps between revisions that a rule may use, by its transition."""

Older = Callable[[Iterable[str]], Mapping[str, Sequence[Graph]]]
"""Paths of files → the graphs of each one's versions up to the earlier revision, newest first."""


def edge_key(step: str) -> str:
    """The key of a step in ``Node.edges``, which cannot clash with a property."""
    return f"@{step}"


def link_earlier(graph: Graph, old: Graph, flaws: Iterable[Flaw], ontology: Ontology) -> None:
    """Link each node with itself at an earlier revision, and record the removed nodes.

    A node is the same if it has the same name. A new and a removed node of a kind are the same if
    they have the same title and no others have it. ``flaws`` are those of the newer graph.
    """
    for nested in (False, True):
        for kind, nodes in graph.kinds.items():
            own = [node for node in nodes if (node.holder is not None) is nested]
            gone = {
                name: node
                for name, node in old.names[kind].items()
                if (node.holder is not None) is nested
            }
            new = [node for node in own if not _pair(node, gone)]
            titles = _by_title(gone.values())
            for title, (node, *others) in _by_title(new).items():
                if not others and len(titles.get(title, ())) == 1:
                    _pair_with(node, gone, titles[title][0])
            if gone:
                graph.removed[kind] = [
                    *graph.removed.get(kind, ()),
                    *(n for n in gone.values() if graph.trust.why_name(n.name) is None),
                ]
    _link_referrers(graph, old, flaws, ontology)


def has_changed(node: Node) -> bool:
    """Whether a node's definition is new or has changed."""
    while node.holder is not None:
        node = node.holder
    (before,) = node.edges.get(edge_key(PREVIOUS), (None,))
    return before is None or before.values != node.values


def renamed(graph: Graph) -> dict[str, str]:
    """The references of renamed nodes → their former references."""
    return {
        node.reference: before.reference
        for nodes in graph.kinds.values()
        for node in nodes
        for before in node.edges.get(edge_key(PREVIOUS), ())
        if before.reference != node.reference
    }


def link_history(nodes: Iterable[Node], older: Older) -> None:
    """Link changed nodes with themselves in all earlier versions of their files."""
    changed: list[tuple[Node, Node, str]] = []
    for node in nodes:
        (before,) = node.edges.get(edge_key(PREVIOUS), (None,))
        if before is not None and before.document and before.values != node.values:
            changed.append((node, before, before.document.source.path))
    versions_of = older(dict.fromkeys(path for _, _, path in changed)) if changed else {}
    for node, before, path in changed:
        versions = [
            graph.find(before.type.name, before.namespace, before.name)
            for graph in versions_of[path]
        ]
        node.add_edges(edge_key(HISTORY), [version for version in versions if version is not None])


def _pair(node: Node, gone: dict[str, Node]) -> bool:
    """Pair a node with the removed one of the same name, by its holder's former name if nested."""
    name = node.name
    if node.holder is not None:
        (holder,) = node.holder.entity.edges.get(edge_key(PREVIOUS), (None,))
        if holder is not None:
            name = f"{holder.name}#{node.name.partition('#')[2]}"
    before = gone.get(qualified(node.namespace, name))
    if before is not None:
        _pair_with(node, gone, before)
    return before is not None


def _pair_with(node: Node, gone: dict[str, Node], before: Node) -> None:
    del gone[qualified(before.namespace, before.name)]
    node.add_edges(edge_key(PREVIOUS), [before])


def _by_title(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in nodes:
        title = node.values.get("title")
        if isinstance(title, str):
            found.setdefault(title, []).append(node)
    return found


def _link_referrers(graph: Graph, old: Graph, flaws: Iterable[Flaw], ontology: Ontology) -> None:
    """Link removed nodes with the definitions that still refer to them."""
    gone = {node for nodes in graph.removed.values() for node in nodes}
    definitions = {
        (id(node.document.source), node.document.index): node
        for nodes in graph.kinds.values()
        for node in nodes
        if node.document is not None and node.holder is None
    }
    referrers: dict[Node, list[Node]] = {node: [] for node in gone}
    for flaw in flaws:
        if flaw.condition != conditions.DANGLING or not isinstance(flaw.place, Place):
            continue
        document = flaw.place.document
        definition = definitions.get((id(document.source), document.index))
        if definition is None:
            continue
        property_ = property_at(ontology, definition.type.name, flaw.place.pointer)
        if property_ is None or property_.relation is None:
            continue
        node = lookup(flaw.subject, property_.relation, definition.namespace, old, ontology)
        if node in gone and (node, definition) not in graph.named_at:
            referrers[node].append(definition)
            graph.named_at[node, definition] = flaw.place
    for node, referrers_ in referrers.items():
        node.add_edges(edge_key(NAMED_BY), referrers_)
