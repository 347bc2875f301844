"""JSON Schema errors of a document → flaws, with what was probably meant.

Separate from ``validate``, which imports it only for invalid documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_DEFECTS
from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.core.types import Document, Flaw, Place, Pointer
from bizalign_lint.schema.aliases import kind_by_alias, use_instead
from bizalign_lint.schema.meant import Meant, meant
from bizalign_lint.schema.messages import pointer_of, problem, shown, value_at
from bizalign_lint.schema.ontology import Ontology, Property, property_at
from bizalign_lint.schema.skeleton import minimal, minimal_value
from bizalign_lint.schema.unknown import Unknown, explain

if TYPE_CHECKING:
    import jsonschema_rs


def violations(
    document: Document,
    kind: str,
    errors: Iterable[jsonschema_rs.ValidationError],
    ontology: Ontology,
) -> list[Flaw]:
    """The flaws of a document that violates the schema of its kind.

    If there are more than a limit, the last flaw says so.
    """
    all_flaws = (flaw for error in errors for flaw in _explain(document, kind, error, ontology))
    found = _without_redundant(islice(all_flaws, MAX_DEFECTS))
    if next(all_flaws, None) is not None:
        message = f"this definition has more than {MAX_DEFECTS:,} errors; not all are shown"
        found.append(Flaw(conditions.SCHEMA, Place(document, ()), {"problem": message}, message))
        return found
    misspelt = {
        (*flaw.place.pointer[:-1], flaw.details["near"])
        for flaw in found
        if flaw.condition == conditions.UNKNOWN_FIELD and isinstance(flaw.place, Place)
    }
    return [flaw for flaw in found if _missing(flaw) not in misspelt]


def unknown_kind(document: Document, ontology: Ontology) -> Flaw:
    """The flaw of a definition whose kind is missing or unknown."""
    kind = document.value.get("kind")
    if kind is None:
        return Flaw(
            conditions.SCHEMA,
            Place(document, ()),
            {"problem": "kind is missing", "property": "kind"},
        )
    alias = kind_by_alias(str(kind), ontology)
    near = alias or nearest(str(kind), ontology.kinds)
    kinds = f"the kinds are {', '.join(sorted(ontology.kinds))}"
    hint = use_instead(alias) if alias else suggestion(near) or kinds
    return Flaw(
        conditions.UNKNOWN_KIND,
        Place(document, ("kind",)),
        {"value": str(kind), "suggestion": hint, "near": near or "", "certain": alias or ""},
        subject=str(kind),
    )


def _explain(
    document: Document, kind: str, error: jsonschema_rs.ValidationError, ontology: Ontology
) -> Iterator[Flaw]:
    pointer = pointer_of(document.value, error.instance_path[1:])
    property_ = property_at(ontology, kind, pointer)
    name = str(next((step for step in reversed(pointer) if isinstance(step, str)), kind))
    failed: Any = error.kind
    if failed.name == "additionalProperties":
        known = _known(ontology, kind, pointer, property_)
        siblings = value_at(document.value, pointer)
        for unexpected in sorted(failed.unexpected):
            section = _section(ontology, kind, pointer, unexpected)
            elsewhere = Unknown(f"it belongs under {section}") if section else None
            yield Flaw(
                conditions.UNKNOWN_FIELD,
                Place(document, (*pointer, unexpected), key=True),
                (elsewhere or explain(unexpected, siblings, known)).details(unexpected),
                subject=unexpected,
            )
        return
    if failed.name == "required":
        missing = failed.property
        yield Flaw(
            conditions.SCHEMA,
            Place(document, pointer, key=True),
            {
                "problem": f"{missing} is missing",
                "property": missing,
                "placeholder": _placeholder(ontology, kind, (*pointer, missing)),
            },
            subject=missing,
        )
        return
    pattern_meaning = property_.schema.get("patternErrorMessage") if property_ else None
    instance = value_at(document.value, pointer)
    message = problem(name, instance, error, pattern_meaning, _expected(property_, pointer))
    near, found = _near(error), Meant()
    if document.origin is not None and (words := document.origin.expected_values(pointer)):
        message = f"the mapping does not map {name} {shown(instance)}; it maps {words}"
    elif property_ is not None:
        found = meant(instance, property_, failed.name)
    yield Flaw(
        conditions.SCHEMA,
        Place(document, pointer),
        {
            "problem": f"{message}; {found.hint}" if found.hint and not near else message,
            "property": name,
            "keyword": failed.name,
            "datatype": property_.datatype if property_ is not None else "",
            "many": "yes" if property_ is not None and _is_list(property_, pointer) else "",
            "near": found.near if found.certain else near or found.near,
            "certain": "yes" if found.certain else "",
            "block": found.block,
        },
        subject=shown(instance),
    )


def _placeholder(ontology: Ontology, kind: str, pointer: Pointer) -> str:
    """A placeholder for a missing value, as JSON; empty if there is none."""
    if len(pointer) == 1:
        return orjson.dumps(minimal(ontology.kinds[kind], _TO_DO)[str(pointer[0])]).decode()
    property_ = property_at(ontology, kind, pointer)
    return "" if property_ is None else orjson.dumps(minimal_value(property_, _TO_DO)).decode()


_PLACEHOLDER = "TODO"
"""Stands for text that a person has to write; usually invalid, and so reported."""


class _ToDo:
    """Fills in placeholders that a person has to replace."""

    def value(self, property_: Property, _: list[Any], /) -> Any:
        return {} if property_.datatype == "object" else _PLACEHOLDER

    def entry(self) -> dict[str, Any]:
        return {}


_TO_DO = _ToDo()


def _without_redundant(flaws: Iterable[Flaw]) -> list[Flaw]:
    """The flaws without those about the type of a value whose choices are also reported."""
    found = list(flaws)
    listed = {flaw.place for flaw in found if flaw.details.get("keyword") in ("enum", "const")}
    return [
        flaw for flaw in found if flaw.details.get("keyword") != "type" or flaw.place not in listed
    ]


def _is_list(property_: Property, pointer: Pointer) -> bool:
    """Whether a pointer leads to a list property itself, and not to one of its items."""
    return property_.many and not isinstance(pointer[-1], int)


_MAX_KEYS = 6
"""Maximum number of a block's keys that a message lists."""


def _expected(property_: Property | None, pointer: Pointer) -> str:
    """What is expected at a pointer, more precisely than by its type; empty if the type says it
    all."""
    if property_ is None:
        return ""
    if _is_list(property_, pointer):
        return "a list such as [a, b]" if property_.datatype == "string" else ""
    if property_.object is not None:
        inner = [p for p in property_.object.properties.values() if p.written]
        names = [p.name for p in sorted(inner, key=lambda p: not p.required)]
        keys = ", ".join(names[:_MAX_KEYS]) + (" …" if len(names) > _MAX_KEYS else "")
        return f"a block with {keys}" if keys else ""
    minimum, maximum = (property_.schema.get(key) for key in ("minimum", "maximum"))
    if minimum is not None and maximum is not None:
        whole = "a whole number" if property_.datatype == "integer" else "a number"
        return f"{whole} from {minimum} to {maximum}"
    return "a date such as 2026-03-31" if property_.datatype == "date" else ""


def _near(error: jsonschema_rs.ValidationError) -> str:
    """The allowed text that was probably meant; empty if none is near."""
    failed: Any = error.kind
    if failed.name != "enum" or not isinstance(error.instance, str):
        return ""
    return nearest(error.instance, [o for o in failed.options if isinstance(o, str)]) or ""


def _missing(flaw: Flaw) -> Pointer | None:
    """The pointer to the value that a flaw reports as missing; None for other flaws."""
    if flaw.condition == conditions.SCHEMA and isinstance(flaw.place, Place) and flaw.place.key:
        return (*flaw.place.pointer, flaw.subject)
    return None


def _section(ontology: Ontology, kind: str, pointer: Pointer, name: str) -> str | None:
    """The section that has a property with a name; None within a block or if there is none."""
    if len(pointer) > 1:
        return None
    found = ontology.kinds[kind].type.properties.get(name)
    return found.section if found is not None and found.written else None


def _known(
    ontology: Ontology, kind: str, pointer: Pointer, property_: Property | None
) -> list[Property]:
    """The properties that are allowed in the object at a pointer."""
    if property_ is not None and property_.block is not None:
        return [p for p in property_.block.properties.values() if p.written]
    if not pointer:
        sections = ontology.kinds[kind].schema["properties"]
        return [
            Property(
                name=name,
                description="",
                datatype="any",
                many=False,
                required=True,
                section=None,
                schema={},
            )
            for name in sections
        ]
    return [
        p
        for p in ontology.kinds[kind].type.properties.values()
        if p.section == pointer[0] and p.written
    ]
