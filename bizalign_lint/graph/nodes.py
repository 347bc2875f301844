"""The model as a graph: nodes, and the edges between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bizalign_lint.core.types import Document, Flaw, Place, Pointer
from bizalign_lint.graph.trust import Trust
from bizalign_lint.schema.ontology import ObjectType, Property

DEFAULT_NAMESPACE = "default"

NOTHING: Sequence[Any] = ()
NO_EDGES: Mapping[str, list[Node]] = {}


class Node:
    """A definition, a nested node, an object without a name, or the workspace itself.

    ``values`` are a definition's ``metadata`` and ``spec`` merged, or another node's own object.
    ``edges`` maps a property to nodes: the targets of its references, or the objects it contains.
    ``into`` maps the inverse name of a relation to the nodes that refer to this one.
    """

    __slots__ = (
        "derived",
        "distrusted",
        "document",
        "edges",
        "holder",
        "into",
        "name",
        "namespace",
        "pointer",
        "type",
        "values",
    )

    def __init__(
        self,
        type_: ObjectType,
        values: dict[str, Any],
        document: Document | None,
        pointer: Pointer,
        holder: Node | None,
        name: str,
        namespace: str,
    ) -> None:
        self.type = type_
        self.values = values
        self.document = document
        self.pointer = pointer
        self.holder = holder
        self.name = name
        self.namespace = namespace
        self.edges: Mapping[str, list[Node]] = NO_EDGES
        self.into: Mapping[str, list[Node]] = NO_EDGES
        self.derived: dict[int, tuple[object, Any]] | None = None
        """Cache of derived properties; written by ``derive``."""
        self.distrusted: dict[str, Flaw] | None = None
        """Set only by ``Trust``; use ``trusts`` and ``why`` to read it."""

    def __repr__(self) -> str:
        return f"<{self.reference or self.pointer}>"

    @property
    def reference(self) -> str:
        """``Kind:namespace/name``; empty for an object without a name."""
        return f"{self.type.name}:{self.namespace}/{self.name}" if self.type.name else ""

    @property
    def entity(self) -> Node:
        """The nearest node with a name: itself or one of its holders."""
        node = self
        while not node.type.name and node.holder is not None:
            node = node.holder
        return node

    @property
    def title(self) -> str:
        """The display name: the title, else the name, without that of the holder."""
        title = self.values.get("title")
        return title if isinstance(title, str) else self.name.partition("#")[2] or self.name

    def child(self, property_: Property) -> list[Node]:
        """The objects in a property, as nodes; created on first use."""
        found = self.edges.get(property_.name)
        if found is not None:
            return found
        value = self.values.get(property_.name)
        if value is None:
            return []
        children = make_children(self, property_, value)
        self.add_edges(property_.name, children)
        return children

    def add_edges(self, name: str, nodes: list[Node]) -> None:
        """Set the nodes that a property leads to."""
        if self.edges is NO_EDGES:
            self.edges = {}
        self.edges[name] = nodes  # type: ignore[index]  # NO_EDGES alone is never written to

    def add_into(self, inverse: str, node: Node) -> None:
        """Add a node that refers to this one, under the inverse name."""
        if self.into is NO_EDGES:
            self.into = {}
        self.into.setdefault(inverse, []).append(node)  # type: ignore[attr-defined]

    def pointer_to(self, property_: Property, within: Pointer | None = None) -> Pointer:
        """The pointer to a property of this node, or of an object in it, in its document.

        ``within`` is the pointer to that object.
        """
        if within is not None:
            return (*within, property_.name)
        name = property_.entries_of or property_.name
        return (*self.pointer, name) if property_.section is None else (property_.section, name)

    def place(self) -> Place:
        """The place at which to report the node: its name, or the key of an object without one.

        The workspace has none and must not be asked for it.
        """
        assert self.document is not None
        if self.holder is None:
            return Place(self.document, ("metadata", "name"))
        if self.type.name:
            return Place(self.document, (*self.pointer, "name"))
        return Place(self.document, self.pointer, key=True)


def make_children(holder: Node, property_: Property, value: Any) -> list[Node]:
    """Nodes for the object, or list of objects, that is the value of a property."""
    type_ = property_.object
    assert type_ is not None
    pointer = holder.pointer_to(property_)
    items = enumerate(value) if isinstance(value, list) else [(None, value)]
    return [
        Node(
            type_,
            {**type_.preset, **item} if type_.preset else item,
            holder.document,
            pointer if position is None else (*pointer, position),
            holder,
            name=f"{holder.name}#{item.get('name')}" if type_.name else "",
            namespace=holder.namespace,
        )
        for position, item in items
        if isinstance(item, dict)
    ]


@dataclass(slots=True)
class Graph:
    """All nodes with a name, and the workspace node that leads to them by kind."""

    workspace: Node
    kinds: dict[str, list[Node]]
    """Kind, nested kinds included → its nodes, in the order of the files."""
    names: dict[str, dict[str, Node]]
    """Kind → name (``namespace/name`` outside the default one) → node."""
    trust: Trust[Node] = field(default_factory=Trust)
    """What rules must not rely on, and why."""
    removed: dict[str, list[Node]] = field(default_factory=dict)
    """Kind → the nodes that are gone since the earlier revision, if compared with one."""
    named_at: dict[tuple[Node, Node], Place] = field(default_factory=dict)
    """Removed node and a definition that still refers to it → the place of the reference."""
    aliases: dict[str, Node] = field(default_factory=dict)
    """Name of a record in another tool → its node."""

    def by_reference(self, reference: str) -> Node | None:
        """The node with a reference; None if there is none."""
        kind, _, rest = reference.partition(":")
        namespace, _, name = rest.partition("/")
        return self.find(kind, namespace, name)

    def title_of(self, reference: str) -> str | None:
        """The title of the node with a reference; None if there is none."""
        node = self.by_reference(reference)
        return node.title if node is not None else None

    def find(self, kind: str, namespace: str, name: str) -> Node | None:
        """The node with a name; None if there is none."""
        return self.names.get(kind, {}).get(qualified(namespace, name))


def qualified(namespace: str, name: str) -> str:
    """A name in the form of ``Graph.names``."""
    return name if namespace == DEFAULT_NAMESPACE else f"{namespace}/{name}"


def aliases(node: Node) -> tuple[str, ...]:
    """The other names of a definition, in the tool that it was read from."""
    if node.holder is not None or node.document is None or node.document.origin is None:
        return ()
    return node.document.origin.aliases
