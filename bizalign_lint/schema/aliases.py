"""Words of other tools and methods (``x-aliases``, ``x-value-aliases``) → those used here.

Words of other scales (``x-value-hints``) only give hints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bizalign_lint.schema.ontology import Ontology, Property

_SEPARATORS = re.compile(r"[\s_-]+")


def kind_by_alias(word: str, ontology: Ontology) -> str | None:
    """The kind with an alias; None if there is none."""
    wanted = _folded(word)
    for kind in ontology.kinds.values():
        if wanted in map(_folded, kind.schema.get("x-aliases", ())):
            return kind.name
    return None


def find_property_name(word: str, properties: Iterable[Property]) -> str | None:
    """The name of the property with a name, ignoring case and spaces, or an alias; None if there is
    none."""
    found = find_property(word, properties)
    return None if found is None else found.name


def find_property(word: str, properties: Iterable[Property]) -> Property | None:
    """The property with a name, or else an alias, ignoring case and spaces; None if there is
    none."""
    wanted, candidates = _folded(word), [*properties]
    by_name = (p for p in candidates if _folded(p.name) == wanted)
    return next(by_name, None) or next(
        (p for p in candidates if wanted in map(_folded, p.aliases)), None
    )


def find_value(word: object, property_: Property) -> object | None:
    """The value of a property that equals a word, ignoring case and spaces, or has it as an
    alias."""
    if not isinstance(word, str):
        return None
    wanted = _folded(word)
    same = (value for value in property_.enum or () if _folded(str(value)) == wanted)
    return next(same, None) or _value(word, property_, "x-value-aliases")


def hinted_value(word: object, property_: Property) -> object | None:
    """The value of a property that a word of another scale suggests."""
    if isinstance(word, bool) or not isinstance(word, str | int):
        return None
    return _value(str(word), property_, "x-value-hints")


def _value(word: str, property_: Property, key: str) -> object | None:
    wanted = _folded(word)
    words: dict[str, object] = property_.schema.get(key, {})
    return next((value for other, value in words.items() if _folded(other) == wanted), None)


def use_instead(word: object) -> str:
    """The hint to use another word."""
    return f"use {word}"


def _folded(word: str) -> str:
    return _SEPARATORS.sub("", word).lower()
