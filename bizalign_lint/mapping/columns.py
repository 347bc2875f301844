"""Definitions as rows of a table: a column for each property, named by its path.

``cell`` and ``value`` are inverses of each other, except for spaces around text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bizalign_lint.core.types import Pointer
from bizalign_lint.mapping.values import cast
from bizalign_lint.schema.ontology import ObjectType, Property

ID, KIND, WITHIN = "id", "kind", "within"
"""Columns that are not properties; a property of the same name is prefixed with its section."""
NAME, NAMESPACE = "name", "namespace"
BETWEEN = "\n"
"""What separates the items of a list."""
_JSON = ("[", "{")
_OTHER = re.compile(r"'*[=+@\t\r\[{-]")
"""Text that begins like a formula or like JSON; an apostrophe before it marks it as text."""
_SCALARS = (str, int, float, bool)


class Column(NamedTuple):
    """A column for a property of a kind, or for a property in one of its objects."""

    name: str
    """The path to the property, joined by dots."""
    pointer: Pointer
    """The place of the value in a definition."""
    property: Property


def columns(kind: ObjectType) -> Iterator[Column]:
    """The columns of a kind, in the order of its schema."""
    for property_ in kind.properties.values():
        if property_.written:
            section = () if property_.section is None else (property_.section,)
            yield from _below(property_, (property_.name,), section)


def _below(
    property_: Property, path: tuple[str, ...], section: tuple[str, ...]
) -> Iterator[Column]:
    type_ = property_.object
    if type_ is None or property_.many or type_.name:
        pointer = (*section, *path)
        name = ".".join(path)
        yield Column(".".join(pointer) if name in (ID, KIND, WITHIN) else name, pointer, property_)
        return
    for inner in type_.properties.values():
        if inner.written:
            yield from _below(inner, (*path, inner.name), section)


def cell(content: Any) -> str | int | float | bool:
    """The cell for a value: lists have one item on each line, objects are written as JSON."""
    if isinstance(content, str):
        return f"'{content}" if _OTHER.match(content) else content
    if isinstance(content, _SCALARS):
        return content
    if isinstance(content, list) and content and all(map(_is_item, content)):
        return str(cell(BETWEEN.join(map(_text, content))))
    return json.dumps(content, ensure_ascii=False)


def _is_item(one: Any) -> bool:
    if isinstance(one, str):
        return one == one.strip() != "" and BETWEEN not in one
    return isinstance(one, _SCALARS)


def _text(one: Any) -> str:
    return one if isinstance(one, str) else json.dumps(one)


def value(held: Any, property_: Property) -> Any:
    """The value of a property in a cell. Text that is not valid is returned unchanged."""
    if not isinstance(held, str):
        one = cast(held, property_.datatype, ".")
        return [one] if property_.many else one
    if held.startswith(_JSON):
        try:
            return json.loads(held)
        except ValueError:
            return held
    if held.startswith("'") and _OTHER.match(held):
        held = held[1:]
    if property_.many:
        parts = (part.strip() for part in held.split(BETWEEN))
        return [cast(part, property_.datatype, ".") for part in parts if part]
    return cast(held, property_.datatype, ".")


def definition(
    kind: ObjectType, row: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[Pointer, Pointer]]:
    """The sections of the definition in a row, and the column of each value."""
    sections: dict[str, Any] = {}
    fields: dict[Pointer, Pointer] = {}
    for column in columns(kind):
        held = row.get(column.name)
        if held is None or held == "":
            continue
        holder = sections
        for step in column.pointer[:-1]:
            holder = holder.setdefault(str(step), {})
        holder[str(column.pointer[-1])] = value(held, column.property)
        fields[column.pointer] = (column.name,)
    return sections, fields
