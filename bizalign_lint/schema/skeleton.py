"""Skeletons of new definitions: their properties, each with something to fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from bizalign_lint.parsing.envelope import API_VERSION, FIELD
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Kind, Property

Shown = list[Any]
"""The values that a kind's examples have in one place."""


class Fill(Protocol):
    """Supplies the values of a skeleton, in the order of the text."""

    def value(self, property_: Property, shown: Shown, /) -> Any:
        """The value, or an item, of a property; ``shown`` are the values in examples."""

    def entry(self) -> Any:
        """What to write in place of an object without required properties."""


_IN_TEXT = re.compile(r"[\\$}]")
_IN_CHOICE = re.compile(r"[\\$},|]")
_ESCAPED = r"\\\g<0>"


class Entry(str):
    """The text of an entry without a key, on a line of its own."""

    __slots__ = ()


def definition(kind: str, sections: dict[str, Any]) -> dict[str, Any]:
    """A document of a kind with the given ``metadata`` and ``spec``."""
    return {FIELD: API_VERSION, "kind": kind, **sections}


def typical(kind: Kind, fill: Fill) -> dict[str, Any]:
    """A definition with the required properties and those that all examples have."""
    return definition(kind.name, _sections(kind, _typical, fill))


def minimal(kind: Kind, fill: Fill) -> dict[str, Any]:
    """A definition with only the required properties."""
    return definition(kind.name, _sections(kind, _required, fill))


def minimal_value(property_: Property, fill: Fill) -> Any:
    """A value of a property with only the required properties within it."""
    return _value(property_, [], _required, fill)


def lines(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    """An object as lines of YAML; its scalar values are YAML text already."""
    for key, item in value.items():
        lead, deeper = f"{indent}{key}:", f"{indent}  "
        match item:
            case dict() if item:
                yield lead
                yield from lines(item, deeper)
            case [dict() as only]:
                first, *rest = lines(only, f"{deeper}  ")
                yield from (lead, f"{deeper}- {first.lstrip()}", *rest)
            case [Entry() as only]:
                yield from (lead, f"{deeper}- {only}")
            case [only]:
                yield f"{lead} [{only}]"
            case Entry():
                yield from (lead, f"{deeper}{item}")
            case _:  # text, or an empty object
                yield f"{lead} {item}".rstrip()


_Selector = Callable[[list[Property], Shown], list[Property]]
"""Selects from the properties of an object, given the values in examples."""


def _required(properties: list[Property], _: Shown) -> list[Property]:
    return [property_ for property_ in properties if property_.required]


def _typical(properties: list[Property], shown: Shown) -> list[Property]:
    """The properties that all examples have; if they share none, those of the first one."""
    found = [p for p in properties if p.required or _is_typical(p, shown)]
    return found or [p for p in properties for first in shown[:1] if p.name in (first or ())]


def _is_typical(property_: Property, shown: Shown) -> bool:
    """Whether all examples have a property; of a single example, only simple ones count."""
    plain = property_.object is None and (property_.relation is not None or not property_.many)
    always = all(isinstance(values, dict) and property_.name in values for values in shown)
    return always and (len(shown) > 1 or (len(shown) == 1 and plain))


def _sections(kind: Kind, select: _Selector, fill: Fill) -> dict[str, Any]:
    examples = [e for e in kind.schema.get("examples", ()) if isinstance(e, dict)]
    found: dict[str, Any] = {}
    for section in dict.fromkeys(p.section for p in kind.type.properties.values() if p.section):
        properties = [p for p in kind.type.properties.values() if p.section == section]
        shown = [example.get(section, {}) for example in examples]
        found[section] = _object(properties, shown, select, fill)
    return found


def _object(properties: Iterable[Property], shown: Shown, select: _Selector, fill: Fill) -> Any:
    stated = [property_ for property_ in properties if property_.written]
    found = {p.name: _value(p, shown, select, fill) for p in select(stated, shown)}
    return found or fill.entry()


def _value(property_: Property, shown: Shown, select: _Selector, fill: Fill) -> Any:
    below: Shown = []
    for holder in shown:
        value = holder.get(property_.name) if isinstance(holder, dict) else None
        items = value if isinstance(value, list) else [value]
        below += [_without_block(property_, item) for item in items]
    if property_.object is None:
        found = fill.value(property_, below)
    else:
        found = _object(property_.object.properties.values(), below, select, fill)
    return [found] if property_.many else found


def _without_block(property_: Property, item: Any) -> Any:
    """An item of an example; if it is a block in place of a reference, only the reference."""
    if property_.entry is None or not isinstance(item, dict):
        return item
    return item.get(property_.entry.reference)


class Stops:
    """Fills in tab stops of editor snippets: ``${1:text}``, ``${2|a,b|}`` and ``$3``."""

    def __init__(self) -> None:
        self._count = 0

    def value(self, property_: Property, _: Shown, /) -> str:
        """A tab stop with the values to choose from, else with the property's name."""
        return self.stop(property_.name, choices(property_))

    def entry(self) -> str:
        """An empty tab stop."""
        return Entry(self.stop(""))

    def stop(self, text: str, options: Sequence[str] = ()) -> str:
        """The next tab stop, with a default text or options to choose from."""
        self._count += 1
        if options:
            listed = ",".join(_IN_CHOICE.sub(_ESCAPED, option) for option in options)
            return f"${{{self._count}|{listed}|}}"
        return f"${{{self._count}:{_IN_TEXT.sub(_ESCAPED, text)}}}" if text else f"${self._count}"


def choices(property_: Property) -> list[str]:
    """The possible values of a property, as YAML; empty if they cannot be listed."""
    if property_.datatype == "boolean":
        return ["true", "false"]
    return [plain(str(value)) for value in property_.enum or ()]
