"""Words of other tools and methods (``x-aliases``, ``x-value-aliases``) → those used here.

Words of other scales (``x-value-hints``) are a hint only.
"""

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
    """The name of the property with a name, ignoring case and spaces, or with that alias."""
    found = called(word, properties)
    return None if found is None else found.name


def called(word: str, properties: Iterable[Property]) -> Property | None:
    """The property that has this name, or else this alias, however it is spaced."""
    wanted, among = _folded(word), [*properties]
    by_name = (p for p in among if _folded(p.name) == wanted)
    return next(by_name, None) or next(
        (p for p in among if wanted in map(_folded, p.aliases)), None
    )


def value_called(word: object, property_: Property) -> object | None:
    """The value of a property that is this word but for case and spaces, or has this alias."""
    if not isinstance(word, str):
        return None
    wanted = _folded(word)
    spelt = (value for value in property_.enum or () if _folded(str(value)) == wanted)
    return next(spelt, None) or _value(word, property_, "x-value-aliases")


def hinted_at(word: object, property_: Property) -> object | None:
    """The value of a property that a word of another scale is a hint at."""
    if isinstance(word, bool) or not isinstance(word, str | int):
        return None
    return _value(str(word), property_, "x-value-hints")


def _value(word: str, property_: Property, key: str) -> object | None:
    wanted = _folded(word)
    words: dict[str, object] = property_.schema.get(key, {})
    return next((value for other, value in words.items() if _folded(other) == wanted), None)


def instead(word: object) -> str:
    """The sentence that reports the word to use."""
    return f"use {word}"


def _folded(word: str) -> str:
    return _BETWEEN.sub("", word).lower()
