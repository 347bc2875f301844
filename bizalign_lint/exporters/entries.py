"""Records to be written for another tool, and the links between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from bizalign_lint.core.errors import MappingError
from bizalign_lint.core.types import Pointer
from bizalign_lint.graph.nodes import Node
from bizalign_lint.mapping.language import Element


def parent_of(node: Node) -> Node | None:
    """The parent of a definition, by the hierarchical relation of its kind; None if it has none."""
    for property_ in node.type.properties.values():
        relation = property_.relation
        if relation is not None and relation.hierarchy is not None:
            return next(iter(node.edges.get(property_.name, ())), None)
    return None


@dataclass(slots=True, eq=False)
class Entry:
    """A record to be written, for one definition."""

    node: Node
    element: Element
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The record's type in the format."""
        return self.element.type

    def put(self, way: Pointer, value: Any) -> None:
        """Set a field to a value.

        Raises MappingError where a field is to have both a value and fields of its own.
        """
        holder = self.fields
        for end, step in enumerate(way[:-1], 1):
            holder = holder.setdefault(str(step), {})
            if not isinstance(holder, dict):
                raise mixed(way[:end])
        if isinstance(holder.get(str(way[-1])), dict):
            raise mixed(way)
        holder[str(way[-1])] = value


def mixed(way: Pointer) -> MappingError:
    """What is wrong with a mapping that writes a value to a field that has fields of its own."""
    field_ = ".".join(map(str, way))
    return MappingError(
        f"the mapping writes a value to {field_}, which has fields of its own",
        hint=f"name one of them, as in {field_}.NAME",
    )


class Link(NamedTuple):
    """A link to be written between two records."""

    type: str
    source: Entry
    target: Entry


class Names(Protocol):
    """Chooses the names of records in a format, and writes references to them."""

    def name(self, entry: Entry) -> tuple[str, str]:
        """The namespace and name of a record in the format."""

    def refer(self, target: Entry, type_: str, seen_from: Entry, /) -> str | None:
        """The reference to a record in a field for records of ``type_``; None if it has none."""


class Backwards(NamedTuple):
    """Definitions as records and links of a format, by a mapping applied in reverse."""

    records: list[Entry]
    """In the order of the definitions."""
    links: list[Link]
    names: Names
    left_out: Counter[str]
    """What could not be written, by description: definitions by kind, values by property."""
