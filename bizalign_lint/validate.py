"""Document → schema flaws, by the JSON Schema of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from . import conditions
from .explain import problem, shown
from .model import Document, Flaw, Place, Pointer
from .near import nearest, suggestion
from .ontology import Ontology, Property, property_at


class Validator:
    """Checks documents against the schema of their kind. Schemas are compiled when first needed."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._registry = jsonschema_rs.Registry(list(ontology.resources.items()))
        self._compiled: dict[str, Any] = {}

    def flaws(self, document: Document) -> list[Flaw]:
        """What the document's schema has against it; empty when it is valid."""
        kind = document.value.get("kind")
        if not isinstance(kind, str):
            return [self._unknown_kind(document, kind)]
        validator = self._compiled.get(kind)
        if validator is None:
            if kind not in self._ontology.kinds:
                return [self._unknown_kind(document, kind)]
            validator = jsonschema_rs.validator_for(
                self._ontology.kinds[kind].schema, registry=self._registry
            )
            self._compiled[kind] = validator
        if validator.is_valid(document.value):
            return []
        found = [
            flaw
            for error in validator.iter_errors(document.value)
            for flaw in self._explain(document, kind, error)
        ]
        misspelt = {
            (*flaw.place.pointer[:-1], flaw.details["near"])
            for flaw in found
            if flaw.condition == conditions.UNKNOWN_FIELD and isinstance(flaw.place, Place)
        }
        return [flaw for flaw in found if _missing(flaw) not in misspelt]

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
        failed: Any = error.kind
        if failed.name == "additionalProperties":
            known = _known(self._ontology, kind, pointer, property_)
            for unexpected in sorted(failed.unexpected):
                near = nearest(unexpected, known)
                yield Flaw(
                    conditions.UNKNOWN_FIELD,
                    Place(document, (*pointer, unexpected), key=True),
                    {"property": unexpected, "suggestion": suggestion(near), "near": near or ""},
                    subject=unexpected,
                )
            return
        if failed.name == "required":
            missing = failed.property
            yield Flaw(
                conditions.SCHEMA,
                Place(document, pointer, key=True),
                {"problem": f"{missing} is missing", "property": missing},
                subject=missing,
            )
            return
        meant = property_.schema.get("patternErrorMessage") if property_ else None
        yield Flaw(
            conditions.SCHEMA,
            Place(document, pointer),
            {"problem": problem(name, error, meant), "property": name},
            subject=shown(error.instance),
        )


def _missing(flaw: Flaw) -> Pointer | None:
    """The pointer to what a flaw says is missing."""
    if flaw.condition == conditions.SCHEMA and isinstance(flaw.place, Place) and flaw.place.key:
        return (*flaw.place.pointer, flaw.subject)
    return None


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
