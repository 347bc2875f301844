"""What is right but for its form, as other tools export it → the form it has here.

A block of dates is a list of pairs elsewhere, each with the name of a date and the day; and a date
is a block of its own. The schemas say which names there are, so that no form is known by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.dates import iso, period_of
from bizalign_lint.core.words import slug
from bizalign_lint.schema.aliases import called, value_called
from bizalign_lint.schema.ontology import ObjectType, Property

_MOST = 20
"""So many entries are looked at; a block of dates has a few."""


class Reshaped(NamedTuple):
    """A value in another form."""

    value: object
    certain: bool = True
    """Whether it says what the other did and nothing else."""


def reshaped(value: object, property_: Property) -> Reshaped | None:
    """The same value in the form that a property has to have; None where that is not clear."""
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
        held = _HELD.get(property_.datatype, ())
        found = value[0] if isinstance(value[0], held) and not isinstance(value[0], bool) else None
    return None if found is None else Reshaped(found)


def _entries(value: object, entry: ObjectType) -> Reshaped | None:
    """Entries with a name: a mapping of them by name, or a text in place of one."""
    needed = [property_.name for property_ in entry.properties.values() if property_.required]
    if needed != ["name"]:
        return None
    if isinstance(value, Mapping) and value and all(isinstance(v, dict) for v in value.values()):
        if len(value) > _MOST or any("name" in held for held in value.values()):
            return None
        return Reshaped([{"name": name, **held} for name, held in value.items()])
    if isinstance(value, str) and slug(value) and "title" in entry.properties:
        return Reshaped({"name": slug(value), "title": value}, certain=False)
    return None


def _period(value: object, block: Sequence[Property]) -> dict[str, str] | None:
    """The two dates of a block, of a year, quarter or month."""
    if len(block) != 2 or any(property_.datatype != "date" for property_ in block):
        return None
    days = period_of(str(value)) if isinstance(value, str | int) and len(str(value)) < 20 else None
    return None if days is None else {block[0].name: days.first, block[1].name: days.last}


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
