"""Regular expressions of schemas and rules, in the syntax of JSON Schema (ECMA-262).

They are matched by the same engine as documents are validated by, in linear time. It has no
look-around and no back references, whose matching time can explode.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import jsonschema_rs

LINEAR = jsonschema_rs.RegexOptions(size_limit=1 << 20)
"""For every validator: limits the size of patterns, and so the time for each character."""


class PatternError(ValueError):
    """A text is not a regular expression, or not a supported one."""


class Regex(NamedTuple):
    """A compiled regular expression; ``matches`` searches a text for it."""

    text: str
    ignores_case: bool
    matches: Callable[[str], bool]


@lru_cache(maxsize=256)
def compile_regex(text: str, ignores_case: bool = False) -> Regex:
    """Compile a regular expression. Raises PatternError."""
    schema = {"pattern": f"(?i){text}" if ignores_case else text}
    try:
        validator = jsonschema_rs.validator_for(schema, pattern_options=LINEAR)
    except ValueError:
        raise PatternError(_why(text)) from None
    return Regex(text, ignores_case, validator.is_valid)


def _why(text: str) -> str:
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        return f"{text!r} is not a regular expression: {error}"
    return (
        f"{text!r} is not a supported regular expression: look-around, back references, "
        "Python's own escapes and repetition counts in the thousands are not allowed"
    )
