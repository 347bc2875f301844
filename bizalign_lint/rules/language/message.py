"""Message templates filled with the values of a finding."""

from __future__ import annotations

import re
from collections.abc import Callable

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_EMPTY_REMARK = re.compile(r"\s*\((?:\w+: )?-\)")


def placeholders(template: str) -> list[str]:
    """The names in braces of a message; a doubled brace is none."""
    return [found[1] for found in _PART.finditer(template) if found[1] is not None]


def fill(template: str, value_of: Callable[[str], str]) -> str:
    """The message, with what each placeholder stands for.

    Blanks are single; what an empty placeholder leaves after at the end is gone, and so is a
    remark in brackets that has nothing to say.
    """

    def replace(found: re.Match[str]) -> str:
        return found[0][0] if found[1] is None else value_of(found[1])

    filled = _EMPTY_REMARK.sub("", _PART.sub(replace, template))
    return " ".join(filled.split()).rstrip(" ;,:")
