"""A definition from another tool's file → YAML."""

from __future__ import annotations

from collections.abc import Mapping

from bizalign_lint.core.types import Document
from bizalign_lint.parsing.yaml.write import document
from bizalign_lint.schema.ontology import Ontology


def written(definition: Document, ontology: Ontology) -> str:
    """The definition as YAML, its properties in the order of their schema."""
    kind = ontology.kinds.get(definition.value.get("kind", ""))
    known = kind.type.properties if kind is not None else ()
    order = {name: number for number, name in enumerate(known)}
    sections = {
        key: dict(sorted(value.items(), key=lambda item: order.get(item[0], -1)))
        if isinstance(value, Mapping)
        else value
        for key, value in definition.value.items()
    }
    return document(sections)
