"""Completion items, as values."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from bizalign_lint.core.types import Span


class ItemType(StrEnum):
    """The type of an item; editors show an icon for each."""

    KIND = "kind"
    PROPERTY = "property"
    VALUE = "value"
    TERM = "term"
    REFERENCE = "reference"
    RULE = "rule"
    SNIPPET = "snippet"


class Item(NamedTuple):
    """One text that can be inserted at the cursor."""

    label: str
    sort: ItemType
    text: str
    """The text to insert."""
    detail: str = ""
    about: str = ""
    """A longer description, in Markdown."""
    search: str = ""
    """The text that an editor compares with what is typed; empty for the label."""
    snippet: bool = False
    """Whether the text is a snippet with places to fill in, such as ``${1:name}``."""
    first: bool = False
    """Whether it is listed before others."""


class Offer(NamedTuple):
    """The items that can be inserted at a position."""

    span: Span
    """The span that an item replaces."""
    items: tuple[Item, ...]
    complete: bool = True
    """Whether these are all items; otherwise an editor asks again when more is typed."""


def ranked(items: Iterable[tuple[int, Item]]) -> tuple[Item, ...]:
    """The items sorted by their ranks, otherwise in the order given."""
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))
