"""Shapes of kind schemas → the same for editors: draft-07, without references, explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.schema.ontology import Ontology, Schema
from bizalign_lint.schema.references import resolved

_KEPT = (
    "title",
    "type",
    "const",
    "default",
    "examples",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "required",
    "minProperties",
    "maxProperties",
)
"""What means the same in draft-07. ``format`` is not among it: it would check what we do not."""

_TYPES = {
    "string": "text, in quotes where YAML would read it as something else",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
}
"""What is reported for a value of another type. Objects have no such message: editors would show it
for what is wrong within them as well."""


class Shapes:
    """Rewrites the shapes of one kind's schema."""

    def __init__(self, ontology: Ontology, root: Schema) -> None:
        self._vocabularies = ontology.vocabularies
        kinds = (kind.schema for kind in ontology.kinds.values())
        self._resources = {**ontology.resources, **{schema["$id"]: schema for schema in kinds}}
        self._root = root

    def shape(self, raw: Schema, name: str) -> Schema:
        """A property's schema for editors; ``name`` is what messages call the property."""
        schema = resolved(raw, self._root, self._resources)
        found = {key: schema[key] for key in _KEPT if key in schema}
        found |= _described(schema, "\n\n".join(self._explained(schema)))
        if "enum" in schema:
            found = _enumeration(schema, found)
        elif isinstance(schema.get("type"), str) and schema["type"] in _TYPES:
            found["errorMessage"] = f"{name} must be {_TYPES[schema['type']]}."
        if "pattern" in schema:
            meant = schema.get("patternErrorMessage", f"does not match {schema['pattern']}")
            found["patternErrorMessage"] = f"This {meant}."
        if "x-vocabulary" in schema:
            found["defaultSnippets"] = self._terms(schema["x-vocabulary"]["list"])
        if schema.get("deprecated"):
            found["doNotSuggest"] = True
        if "items" in schema:
            found["items"] = self.shape(schema["items"], f"Each entry of {name}")
            if "x-nested" in schema:
                found["items"]["title"] = schema["x-nested"]["kind"]
        if "properties" in schema:
            found["properties"] = {
                key: self.shape(value, key) for key, value in schema["properties"].items()
            }
        more = schema.get("additionalProperties")
        if more is not None:
            found["additionalProperties"] = (
                self.shape(more, f"Each value of {name}") if isinstance(more, dict) else more
            )
        return found

    def _explained(self, schema: Schema) -> Iterator[str]:
        """The paragraphs that say what a property is for."""
        if schema.get("deprecated"):
            yield "**Deprecated.**"
        yield schema.get("markdownDescription") or schema.get("description", "")
        if relation := schema.get("x-relation"):
            kinds = " or ".join(f"`{kind}`" for kind in relation["to"])
            yield f"Refers to {kinds}; the inverse is `{relation['inverse']}`."
        if vocabulary := schema.get("x-vocabulary"):
            yield (
                f"A term of the list `{vocabulary['list']}`, in the version that "
                f"`{vocabulary['version']}` names."
            )
        if order := schema.get("x-order"):
            yield f"In time: {', then '.join(f'`{name}`' for name in order)}."
        if derived := schema.get("x-derived"):
            listed = (f"- `{name}`: {value['description']}" for name, value in derived.items())
            yield "\n".join(["Computed for rules; never written:", "", *listed])

    def _terms(self, list_: str) -> list[Schema]:
        """The terms of a published list, for completion; whether one fits, its version decides."""
        versions: dict[str, list[str]] = {}
        for version, lists in self._vocabularies.items():
            for term in lists.get(list_, ()):
                versions.setdefault(term, []).append(version)
        return [
            {"label": term, "body": term, "description": ", ".join(sorted(within))}
            for term, within in sorted(versions.items())
        ]


def _described(schema: Schema, explained: str) -> Schema:
    plain = {"description": schema["description"]} if "description" in schema else {}
    return {**plain, "markdownDescription": explained.strip()}


def _enumeration(schema: Schema, found: Schema) -> Schema:
    """Values with what each means. Their type goes without saying, and would be reported twice."""
    meanings: dict[str, Any] = schema.get("x-enum-descriptions", {})
    described = [meanings.get(str(value), "") for value in schema["enum"]]
    untyped = {key: value for key, value in found.items() if key != "type"}
    return {**untyped, "enum": schema["enum"], "markdownEnumDescriptions": described}
