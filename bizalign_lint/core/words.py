"""Words of a text, names made from words and split into them, and counts with nouns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9.]+")
_SEPARATORS = re.compile(r"[-.]*-[-.]*|\.{2,}")
_MAX_SLUG = 100
_CAMEL_CASE_BOUNDARY = r"(?<=[a-z0-9])(?=[A-Z])"


def words(text: str) -> Iterator[str]:
    """Everything in a text that could be part of a name."""
    return iter(_WORD.findall(text))


def texts(value: Any) -> Iterator[str]:
    """The words of all texts in a value, nested ones and mapping keys included."""
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
    """A text normalised for look-up: case and repeated spaces are ignored."""
    return " ".join(text.split()).casefold()


def with_article(word: str) -> str:
    """A noun with "a" or "an"; an initial u takes "a", as in user and unit."""
    return f"{'an' if word[:1].lower() in tuple('aeio') else 'a'} {word}"


def slug(text: str) -> str:
    """Lower-case words joined by hyphens or dots, without accents; empty for a text without Latin
    letters or digits."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _SEPARATORS.sub("-", _OTHER.sub("-", bare)).strip("-.")[:_MAX_SLUG].strip("-.")


def spaced(name: str) -> str:
    """``supportedBy`` → ``supported by``."""
    return " ".join(
        word if word.isupper() and len(word) > 1 else word.lower()
        for word in re.split(_CAMEL_CASE_BOUNDARY, name)
    )


def sentence(text: str) -> str:
    """The text with its first letter capitalised."""
    return text[:1].upper() + text[1:]


def prose(text: Any) -> str:
    """A text on one line; empty for any other value."""
    return " ".join(text.split()) if isinstance(text, str) else ""


def plural(number: int, singular: str, many: str) -> str:
    """The singular or the plural."""
    return singular if number == 1 else many


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def first_of(texts: Sequence[str], most: int) -> str:
    """The first of several texts, at most so many, and how many more there are."""
    return and_more(texts[:most], len(texts) - most)


def and_more(shown: Iterable[str], more: int) -> str:
    """Several texts, and how many there are besides; none if that is not positive."""
    named = ", ".join(shown)
    return f"{named} and {more:,} more" if more > 0 else named


def match_rank(typed: str, *texts: str) -> int | None:
    """The rank at which texts match what was typed, 0 the best; None if they do not.

    Best is a match at the start, then at the start of a word, then anywhere, then of each word
    separately.
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
    if best is None:
        joined = " ".join(texts)
        if all(word in joined for word in typed.split()):
            best = 3
    return best
