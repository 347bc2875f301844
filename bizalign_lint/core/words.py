"""Words: those of a text, a name made of them or taken apart into them, a number with its noun."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9.]+")
_JOINTS = re.compile(r"[-.]*-[-.]*|\.{2,}")
_MOST = 100
_HUMP = r"(?<=[a-z0-9])(?=[A-Z])"


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


def with_article(word: str) -> str:
    """A noun with "a" or "an" before it; a u is mostly spoken as in user and unit."""
    return f"{'an' if word[:1].lower() in tuple('aeio') else 'a'} {word}"


def slug(text: str) -> str:
    """Lower-case words joined by hyphens or dots; empty for a text without Latin letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _JOINTS.sub("-", _OTHER.sub("-", bare)).strip("-.")[:_MOST].strip("-.")


def spaced(name: str) -> str:
    """``supportedBy`` → ``supported by``."""
    return " ".join(
        word if word.isupper() and len(word) > 1 else word.lower() for word in re.split(_HUMP, name)
    )


def sentence(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def prose(text: Any) -> str:
    """A text on one line; empty when it is none."""
    return " ".join(text.split()) if isinstance(text, str) else ""


def plural(number: int, one: str, many: str) -> str:
    """The words for one, or for several."""
    return one if number == 1 else many


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def matching(typed: str, *texts: str) -> int | None:
    """How well texts go with what is typed, 0 the best; None when they do not.

    The letters may be at the start, at the start of a word, or anywhere.
    """
    if not typed:
        return 0
    best = None
    for text in texts:
        at = text.find(typed)
        if at == 0:
            return 0
        if at > 0:
            rank = 1 if not text[at - 1].isalnum() else 2
            best = rank if best is None else min(best, rank)
    if best is None and len(texts) > 1:
        joined = " ".join(texts)
        if all(word in joined for word in typed.split()):
            best = 3
    return best
