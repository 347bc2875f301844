"""Values to YAML text."""

from __future__ import annotations

import re

from bizalign_lint.parsing.yaml.core_schema import NumberTooLong, resolve, yaml11_reading

EASY = re.compile(r"[\w./#-](?:[\w ./#:&()%+-]*[\w./#)%+-])?")
"""Text that needs no quotes, whatever stands around it, as far as its characters go."""


_NOT_EASY = re.compile(r"\s#|:\s|^[-#]|^\.\.\.$|\s\s")


def plain(value: str) -> str:
    """A text without quotes where it may be, as a value or a key."""
    if EASY.fullmatch(value) and not _NOT_EASY.search(value) and yaml11_reading(value) is None:
        try:
            if resolve(value) == value:
                return value
        except NumberTooLong:
            pass
    return f'"{value}"'
