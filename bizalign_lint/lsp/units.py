"""Columns as editors count them: in UTF-8, UTF-16 or UTF-32 units, from 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Measure = Callable[[str], int]
"""How long a text is."""


def _utf8(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


MEASURES: Mapping[str, Measure] = {"utf-8": _utf8, "utf-16": _utf16, "utf-32": len}
"""By the name of the encoding that editor and server have agreed on."""


def units(line: str, column: int, measure: Measure) -> int:
    """The editor's 0-based column for a 1-based one in code points."""
    return measure(line[: max(column, 1) - 1])


def column(line: str, units: int, measure: Measure) -> int:
    """The 1-based column in code points for an editor's; within a character, where that begins."""
    if units <= 0:
        return 1
    if line.isascii():
        return min(units, len(line)) + 1
    done = 0
    for index, char in enumerate(line):
        done += measure(char)
        if done > units:
            return index + 1
    return len(line) + 1
