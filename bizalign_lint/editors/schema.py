"""The ontology → one schema for editors that check YAML against JSON Schema.

It is draft-07 without references to anything outside. What is not ours is left alone: everything
hangs on ``apiVersion``, and then on ``kind``, each tested with an ``if`` of its own, so that no
message ever speaks of alternatives.
"""

from __future__ import annotations

from bizalign_lint.editors.shape import Shapes
from bizalign_lint.editors.snippets import whole
from bizalign_lint.parsing.envelope import API_VERSION, FIELD
from bizalign_lint.schema.ontology import Kind, Ontology, Schema

_DIALECT = "http://json-schema.org/draft-07/schema#"


def entry_schema(ontology: Ontology) -> Schema:
    """The schema of a YAML document that may be one of our definitions."""
    kinds = list(ontology.kinds.values())
    return {
        "$schema": _DIALECT,
        "$comment": "Made by bizalign-lint schema.",
        # Two conditions, or editors would offer to fill in what the one requires.
        "if": {"allOf": [{"required": [FIELD]}, {"properties": {FIELD: {"const": API_VERSION}}}]},
        "then": _definition(ontology, kinds),
        "else": {"if": {"required": [FIELD]}, "then": {}, "else": _beginning(kinds)},
    }


def _definition(ontology: Ontology, kinds: list[Kind]) -> Schema:
    """What a document of ours must be, whatever its kind; and then for each kind."""
    envelope = kinds[0].schema
    shapes = Shapes(ontology, envelope)
    version, metadata = (
        shapes.shape(envelope["properties"][name], name) for name in (FIELD, "metadata")
    )
    return {
        "title": "bizalign-lint",
        "required": envelope["required"],
        "additionalProperties": False,
        "properties": {
            FIELD: {**version, "default": API_VERSION},
            "kind": {
                "description": "What the definition is of.",
                "enum": [kind.name for kind in kinds],
                "markdownEnumDescriptions": [kind.description for kind in kinds],
            },
            "metadata": metadata,
            "spec": True,
        },
        "allOf": [_kind(ontology, kind) for kind in kinds],
    }


def _kind(ontology: Ontology, kind: Kind) -> Schema:
    shapes = Shapes(ontology, kind.schema)
    return {
        "if": {"required": ["kind"], "properties": {"kind": {"const": kind.name}}},
        "then": {
            "title": kind.schema["title"],
            "description": kind.description,
            "properties": {"spec": shapes.shape(kind.schema["properties"]["spec"], "spec")},
            "defaultSnippets": [_snippet(kind)],
        },
    }


def _beginning(kinds: list[Kind]) -> Schema:
    """What to offer where nothing says yet whose document it is."""
    return {
        "properties": {
            FIELD: {"const": API_VERSION, "description": "Makes the document ours."},
            "kind": {"defaultSnippets": [_name(kind) for kind in kinds]},
        },
        "defaultSnippets": [_snippet(kind) for kind in kinds],
    }


def _name(kind: Kind) -> Schema:
    return {"label": kind.name, "body": kind.name, "markdownDescription": kind.description}


def _snippet(kind: Kind) -> Schema:
    return {
        "label": f"new {kind.name}",
        "markdownDescription": kind.description,
        "body": whole(kind),
    }
