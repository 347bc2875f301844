"""The words of a text: everything that could be part of a name; and a name made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9.]+")
_JOINTS = re.compile(r"[-.]*-[-.]*|\.{2,}")
_MOST = 100


def words(text: str) -> Iterator[str]:
    """Everything in a text that could be part of a name."""
    return iter(_WORD.findall(text))


def texts(value: Any) -> Iterator[str]:
    """The words of all texts in a value."""
    match value:
        case str():
            yield from words(value)
        case dict():
            for key, inner in value.items():
                yield from words(key)
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)


def folded(text: str) -> str:
    """A word as it is looked up: spaces and the case of letters do not count."""
    return " ".join(text.split()).casefold()


def slug(text: str) -> str:
    """Lower-case words joined by hyphens or dots; empty for a text without Latin letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _JOINTS.sub("-", _OTHER.sub("-", bare)).strip("-.")[:_MOST].strip("-.")
