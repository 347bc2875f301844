"""The owner of a node: the one it names, else the owner of its holder or parent."""

from __future__ import annotations

from functools import cache

from bizalign_lint.core.report import Owner
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.schema.ontology import ObjectType


class OwnerFinder:
    """Finds the owners of nodes; caches results, so that long chains are walked only once."""

    def __init__(self) -> None:
        self._known: dict[Node, Node | None] = {}

    def __call__(self, node: Node) -> Node | None:
        """The owner of a node; None if nobody is responsible."""
        visited: dict[Node, None] = {}
        current: Node | None = node
        found: Node | None = None
        while current is not None and current not in visited:
            if current in self._known:
                found = self._known[current]
                break
            visited[current] = None
            owner_property, parent_property = _owner_and_parent_properties(current.type)
            if owner_property is not None and (named := current.edges.get(owner_property)):
                found = named[0]
                break
            above = current.edges.get(parent_property) if parent_property is not None else None
            current = current.holder if current.holder is not None else above[0] if above else None
        self._known.update(dict.fromkeys(visited, found))
        return found


def owner_of(node: Node) -> Node | None:
    """The owner of one node; None if nobody is responsible."""
    return OwnerFinder()(node)


def owner_by_reference(graph: Graph, finder: OwnerFinder, reference: str) -> Owner | None:
    """The owner of the node with a reference; None if there is no such node or no owner."""
    node = graph.by_reference(reference)
    found = finder(node) if node is not None else None
    return None if found is None else _owner(found)


def owners(graph: Graph) -> tuple[Owner, ...]:
    """The owners of all nodes, sorted by their references."""
    nodes = (node for nodes in graph.kinds.values() for node in nodes)
    finder = OwnerFinder()
    found = {owner for node in nodes if (owner := finder(node)) is not None}
    return tuple(sorted(map(_owner, found)))


def _owner(node: Node) -> Owner:
    return Owner(node.reference, node.name, node.title)


@cache
def _owner_and_parent_properties(type_: ObjectType) -> tuple[str | None, str | None]:
    """The property of a type that names the owner, and the one that leads to the parent."""
    properties = type_.properties.values()
    owner_property = (
        p.name for p in properties if p.section == "metadata" and p.relation is not None
    )
    parent_property = (
        p.name for p in properties if p.relation and p.relation.hierarchy is not None
    )
    return next(owner_property, None), next(parent_property, None)
