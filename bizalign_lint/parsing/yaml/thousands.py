"""Thousands separators inside brackets, which YAML reads as the end of an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bizalign_lint.parsing.yaml.nodes import Node

_THOUSAND = re.compile(r"(?<=[0-9]),[0-9]{3}(?![0-9])")


def first_part(text: str, items: Sequence[Node], last: Node) -> int | None:
    """The index of the first of the items, up to ``last``, that were meant as one; None if none
    were.

    A list of numbers without other text is not meant as one item.
    """
    if _THOUSAND.match(text, last.end) is not None:
        return None
    first, start = len(items), last.start
    while first and items[first - 1].end == start - 1 and _THOUSAND.match(text, start - 1):
        first -= 1
        start = items[first].start
    if first == len(items) or not any(map(str.isalpha, text[start : last.end])):
        return None
    return first
