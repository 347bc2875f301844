"""The owner of a node: the one that it names, or else that of its holder or parent."""

from __future__ import annotations

from functools import cache

from bizalign_lint.core.report import Owner
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.schema.ontology import ObjectType


class OwnerFinder:
    """Finds the owners of nodes; keeps the results, so that long chains are walked once."""

    def __init__(self) -> None:
        self._known: dict[Node, Node | None] = {}

    def __call__(self, node: Node) -> Node | None:
        """The owner of a node; None if nobody is responsible."""
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


def owner_of(node: Node) -> Node | None:
    """The owner of one node; None if nobody is responsible."""
    return OwnerFinder()(node)


def owner_by_reference(graph: Graph, of: OwnerFinder, reference: str) -> Owner | None:
    """The owner of the node with a reference; None if there is none, or nobody is responsible."""
    node = graph.by_reference(reference)
    found = of(node) if node is not None else None
    return None if found is None else _owner(found)


def owners(graph: Graph) -> tuple[Owner, ...]:
    """The owners of all nodes, sorted by their references."""
    nodes = (node for nodes in graph.kinds.values() for node in nodes)
    of = OwnerFinder()
    found = {owner for node in nodes if (owner := of(node)) is not None}
    return tuple(sorted(map(_owner, found)))


def _owner(node: Node) -> Owner:
    return Owner(node.reference, node.name, node.title)


@cache
def _responsible(type_: ObjectType) -> tuple[str | None, str | None]:
    """The property of a type that names the owner, and the one that leads to the parent."""
    properties = type_.properties.values()
    naming = (p.name for p in properties if p.section == "metadata" and p.relation is not None)
    up = (p.name for p in properties if p.relation and p.relation.hierarchy is not None)
    return next(naming, None), next(up, None)
