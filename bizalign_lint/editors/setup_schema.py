"""The schemas of configurations, rules and mappings, with the names that a workspace knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizalign_lint.core import shipped
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.schema.ontology import Schema

MARK = "x-names"
"""What is in a schema where a name may: of a rule, or of a kind."""

Names = Mapping[str, str]
"""What there is, and what it means."""


def setup_schema(name: str, names: Mapping[str, Names]) -> Schema:
    """The schema of a file of the set-up: ``config``, ``rule``, ``mapping`` or ``kind``.

    ``names`` are those of ``rules`` and ``kinds``; others are let through, for whoever reads the
    file knows better what is wrong with them.
    """
    schema: Schema = _named(read_document(shipped.meta(name)).value, names)
    return schema


def _named(value: Any, names: Mapping[str, Names]) -> Any:
    if isinstance(value, list):
        return [_named(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _named(item, names) for key, item in value.items() if key != MARK}
    known = names.get(value.get(MARK, ""), {}) if isinstance(value.get(MARK, ""), str) else {}
    if not known:
        return found
    if "additionalProperties" in found:
        of = found["additionalProperties"]
        entries = {name: {**of, "description": about} for name, about in known.items()}
        return {**found, "properties": entries}
    choice = {"enum": [*known], "markdownEnumDescriptions": [*known.values()]}
    return {**found, "anyOf": [choice, {"type": found.get("type", "string")}]}
