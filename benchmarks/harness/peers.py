"""What other tools are given, so that they do as much of the same work as they can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bizalign_lint.engine.load import load


def write_schema(path: Path) -> None:
    """One JSON Schema for the definitions of all kinds, as tools that know no kinds need it."""
    ontology = load().ontology
    kinds = {kind.name: kind.schema for kind in ontology.kinds.values()}
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["apiVersion", "kind"],
        "properties": {"kind": {"enum": list(kinds)}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in kinds
        ],
        "$defs": {**kinds, **{key.rpartition(":")[2]: s for key, s in ontology.resources.items()}},
    }
    path.write_text(json.dumps(schema))


def single_documents(folder: Path) -> list[str]:
    """The files of a model that hold one definition: those with several are not for every tool."""
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_bytes()
        if text.startswith(b"apiVersion: bizalign/v1") and b"\n---\n" not in text:
            found.append(str(path.relative_to(folder)))
    return found
