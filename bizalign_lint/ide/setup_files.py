"""Completion and hover in set-up files (configuration, rules, mappings), by their JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.core.types import Pointer, Source
from bizalign_lint.core.words import match_rank
from bizalign_lint.ide.cursor import Position, cursor, pointer
from bizalign_lint.ide.hover import Hover
from bizalign_lint.ide.items import Item, ItemType, Offer, ranked
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Schema
from bizalign_lint.schema.references import resolve_ref

_WITHIN = ("allOf", "anyOf", "oneOf")
_EITHER = ("then", "else")


def complete(source: Source, schema: Schema, position: Position) -> Offer | None:
    """The keys or values that may be inserted at a position; None if there are none."""
    at = cursor(source.content, position)
    if at.closed or at.comment is not None:
        return None
    part = at.part
    is_value = part is not None and part.key is not None and not at.on_key
    holder = part if is_value and part is not None else at.holder
    found = [*_reached(schema, schema, pointer(holder))]
    text = at.page.sketch.text
    lead = " " if text[at.start - 1 : at.start] in (":", "-") and at.start else ""
    items: dict[str, Item] = {}
    if is_value or at.holder.flow == "[" or (part is not None and part.dash):
        for value, about in _values(schema, found):
            items.setdefault(value, Item(value, ItemType.VALUE, lead + plain(value), about=about))
    if not is_value:
        there = {other.key for other in at.holder.parts if other is not part}
        for name, held in _entries(schema, found):
            if name not in there:
                about = str(held.get("description", ""))
                items.setdefault(name, Item(name, ItemType.PROPERTY, f"{name}: ", about=about))
    typed = at.typed.lower()
    offered = [
        (rank, item)
        for item in items.values()
        if (rank := match_rank(typed, item.label.lower())) is not None
    ]
    return Offer(at.span, ranked(offered)) if offered else None


def hover(source: Source, schema: Schema, position: Position) -> Hover | None:
    """The description of the key or value at a position; None if it has none."""
    at = cursor(source.content, position)
    if at.part is None or at.comment is not None:
        return None
    found = [*_reached(schema, schema, at.pointer)]
    if not at.on_key:
        for value, about in _values(schema, found):
            if value == at.value and about:
                return Hover(f"**{value}**\n\n{about}", at.span)
    about = next((str(s["description"]) for s in found if "description" in s), "")
    name = next((str(step) for step in reversed(at.pointer) if isinstance(step, str)), "")
    return Hover(f"**{name}**\n\n{about}", at.span) if about else None


def _reached(top: Schema, schema: Any, steps: Pointer) -> Iterator[Schema]:
    """The schemas that apply at a pointer."""
    for one in _alternatives(top, schema):
        if not steps:
            yield one
        elif isinstance(steps[0], int):
            yield from _reached(top, one.get("items"), steps[1:])
        elif steps[0] in one.get("properties", {}):
            yield from _reached(top, one["properties"][steps[0]], steps[1:])
        elif isinstance(one.get("additionalProperties"), dict):
            yield from _reached(top, one["additionalProperties"], steps[1:])


def _alternatives(top: Schema, schema: Any, depth: int = 0) -> Iterator[Schema]:
    """A schema and those that it is composed of; references are within the file."""
    if not isinstance(schema, dict) or depth > len(_WITHIN) * 2:
        return
    yield schema
    if "$ref" in schema:
        yield from _alternatives(top, resolve_ref(schema["$ref"], top), depth + 1)
    for keyword in _WITHIN:
        for inner in schema.get(keyword, ()):
            yield from _alternatives(top, inner, depth + 1)
    for keyword in _EITHER:
        yield from _alternatives(top, schema.get(keyword), depth + 1)


def _entries(top: Schema, schemas: list[Schema]) -> Iterator[tuple[str, Schema]]:
    for schema in schemas:
        for name, held in schema.get("properties", {}).items():
            yield name, next(iter(_described(top, held)), {})


def _described(top: Schema, schema: Any) -> list[Schema]:
    return [one for one in _alternatives(top, schema) if "description" in one]


def _values(top: Schema, schemas: list[Schema]) -> Iterator[tuple[str, str]]:
    """The values that can be listed, each with its meaning; for a list, those of its items."""
    for schema in schemas:
        for one in [schema, *_alternatives(top, schema.get("items"))]:
            values = one.get("enum", [one["const"]] if "const" in one else [])
            about = one.get("markdownEnumDescriptions", [""] * len(values))
            if one.get("type") == "boolean":
                values, about = [True, False], ["", ""]
            for value, meaning in zip(values, about, strict=False):
                text = str(value).lower() if isinstance(value, bool) else str(value)
                yield text, str(meaning)
