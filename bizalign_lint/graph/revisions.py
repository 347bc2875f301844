"""A graph and that of an earlier revision: what became of each node, and what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Place
from bizalign_lint.graph.nodes import Graph, Node, qualified
from bizalign_lint.graph.references import lookup
from bizalign_lint.schema.ontology import Ontology, property_at

PREVIOUS = "previous"
"""The step from a node to itself at the earlier revision."""
HISTORY = "history"
"""The step from a node to itself in the versions of its file up to the earlier revision."""
NAMED_BY = "namedBy"
"""The step from a node that is gone to the definitions that still name it."""

BACK = {
    "": frozenset[str](),
    "changed": frozenset({PREVIOUS, HISTORY}),
    "removed": frozenset({NAMED_BY}),
}
"""The steps between revisions that a rule may take, by the transition that it is about."""

Older = Callable[[Iterable[str]], Mapping[str, Sequence[Graph]]]
"""From the paths of files to what each held up to the earlier revision, the newest first."""


def edge(step: str) -> str:
    """What a step is called among the edges of a node, where no property can be in its way."""
    return f"@{step}"


def link_earlier(graph: Graph, old: Graph, flaws: Iterable[Flaw], ontology: Ontology) -> None:
    """Let each node lead to itself at an earlier revision, and remember those that are gone.

    A node is the same when it has the same name, or, when its name is new and the old one gone,
    the same title and no other of its kind has. ``flaws`` are those of the newer graph.
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
    _still_named(graph, old, flaws, ontology)


def has_changed(node: Node) -> bool:
    """Whether a node, or the definition that it is in, is new or not what it was."""
    while node.holder is not None:
        node = node.holder
    (before,) = node.edges.get(edge(PREVIOUS), (None,))
    return before is None or before.values != node.values


def renamed(graph: Graph) -> dict[str, str]:
    """From the reference of each node that has another name now to the reference it had."""
    return {
        node.reference: before.reference
        for nodes in graph.kinds.values()
        for node in nodes
        for before in node.edges.get(edge(PREVIOUS), ())
        if before.reference != node.reference
    }


def link_history(nodes: Iterable[Node], older: Older) -> None:
    """Let nodes that are not what they were lead to all that they have been."""
    changed: list[tuple[Node, Node, str]] = []
    for node in nodes:
        (before,) = node.edges.get(edge(PREVIOUS), (None,))
        if before is not None and before.document and before.values != node.values:
            changed.append((node, before, before.document.source.path))
    held = older(dict.fromkeys(path for _, _, path in changed)) if changed else {}
    for node, before, path in changed:
        versions = [
            graph.find(before.type.name, before.namespace, before.name) for graph in held[path]
        ]
        node.add_edges(edge(HISTORY), [version for version in versions if version is not None])


def _pair(node: Node, gone: dict[str, Node]) -> bool:
    """Lead a node to the one of its name, or of the name that its holder had."""
    name = node.name
    if node.holder is not None:
        (holder,) = node.holder.entity.edges.get(edge(PREVIOUS), (None,))
        if holder is not None:
            name = f"{holder.name}#{node.name.partition('#')[2]}"
    before = gone.get(qualified(node.namespace, name))
    if before is not None:
        _pair_with(node, gone, before)
    return before is not None


def _pair_with(node: Node, gone: dict[str, Node], before: Node) -> None:
    del gone[qualified(before.namespace, before.name)]
    node.add_edges(edge(PREVIOUS), [before])


def _by_title(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in nodes:
        title = node.values.get("title")
        if isinstance(title, str):
            found.setdefault(title, []).append(node)
    return found


def _still_named(graph: Graph, old: Graph, flaws: Iterable[Flaw], ontology: Ontology) -> None:
    """Let nodes that are gone lead to the definitions with references to them."""
    gone = {node for nodes in graph.removed.values() for node in nodes}
    owners = {
        (id(node.document.source), node.document.index): node
        for nodes in graph.kinds.values()
        for node in nodes
        if node.document is not None and node.holder is None
    }
    named: dict[Node, list[Node]] = {node: [] for node in gone}
    for flaw in flaws:
        if flaw.condition != conditions.DANGLING or not isinstance(flaw.place, Place):
            continue
        document = flaw.place.document
        owner = owners.get((id(document.source), document.index))
        if owner is None:
            continue
        property_ = property_at(ontology, owner.type.name, flaw.place.pointer)
        if property_ is None or property_.relation is None:
            continue
        node = lookup(flaw.subject, property_.relation, owner.namespace, old, ontology)
        if node in gone and (node, owner) not in graph.named_at:
            named[node].append(owner)
            graph.named_at[node, owner] = flaw.place
    for node, owners_ in named.items():
        node.add_edges(edge(NAMED_BY), owners_)
