"""Commas between thousands inside brackets, which YAML takes for the end of an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bizalign_lint.parsing.yaml.nodes import Node

_THOUSAND = re.compile(r"(?<=[0-9]),[0-9]{3}(?![0-9])")


def torn(text: str, items: Sequence[Node], last: Node) -> int | None:
    """The first of the entries that were one number with a text, where ``last`` ends them.

    A list of bare numbers is meant as one.
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
