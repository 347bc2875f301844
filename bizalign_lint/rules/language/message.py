"""Message templates filled with the values of a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from bizalign_lint.graph.nodes import Node

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_EMPTY_REMARK = re.compile(r"\s*\((?:\w+: )?-\)")
_MOST = 5
_LONGEST = 80


def placeholders(template: str) -> list[str]:
    """The names in braces of a message; a doubled brace is none."""
    return [found[1] for found in _PART.finditer(template) if found[1] is not None]


def fill(template: str, value_of: Callable[[str], str]) -> str:
    """The message, with what each placeholder stands for.

    Blanks are single; what an empty placeholder leaves behind at the end is gone, and so is a
    remark in brackets that has nothing to say.
    """

    def replace(found: re.Match[str]) -> str:
        return found[0][0] if found[1] is None else value_of(found[1])

    filled = _EMPTY_REMARK.sub("", _PART.sub(replace, template))
    return " ".join(filled.split()).rstrip(" ;,:")


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
