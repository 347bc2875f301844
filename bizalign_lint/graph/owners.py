"""Who is responsible for what: whom a definition names, else who is responsible for what holds
it."""

from __future__ import annotations

from functools import cache

from bizalign_lint.core.report import Owner
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.schema.ontology import ObjectType


class Answering:
    """Who is responsible for a node: whom it names, else who is responsible for its holder or
    parent. What is found on the way up is remembered: long chains are walked once."""

    def __init__(self) -> None:
        self._known: dict[Node, Node | None] = {}

    def __call__(self, node: Node) -> Node | None:
        """Who it is, None if nobody is."""
        way: dict[Node, None] = {}
        at: Node | None = node
        found: Node | None = None
        while at is not None and at not in way:
            if at in self._known:
                found = self._known[at]
                break
            way[at] = None
            naming, up = _responsible(at.type)
            if naming is not None and (named := at.edges.get(naming)):
                found = named[0]
                break
            above = at.edges.get(up) if up is not None else None
            at = at.holder if at.holder is not None else above[0] if above else None
        self._known.update(dict.fromkeys(way, found))
        return found


def answering(node: Node) -> Node | None:
    """Who is responsible for one node."""
    return Answering()(node)


def answering_for(graph: Graph, of: Answering, reference: str) -> Owner | None:
    """Whoever is responsible for a node, by its reference; None if nobody is."""
    node = graph.by_reference(reference)
    found = of(node) if node is not None else None
    return None if found is None else _owner(found)


def owners(graph: Graph) -> tuple[Owner, ...]:
    """All who are responsible for anything, by their references."""
    nodes = (node for nodes in graph.kinds.values() for node in nodes)
    of = Answering()
    found = {owner for node in nodes if (owner := of(node)) is not None}
    return tuple(sorted(map(_owner, found)))


def _owner(node: Node) -> Owner:
    return Owner(node.reference, node.name, node.title)


@cache
def _responsible(type_: ObjectType) -> tuple[str | None, str | None]:
    """The property by which a definition names who is responsible for it, and the one that leads
    up."""
    properties = type_.properties.values()
    naming = (p.name for p in properties if p.section == "metadata" and p.relation is not None)
    up = (p.name for p in properties if p.relation and p.relation.hierarchy is not None)
    return next(naming, None), next(up, None)
