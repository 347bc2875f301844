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


def ranked(items: Iterable[tuple[int, Item]]) -> tuple[Item, ...]:
    """Items with the best first, otherwise in their order."""
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))
