"""Document → schema flaws, by the JSON Schema of its kind."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import jsonschema_rs

from bizalign_lint.core.errors import SchemaError
from bizalign_lint.core.limits import MAX_NUMBER
from bizalign_lint.core.types import Document, Flaw
from bizalign_lint.schema.messages import refuse_retrieval
from bizalign_lint.schema.ontology import Ontology, Schema
from bizalign_lint.schema.patterns import LINEAR


class Validator:
    """Checks documents against the schema of their kind."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    @cached_property
    def _compiled(self) -> Any:
        """One schema, for an object with a document under the name of its kind.

        This way, schemas that several kinds share are compiled only once.
        """
        kinds = self._ontology.kinds
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "properties": {kind: {"$ref": f"#/$defs/{kind}"} for kind in kinds},
            "$defs": {kind.name: _bounded(kind.schema) for kind in kinds.values()},
        }
        shared = [(name, _bounded(shared)) for name, shared in self._ontology.resources.items()]
        registry = jsonschema_rs.Registry(shared, retriever=refuse_retrieval)
        return jsonschema_rs.validator_for(
            schema, registry=registry, retriever=refuse_retrieval, pattern_options=LINEAR
        )

    def compile(self) -> None:
        """Compile the schemas now. Raises SchemaError, without a place."""
        try:
            _ = self._compiled
        except (ValueError, jsonschema_rs.ReferencingError):
            # The library's message may quote the schema.
            raise SchemaError(
                "your own schemas cannot be used: one has an invalid regular expression or refers "
                "to a schema that was not read"
            ) from None

    def flaws(self, document: Document) -> list[Flaw]:
        """The schema violations of a document; empty if it is valid."""
        kind = document.value.get("kind")
        is_known = isinstance(kind, str) and kind in self._ontology.kinds
        if is_known and self._compiled.is_valid({kind: document.value}):
            return []
        from bizalign_lint.schema.violations import unknown_kind, violations

        if not is_known:
            return [unknown_kind(document, self._ontology)]
        errors = self._compiled.iter_errors({kind: document.value})
        return violations(document, str(kind), errors, self._ontology)


def _bounded(schema: Any) -> Any:
    """A schema whose numbers are limited to ``MAX_NUMBER``, so that computing with them is safe."""
    if not isinstance(schema, dict):
        return schema
    found: Schema = dict(schema)
    if schema.get("type") in ("number", "integer"):
        found["minimum"] = max(schema.get("minimum", -MAX_NUMBER), -MAX_NUMBER)
        found["maximum"] = min(schema.get("maximum", MAX_NUMBER), MAX_NUMBER)
    for key in ("items", "additionalProperties"):
        if key in schema:
            found[key] = _bounded(schema[key])
    for key in ("properties", "$defs"):
        if key in schema:
            found[key] = {name: _bounded(part) for name, part in schema[key].items()}
    return found
