"""The values of plain scalars in the core schema of YAML 1.2, and how YAML 1.1 differs."""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    **{sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **{"-" + word: -math.inf for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}

# The core schema itself would read 012 as 12, and YAML 1.1 reads it as 10. People write leading
# zeros in codes, accounts and months: we keep the text, and report it.
_NUMBER = re.compile(
    r"(?P<int>[-+]?(?:0|[1-9][0-9]*))"
    r"|(?P<octal>0o[0-7]+)"
    r"|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?)"
)
_NUMBER_START = frozenset("0123456789+-.")

_BOOLS = {
    spelling: reading
    for reading, words in (("true", ("y", "yes", "on")), ("false", ("n", "no", "off")))
    for word in words
    for spelling in (word, word.capitalize(), word.upper())
}
_MAX_LENGTH = 40
"""Longer texts are not checked: nobody writes such numbers."""
_BASE_60 = re.compile(r"([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)(\.[0-9_]*)?")
_BASE_60_FLOAT = re.compile(r"([-+]?)([0-9][0-9_]*(?::[0-5]?[0-9])+)(\.[0-9_]*)")
_LEADING_ZERO = re.compile(r"([-+]?)0([0-9_]+)")
_GROUPED = re.compile(
    r"[-+]?(?:[1-9][0-9]*_[0-9_]*|(?=[0-9_.]*_)[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?)"
)
_BINARY = re.compile(r"([-+]?)0b([01_]*[01][01_]*)")
_HEX = re.compile(r"([-+]?)0x([0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*)")


class NumberTooLong(ValueError):
    """A number with more digits than Python converts between text and integer."""


def resolve(text: str) -> Scalar:
    """The value of a plain scalar. Raises NumberTooLong."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    try:
        match found.lastgroup:
            case "int":
                return int(text)
            case "octal":
                return _printable(int(text[2:], 8))
            case "hex":
                return _printable(int(text[2:], 16))
            case _:
                return float(text)
    except ValueError:
        problem = "this number is too long; if it is a code, put it in quotes"
        raise NumberTooLong(problem) from None


def _printable(number: int) -> int:
    """A number; raises ValueError if it has more digits than Python converts to text."""
    str(number)
    return number


def yaml11_reading(text: str) -> str | None:
    """How YAML 1.1 tools read a plain scalar that is text here; None if they read it as text.

    Only scalars that are text here are reported, so that quoting them never changes their meaning.
    Dates are left out: they mean the same date either way.
    """
    if text in _BOOLS:
        return _BOOLS[text]
    if not text or len(text) > _MAX_LENGTH or text[0] not in _NUMBER_START:
        return None
    if not isinstance(_try_resolve(text), str):
        return None
    return _base_60(text) or _leading_zero(text) or _grouped(text) or _other_base(text)


def _try_resolve(text: str) -> Scalar:
    try:
        return resolve(text)
    except NumberTooLong:
        return None


def _base_60(text: str) -> str | None:
    found = _BASE_60.fullmatch(text) or _BASE_60_FLOAT.fullmatch(text)
    if found is None:
        return None
    sign, whole, fraction = found.groups()
    total = 0
    for part in whole.split(":"):
        total = total * 60 + int(part.replace("_", ""))
    return f"{sign.replace('+', '')}{total}{(fraction or '').rstrip('.')} (base 60)"


def _leading_zero(text: str) -> str | None:
    found = _LEADING_ZERO.fullmatch(text)
    if found is None:
        return None
    sign, digits = found[1].replace("+", ""), found[2].replace("_", "")
    if not digits:
        return None
    if digits.strip("01234567"):
        return None if "_" in text else f"{sign}{int(digits)} (decimal, by YAML 1.2)"
    return f"{sign}{int(digits, 8)} (octal)"


def _grouped(text: str) -> str | None:
    if _GROUPED.fullmatch(text) is None:
        return None
    return text.replace("_", "").removeprefix("+")


def _other_base(text: str) -> str | None:
    for pattern, base, name in ((_BINARY, 2, "binary"), (_HEX, 16, "hexadecimal")):
        found = pattern.fullmatch(text)
        if found is not None:
            sign = found[1].replace("+", "")
            return f"{sign}{int(found[2].replace('_', ''), base)} ({name})"
    return None
