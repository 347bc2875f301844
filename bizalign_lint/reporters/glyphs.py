"""Text as a terminal shows it: how wide each character is, and nothing that could harm."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

TAB = "    "
_JOINER = "\u200d"
_EMOJI_LOOK = "\ufe0f"
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")

# Escape sequences could repaint the terminal, and marks of direction reorder what is read.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


# Azure Pipelines and GitHub Actions look for these anywhere in a line of a log.
_COMMAND = re.compile(r"##(?=(?:vso)?\[)", re.IGNORECASE)
_PARTED = "##\u2060"
"""Looks the same."""


def clean(text: str) -> str:
    """The text on one line, with a visible stand-in for whatever is not to reach a terminal.

    What would be a command in the log of a CI service is parted, so that it is none.
    """
    if "##" in text:
        text = _COMMAND.sub(_PARTED, text)
    return text if text.isprintable() else _UNSAFE.sub(_stand_in, text)


def _stand_in(found: re.Match[str]) -> str:
    char = found[0]
    if char in "\t\n\r":
        return " "
    if char < " ":
        return chr(0x2400 + ord(char))
    return "\u2421" if char == "\x7f" else "\ufffd"


def cells(text: str) -> list[tuple[str, int]]:
    """Each character as it is shown, with the number of columns that it takes up."""
    if text.isascii() and text.isprintable() and "##" not in text:
        return [(char, 1) for char in text]
    commands = {found.end() - 1 for found in _COMMAND.finditer(text)}
    shown: list[tuple[str, int]] = []
    before = ""
    for number, char in enumerate(text):
        if number in commands:
            shown.append((f"{char}\u2060", 1))
        elif char == "\t":
            shown.append((TAB, len(TAB)))
        elif char == _EMOJI_LOOK and shown and shown[-1][1] == 1:
            shown[-1] = (shown[-1][0], 2)
            shown.append((char, 0))
        else:
            shown.append((clean(char), _width(char, before)))
        before = char
    return shown


def width(text: str) -> int:
    """How many columns a text takes up."""
    return sum(columns for _, columns in cells(text))


def _width(char: str, before: str) -> int:
    if before == _JOINER or (char in _SKIN_TONES and before):
        return 0
    kind = category(char)
    if kind in ("Mn", "Me") or (kind == "Cf" and _UNSAFE.match(char) is None):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
