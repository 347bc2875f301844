"""Faults that can be made of any definition: the schemas say how."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from bizalign_lint.schema.ontology import ObjectType, Property
from tests.faults.fault import Edit, Fault
from tests.faults.meridian import Model, fresh
from tests.workspace import shipped

_BEREFT = {
    "Initiative.keyResults": "OUT114",
    "Account.costPool": "FIN108",
    "CostPool.allocations.to": "FIN107",
    "Tower.allocations.to": "FIN107",
    "ITService.allocations.to": "FIN107",
    "Application.provider": "MOD143",
}
"""What is said as well of the node that a reference to another kind no longer names."""
_ONLY_REFERENCES = {"Application.provider"}
"""Without it, what it names stands beside everything."""
_UNKNOWN = "what the reference should have named lacks something, and nobody can tell that"


def generated() -> Iterator[Fault]:
    """Every fault of every kind, at the first place in the example where it can be made."""
    clean = fresh()
    for kind in shipped().ontology.kinds.values():
        yield from _of_definition(kind.name)
        for path, property_ in _properties(kind.type):
            if property_.derivation is None:
                yield from _of_property(clean, kind.name, path, property_)


def _properties(
    type_: ObjectType, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Property]]:
    for property_ in type_.properties.values():
        section = (property_.section,) if property_.section else ()
        here = (*path, *section, property_.name)
        yield here, property_
        if property_.object is not None:
            yield from _properties(property_.object, here)


def _of_definition(kind: str) -> Iterator[Fault]:
    def misspell_kind(model: Model) -> None:
        next(model.each(kind))["kind"] = kind[:-2] + kind[-1]

    def misspell_version(model: Model) -> None:
        next(model.each(kind))["apiVersion"] = "bizalign/v2"

    def repeat(model: Model) -> None:
        model.add(copy.deepcopy(next(model.each(kind))))

    yield Fault(f"{kind}: its kind is misspelt", "MOD105", misspell_kind)
    yield Fault(f"{kind}: another version", "MOD104", misspell_version)
    yield Fault(f"{kind}: defined twice", "MOD108", repeat)


def _of_property(
    clean: Model, kind: str, path: tuple[str, ...], property_: Property
) -> Iterator[Fault]:
    shown = f"{kind}.{'.'.join(path[1:])}"
    if next(_holders(clean, kind, path), None) is None:
        return

    def change(function: Callable[[dict[str, Any], str], None]) -> Edit:
        return lambda model: function(next(_holders(model, kind, path)), path[-1])

    if property_.relation is not None:
        allowed = {"MOD143": _UNKNOWN} if shown in _ONLY_REFERENCES else {}
        yield Fault(f"{shown}: leads to nothing", "MOD109", change(_dangle), allowed=allowed)
        others = [k for k in ("Account", "Tower") if k not in property_.relation.to]
        if others:
            wrong = f"{others[0]}:{next(clean.each(others[0]))['metadata']['name']}"
            yield Fault(
                f"{shown}: leads to another kind",
                "MOD110",
                change(lambda holder, key: _replace(holder, key, wrong)),
                allowed={_BEREFT[shown]: _UNKNOWN} if shown in _BEREFT else {},
            )
    elif property_.enum is not None:
        yield Fault(
            f"{shown}: not one of its values",
            "MOD106",
            change(lambda holder, key: _replace(holder, key, "nonsense")),
        )
    elif property_.datatype == "date":
        yield Fault(
            f"{shown}: no date",
            "MOD106",
            change(lambda holder, key: _replace(holder, key, "2026-02-30")),
        )
    elif property_.datatype in ("integer", "number"):
        yield Fault(
            f"{shown}: no number", "MOD106", change(lambda holder, key: _replace(holder, key, "x"))
        )
    if len(path) == 2 and path[0] == "spec":
        yield Fault(f"{shown}: misspelt", "MOD107", change(_misspell))


def _holders(model: Model, kind: str, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The objects that have the property."""
    for definition in model.each(kind):
        yield from _within(definition, path)


def _within(value: Any, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _within(item, path)
    elif path[0] in value and value[path[0]]:
        if len(path) == 1:
            yield value
        else:
            yield from _within(value[path[0]], path[1:])


def _replace(holder: dict[str, Any], key: str, value: Any) -> None:
    if isinstance(holder[key], list):
        holder[key][0] = value
    else:
        holder[key] = value


def _dangle(holder: dict[str, Any], key: str) -> None:
    value = holder[key]
    reference = value[0] if isinstance(value, list) else value
    _replace(holder, key, f"{reference[:-2]}{reference[-1]}")


def _misspell(holder: dict[str, Any], key: str) -> None:
    value = holder.pop(key)
    holder[f"{key[:2]}{key[3:]}" if len(key) > 2 else f"{key}s"] = value
