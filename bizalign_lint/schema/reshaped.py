"""Values in the form in which other tools export them → the form used here.

For example, where we have a block of dates, other tools have a list of pairs of a name and a date,
and where we have a date, they have a block. Schemas define the names, so no tool's format is
hard-coded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.dates import iso, period_of
from bizalign_lint.core.words import slug
from bizalign_lint.schema.aliases import find_property, find_value
from bizalign_lint.schema.ontology import ObjectType, Property

_MAX_ENTRIES = 20
"""Maximum number of entries considered; a block of dates has only a few."""


class Reshaped(NamedTuple):
    """A value in the form that is expected here."""

    value: object
    certain: bool = True
    """Whether it has exactly the same meaning."""


def reshaped(value: object, property_: Property) -> Reshaped | None:
    """A value in the form of a property; None if that is unclear."""
    found: object | None = None
    if property_.object is not None and not property_.many:
        block = property_.object.properties.values()
        if isinstance(value, list):
            found = dated(value, block)
        elif isinstance(value, str) and (known := _one_of(value, block)) is not None:
            found = known
        elif (time := _period(value, [*block])) is not None:
            return Reshaped(time, certain=False)
    elif property_.object is not None:
        return _entries(value, property_.object)
    elif property_.datatype == "date" and isinstance(value, Mapping):
        days = _days(value)
        found = days[0] if len(days) == 1 else None
    elif not property_.many and isinstance(value, list) and len(value) == 1:
        held = _ITEM_TYPES.get(property_.datatype, ())
        found = value[0] if isinstance(value[0], held) and not isinstance(value[0], bool) else None
    return None if found is None else Reshaped(found)


def _entries(value: object, entry: ObjectType) -> Reshaped | None:
    """A list of named entries from a mapping by name, or one entry from a text."""
    needed = [property_.name for property_ in entry.properties.values() if property_.required]
    if needed != ["name"]:
        return None
    if isinstance(value, Mapping) and value and all(isinstance(v, dict) for v in value.values()):
        if len(value) > _MAX_ENTRIES or any("name" in held for held in value.values()):
            return None
        return Reshaped([{"name": name, **held} for name, held in value.items()])
    if isinstance(value, str) and slug(value) and "title" in entry.properties:
        return Reshaped({"name": slug(value), "title": value}, certain=False)
    return None


def _period(value: object, block: Sequence[Property]) -> dict[str, str] | None:
    """A block of two dates from a year, quarter or month."""
    if len(block) != 2 or any(property_.datatype != "date" for property_ in block):
        return None
    days = period_of(str(value)) if isinstance(value, str | int) and len(str(value)) < 20 else None
    return None if days is None else {block[0].name: days.first, block[1].name: days.last}


_ITEM_TYPES = {"string": str, "integer": int, "number": int | float}
"""Types of a single list item that can replace the list, by datatype."""


def _one_of(word: str, block: Iterable[Property]) -> dict[str, Any] | None:
    """A block with the only property that has a word as a value."""
    found = {
        property_.name: word if word in property_.enum else find_value(word, property_)
        for property_ in block
        if property_.enum is not None
    }
    known = {name: value for name, value in found.items() if value is not None}
    return known if len(known) == 1 else None


def dated(entries: Sequence[object], properties: Iterable[Property]) -> dict[str, str] | None:
    """Pairs of a property name and a date → dates by property; None if any entry is no such
    pair."""
    dates = [property_ for property_ in properties if property_.datatype == "date"]
    found: dict[str, str] = {}
    for entry in entries[: _MAX_ENTRIES + 1]:
        pair = _pair(entry, dates) if isinstance(entry, Mapping) else None
        if pair is None or pair[0] in found or len(found) == _MAX_ENTRIES:
            return None
        found[pair[0]] = pair[1]
    return found or None


def dated_beside(
    name: str, siblings: Mapping[str, Any], properties: Iterable[Property]
) -> tuple[str, str] | None:
    """The date under an unknown key, with the property that one of its siblings names."""
    dates = [property_ for property_ in properties if property_.datatype == "date"]
    day = iso(siblings[name]) if isinstance(siblings[name], str) else None
    names = {
        found.name
        for other, text in siblings.items()
        if other != name
        and isinstance(text, str)
        and (found := find_property(text, dates)) is not None
    }
    return (names.pop(), day) if day is not None and len(names) == 1 else None


def _pair(entry: Mapping[str, Any], dates: Sequence[Property]) -> tuple[str, str] | None:
    names = {
        found.name
        for text in entry.values()
        if isinstance(text, str) and (found := find_property(text, dates)) is not None
    }
    days = _days(entry)
    return (names.pop(), days[0]) if len(names) == 1 and len(days) == 1 else None


def _days(entry: Mapping[str, Any]) -> list[str]:
    return [day for text in entry.values() if isinstance(text, str) and (day := iso(text))]
