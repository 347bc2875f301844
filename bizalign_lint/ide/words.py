"""Names and descriptions of the ontology for people to read."""

from __future__ import annotations

from typing import Any

from bizalign_lint.core.words import prose
from bizalign_lint.graph.nodes import Node
from bizalign_lint.schema.ontology import Kind, Ontology
from bizalign_lint.schema.references import resolve_ref


def noun(title: str) -> str:
    """A kind's title within a sentence: ``capability``, but ``IT component``."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def plural(title: str, count: int) -> str:
    """A count with a kind's title, such as ``3 capabilities``."""
    words = noun(title)
    if count == 1:
        return f"1 {words}"
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        words = f"{words[:-1]}ies"
    elif words.endswith(("s", "x", "ch", "sh")):
        words += "es"
    else:
        words += "s"
    return f"{count} {words}"


def described_as(node: Node) -> str:
    """The description of a node, on one line."""
    return prose(node.values.get("description"))


def described(ontology: Ontology, kind: Kind, entry: str) -> str:
    """The schema's description of a top-level entry of a definition."""
    part: Any = kind.schema.get("properties", {}).get(entry, {})
    if "description" not in part and "$ref" in part:
        part = resolve_ref(part["$ref"], kind.schema, ontology.resources) or {}
    return prose(part.get("description"))
