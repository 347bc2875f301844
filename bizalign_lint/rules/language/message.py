"""Message templates filled with the values of a finding."""

from __future__ import annotations

import re
from collections.abc import Callable

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_EMPTY_REMARK = re.compile(r"\s*\((?:\w+: )?-\)")


def placeholders(template: str) -> list[str]:
    """The names in braces in a message; doubled braces are literal braces."""
    return [found[1] for found in _PART.finditer(template) if found[1] is not None]


def fill(template: str, value_of: Callable[[str], str]) -> str:
    """The message with its placeholders filled in.

    Whitespace is collapsed; punctuation that an empty placeholder leaves at the end is removed,
    and so is an empty remark in brackets.
    """

    def replace(found: re.Match[str]) -> str:
        return found[0][0] if found[1] is None else value_of(found[1])

    filled = _EMPTY_REMARK.sub("", _PART.sub(replace, template))
    return " ".join(filled.split()).rstrip(" ;,:")
