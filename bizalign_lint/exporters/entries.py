"""Records that are to be written for another tool, and links between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from bizalign_lint.core.types import Pointer
from bizalign_lint.graph.nodes import Node
from bizalign_lint.mapping.language import Element


def parent_of(node: Node) -> Node | None:
    """What a definition is a part of, by the relation that its kind has for that."""
    for property_ in node.type.properties.values():
        relation = property_.relation
        if relation is not None and relation.hierarchy is not None:
            return next(iter(node.edges.get(property_.name, ())), None)
    return None


@dataclass(slots=True, eq=False)
class Entry:
    """A record that is to be written."""

    node: Node
    element: Element
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """What the format calls it."""
        return self.element.type

    def put(self, way: Pointer, value: Any) -> None:
        """Let a field hold a value."""
        holder = self.fields
        for step in way[:-1]:
            holder = holder.setdefault(str(step), {})
        holder[str(way[-1])] = value


class Link(NamedTuple):
    """A link that is to be written."""

    type: str
    source: Entry
    target: Entry


class Names(Protocol):
    """What a format calls the records that it is made of."""

    def name(self, entry: Entry) -> tuple[str, str]:
        """The namespace and name that a record has there."""

    def refer(self, target: Entry, type_: str, seen_from: Entry, /) -> str | None:
        """How a record is referred to where ``type_`` is expected; None where it cannot be."""


class Backwards(NamedTuple):
    """What a mapping makes of definitions."""

    records: list[Entry]
    """In the order of the definitions."""
    links: list[Link]
    names: Names
    left_out: Counter[str]
    """Definitions by kind, values by kind and property."""
