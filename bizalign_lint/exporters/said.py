"""The values of definitions one by one, and their form in the fields of other tools."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.core.types import Pointer
from bizalign_lint.exporters.entries import Entry
from bizalign_lint.graph.nodes import Node
from bizalign_lint.mapping.language import Setting, Value
from bizalign_lint.schema.ontology import ObjectType, Property


def leaves(value: Any, settings: Mapping[Pointer, Setting]) -> Iterator[tuple[Pointer, Any]]:
    """The values of a definition with their pointers.

    An object is taken apart, unless ``settings`` has its pointer and so writes it as a whole.
    """
    for section in ("metadata", "spec"):
        held = value.get(section)
        if isinstance(held, dict):
            yield from _below((section,), held, settings)


def _below(
    way: Pointer, held: Mapping[str, Any], settings: Mapping[Pointer, Setting]
) -> Iterator[tuple[Pointer, Any]]:
    for key, value in held.items():
        pointer = (*way, key)
        if isinstance(value, dict) and pointer not in settings:
            yield from _below(pointer, value, settings)
        elif value is not None:
            yield pointer, value


def targets(node: Node, pointer: Pointer) -> Sequence[Node]:
    """The targets of the references at a pointer into a definition."""
    for step in pointer[1:-1]:
        property_ = node.type.properties[str(step)]
        children = node.child(property_) if property_.object is not None else []
        if len(children) != 1:
            return ()
        node = children[0]
    return node.edges.get(str(pointer[-1]), ())


def property_at(node: Node, pointer: Pointer) -> Property | None:
    """The property at a pointer into a definition; None if there is none."""
    type_: ObjectType | None = node.type
    found: Property | None = None
    for step in pointer[1:]:
        found = type_.properties.get(str(step)) if type_ is not None else None
        type_ = found.object if found is not None else None
    return found


def as_said(item: Any, way: Value) -> Any:
    """A value in the form of a field; None if the field cannot hold it."""
    if way.theirs is not None:
        return way.theirs.get(item) if isinstance(item, (str, int, float)) else None
    if isinstance(item, (dict, list)) or item == "":
        return None
    if way.split and isinstance(item, str) and (way.split in item or item != item.strip()):
        return None
    return item


def put(entry: Entry, setting: Setting, way: Value, items: list[Any]) -> None:
    """Put values into a field: as a list, joined or alone, as the mapping reads the field."""
    is_list = any(
        field == way.field and isinstance(one, list) for field, one in entry.element.write
    )
    if setting.property.many or is_list:
        entry.put(way.field, way.split.join(map(text, items)) if way.split else items)
    else:
        entry.put(way.field, items[0])


def text(value: Any) -> str:
    """A value as text: a string as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value)
