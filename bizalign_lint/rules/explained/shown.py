"""Values as a person would write them, for messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bizalign_lint.graph.nodes import Node

_MOST = 5


_LONGEST = 80


def shown(value: Any) -> str:
    """A value as a person would write it: nodes by title, an object without a name by its place."""
    match value:
        case Node():
            if value.type.name:
                return value.title
            return f"{value.entity.title} ({'/'.join(map(str, value.pointer[1:]))})"
        case bool():
            return "true" if value else "false"
        case float():
            # Two decimals are as exact as a sentence has to be, unless nothing would be left.
            return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.01 else f"{value:.2g}"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def listed(values: Iterable[Any]) -> str:
    """Several values, each once, cut short when there are many; ``-`` for none."""
    texts = list(dict.fromkeys(shown(value) for value in values))
    if not texts:
        return "-"
    if len(texts) > _MOST:
        return f"{', '.join(texts[:_MOST])} and {len(texts) - _MOST} more"
    return ", ".join(texts)
