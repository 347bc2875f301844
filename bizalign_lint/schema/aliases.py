"""Words of other tools and methods (``x-aliases``, ``x-value-aliases``) → those used here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bizalign_lint.schema.ontology import Ontology, Property

_BETWEEN = re.compile(r"[\s_-]+")


def kind_called(word: str, ontology: Ontology) -> str | None:
    """The kind that has this alias."""
    wanted = _folded(word)
    for kind in ontology.kinds.values():
        if wanted in map(_folded, kind.schema.get("x-aliases", ())):
            return kind.name
    return None


def property_called(word: str, properties: Iterable[Property]) -> str | None:
    """The property that has this alias."""
    wanted = _folded(word)
    return next((p.name for p in properties if wanted in map(_folded, p.aliases)), None)


def value_called(word: object, property_: Property) -> object | None:
    """The value of a property that has this alias."""
    if not isinstance(word, str):
        return None
    wanted = _folded(word)
    aliases: dict[str, object] = property_.schema.get("x-value-aliases", {})
    return next((value for alias, value in aliases.items() if _folded(alias) == wanted), None)


def instead(word: object) -> str:
    """The sentence that reports the word to use."""
    return f"use {word}"


def _folded(word: str) -> str:
    return _BETWEEN.sub("", word).lower()
