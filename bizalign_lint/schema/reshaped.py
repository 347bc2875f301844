"""What is right but for its form, as other tools export it → the form it has here.

A block of dates is a list of pairs elsewhere, each with the name of a date and the day; and a date
is a block of its own. The schemas say which names there are, so that no form is known by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bizalign_lint.core.dates import iso
from bizalign_lint.schema.aliases import called, value_called
from bizalign_lint.schema.ontology import Property

_MOST = 20
"""So many entries are looked at; a block of dates has a few."""


def reshaped(value: object, property_: Property) -> object | None:
    """The same value in the form that a property has to have; None where that is not clear."""
    block = None if property_.object is None else property_.object.properties.values()
    match value:
        case str() if block is not None and not property_.many:
            return _one_of(value, block)
        case list() if block is not None and not property_.many:
            return dated(value, block)
        case [str() | int() | float() as only] if not property_.many:
            return only if isinstance(only, _HELD.get(property_.datatype, ())) else None
        case dict() if property_.datatype == "date":
            days = _days(value)
            return days[0] if len(days) == 1 else None
    return None


_HELD = {"string": str, "integer": int, "number": int | float}
"""What a list of one thing may hold where the thing itself has to be."""


def _one_of(word: str, block: Iterable[Property]) -> dict[str, Any] | None:
    """A block with the one property of which a word is a value."""
    found = {
        property_.name: word if word in property_.enum else value_called(word, property_)
        for property_ in block
        if property_.enum is not None
    }
    known = {name: value for name, value in found.items() if value is not None}
    return known if len(known) == 1 else None


def dated(entries: Sequence[object], properties: Iterable[Property]) -> dict[str, str] | None:
    """Pairs of the name of a date and a day → the days by name; None where one is no such pair."""
    dates = [property_ for property_ in properties if property_.datatype == "date"]
    found: dict[str, str] = {}
    for entry in entries[: _MOST + 1]:
        pair = _pair(entry, dates) if isinstance(entry, Mapping) else None
        if pair is None or pair[0] in found or len(found) == _MOST:
            return None
        found[pair[0]] = pair[1]
    return found or None


def dated_beside(
    name: str, siblings: Mapping[str, Any], properties: Iterable[Property]
) -> tuple[str, str] | None:
    """A day under an unknown name, and the date that one of its siblings names: name and day."""
    dates = [property_ for property_ in properties if property_.datatype == "date"]
    day = iso(siblings[name]) if isinstance(siblings[name], str) else None
    names = {
        found.name
        for other, said in siblings.items()
        if other != name and isinstance(said, str) and (found := called(said, dates)) is not None
    }
    return (names.pop(), day) if day is not None and len(names) == 1 else None


def _pair(entry: Mapping[str, Any], dates: Sequence[Property]) -> tuple[str, str] | None:
    names = {
        found.name
        for said in entry.values()
        if isinstance(said, str) and (found := called(said, dates)) is not None
    }
    days = _days(entry)
    return (names.pop(), days[0]) if len(names) == 1 and len(days) == 1 else None


def _days(entry: Mapping[str, Any]) -> list[str]:
    return [day for said in entry.values() if isinstance(said, str) and (day := iso(said))]
