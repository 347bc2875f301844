"""The words of a text: everything that could be part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*")


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
