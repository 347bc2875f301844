"""Document → schema flaws, by the JSON Schema of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from . import conditions
from .model import Document, Flaw, Place, Pointer
from .near import nearest, suggestion
from .ontology import Ontology, Property, property_at

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "nothing",
}


class Validator:
    """Checks documents against the schema of their kind. Schemas are compiled when first needed."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._registry = jsonschema_rs.Registry(list(ontology.resources.items()))
        self._compiled: dict[str, Any] = {}

    def flaws(self, document: Document) -> list[Flaw]:
        """What the document's schema has against it; empty when it is valid."""
        kind = document.value.get("kind")
        validator = self._compiled.get(kind) if isinstance(kind, str) else None
        if validator is None:
            if not isinstance(kind, str) or kind not in self._ontology.kinds:
                return [self._unknown_kind(document, kind)]
            validator = jsonschema_rs.validator_for(
                self._ontology.kinds[kind].schema, registry=self._registry
            )
            self._compiled[kind] = validator
        if validator.is_valid(document.value):
            return []
        return [
            flaw
            for error in validator.iter_errors(document.value)
            for flaw in self._explain(document, kind, error)
        ]

    def _unknown_kind(self, document: Document, kind: object) -> Flaw:
        if kind is None:
            return Flaw(
                conditions.SCHEMA,
                Place(document, ()),
                {"problem": "kind is missing", "property": "kind"},
            )
        near = nearest(str(kind), self._ontology.kinds)
        return Flaw(
            conditions.UNKNOWN_KIND,
            Place(document, ("kind",)),
            {"value": str(kind), "suggestion": suggestion(near)},
            subject=str(kind),
        )

    def _explain(
        self, document: Document, kind: str, error: jsonschema_rs.ValidationError
    ) -> Iterator[Flaw]:
        pointer: Pointer = tuple(error.instance_path)
        property_ = property_at(self._ontology, kind, pointer)
        name = str(next((step for step in reversed(pointer) if isinstance(step, str)), kind))
        keyword = error.kind.name
        if keyword == "additionalProperties":
            known = _known(self._ontology, kind, pointer, property_)
            for unexpected in sorted(error.kind.unexpected):
                near = nearest(unexpected, known)
                yield Flaw(
                    conditions.UNKNOWN_FIELD,
                    Place(document, (*pointer, unexpected), key=True),
                    {"property": unexpected, "suggestion": suggestion(near), "near": near or ""},
                    subject=unexpected,
                )
            return
        if keyword == "required":
            missing = error.kind.property
            yield Flaw(
                conditions.SCHEMA,
                Place(document, pointer, key=True),
                {"problem": f"{missing} is missing", "property": missing},
                subject=missing,
            )
            return
        yield Flaw(
            conditions.SCHEMA,
            Place(document, pointer),
            {"problem": _problem(name, keyword, error, property_), "property": name},
            subject=_shown(error.instance),
        )


def _known(
    ontology: Ontology, kind: str, pointer: Pointer, property_: Property | None
) -> list[str]:
    """The names that an object at that pointer may hold."""
    if property_ is not None and property_.object is not None:
        return [p.name for p in property_.object.properties.values() if p.derivation is None]
    sections = list(ontology.kinds[kind].schema["properties"])
    if not pointer:
        return sections
    return [
        p.name
        for p in ontology.kinds[kind].type.properties.values()
        if p.section == pointer[0] and p.derivation is None
    ]


def _problem(
    name: str, keyword: str, error: jsonschema_rs.ValidationError, property_: Property | None
) -> str:
    """What is wrong with a value, in a reader's words."""
    shown = _shown(error.instance)
    value: Any = error.kind.value
    if keyword == "type":
        wanted = " or ".join(_TYPES.get(t, t) for t in error.kind.types)
        return f"{name} must be {wanted}, not {shown}"
    if keyword == "enum":
        near = nearest(str(error.instance), [str(option) for option in value])
        listed = ", ".join(str(option) for option in value)
        hint = f"; {suggestion(near)}" if near else ""
        return f"{name} must be one of {listed}, not {shown}{hint}"
    if keyword == "const":
        return f"{name} must be {value}, not {shown}"
    if keyword == "pattern":
        meant = (property_.schema if property_ else {}).get("patternErrorMessage")
        return f"{name}: {shown} {meant or f'does not have the form {value}'}"
    if keyword == "uniqueItems":
        return f"{name} lists the same entry twice"
    if keyword in ("minItems", "minProperties"):
        return f"{name} must have at least {value} {'entry' if value == 1 else 'entries'}"
    if keyword in ("maxItems", "maxProperties"):
        return f"{name} must have at most {value} {'entry' if value == 1 else 'entries'}"
    if keyword == "minLength":
        return f"{name} must not be empty" if value == 1 else f"{name} must be longer than {shown}"
    if keyword == "maxLength":
        return f"{name} must have at most {value} characters"
    if keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        bound = {"minimum": "at least", "maximum": "at most"}.get(
            keyword, "more than" if keyword == "exclusiveMinimum" else "less than"
        )
        return f"{name} must be {bound} {value}, not {shown}"
    return f"{name}: {error.message}"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"“{value}”" if len(value) <= 60 else f"“{value[:57]}…”"
    return str(value)
