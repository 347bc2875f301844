"""How people read the names of the ontology."""

from __future__ import annotations

import re
from typing import Any

from bizalign_lint.graph.nodes import Node
from bizalign_lint.schema.ontology import Kind, Ontology
from bizalign_lint.schema.references import referred

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def spaced(name: str) -> str:
    """``supportedBy`` → ``supported by``."""
    return " ".join(
        word if word.isupper() and len(word) > 1 else word.lower() for word in _HUMP.split(name)
    )


def kind_title(ontology: Ontology, kind: str) -> str:
    """What people call a kind: ``IT component``."""
    known = ontology.kinds.get(kind)
    return str(known.schema.get("title", kind)) if known is not None else sentence(spaced(kind))


def noun(title: str) -> str:
    """A kind's title within a sentence: ``capability``, but ``IT component``."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def plural(title: str, count: int) -> str:
    """``3 capabilities``."""
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


def sentence(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def prose(text: Any) -> str:
    """A text on one line; empty when it is none."""
    return " ".join(text.split()) if isinstance(text, str) else ""


def described_as(node: Node) -> str:
    """What a node says of itself, on one line."""
    return prose(node.values.get("description"))


def described(ontology: Ontology, kind: Kind, entry: str) -> str:
    """What the schema says of an entry of a definition itself."""
    part: Any = kind.schema.get("properties", {}).get(entry, {})
    if "description" not in part and "$ref" in part:
        part = referred(part["$ref"], kind.schema, ontology.resources) or {}
    return prose(part.get("description"))
