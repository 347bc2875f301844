"""What completion offers, as values."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from bizalign_lint.core.types import Span


class ItemType(StrEnum):
    """What sort of thing an item is; editors show an icon for each."""

    KIND = "kind"
    PROPERTY = "property"
    VALUE = "value"
    TERM = "term"
    REFERENCE = "reference"
    RULE = "rule"
    SNIPPET = "snippet"


class Item(NamedTuple):
    """One thing that can be put where the cursor is."""

    label: str
    sort: ItemType
    text: str
    """What is put there."""
    detail: str = ""
    about: str = ""
    """A longer description, in Markdown."""
    search: str = ""
    """What an editor compares with what is typed; empty: the label."""
    snippet: bool = False
    """Whether the text has places to fill in, ``${1:so}``."""
    first: bool = False
    """Whether it comes before others."""


class Offer(NamedTuple):
    """What can be put at a position."""

    span: Span
    """What it replaces."""
    items: tuple[Item, ...]
    complete: bool = True
    """Whether these are all; else an editor asks again when more is typed."""


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


def ranked(items: Iterable[tuple[int, Item]]) -> tuple[Item, ...]:
    """Items with the best first, otherwise in their order."""
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))
