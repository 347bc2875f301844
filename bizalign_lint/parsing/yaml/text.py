"""Bytes → text, or the reason why they are not text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

BOM = "\ufeff"

# The complement of YAML 1.2's c-printable, and a byte order mark anywhere but at the start: nearly
# always two files joined by accident.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_UTF16 = "this file is UTF-16; save it as UTF-8"


@dataclass(frozen=True, slots=True)
class BadText:
    """Why a file is not text, and the index of the problem; ``text`` is what could still be
    decoded."""

    problem: str
    index: int
    text: str


def decode(content: bytes) -> str | BadText:
    """The text of a file, or why it is not text.

    A byte order mark at the start is removed, and indexes count from after it, as in editors.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return _undecodable(content, error)
    if text.startswith(BOM):
        text = text[1:]
    bad = _FORBIDDEN.search(text)
    if bad is None:
        return text
    if bad[0] == "\0" and looks_like_utf16(content):
        return BadText(_UTF16, 0, text.replace("\0", ""))
    return BadText(_forbidden(bad[0]), bad.start(), text)


def _undecodable(content: bytes, error: UnicodeDecodeError) -> BadText:
    for mark, name in (
        (codecs.BOM_UTF32_LE, "UTF-32"),
        (codecs.BOM_UTF32_BE, "UTF-32"),
        (codecs.BOM_UTF16_LE, "UTF-16"),
        (codecs.BOM_UTF16_BE, "UTF-16"),
    ):
        if content.startswith(mark):
            text = content.decode(name.lower(), "replace")
            return BadText(f"this file is {name}; save it as UTF-8", 0, text)
    if looks_like_utf16(content):
        return BadText(_UTF16, 0, content.replace(b"\0", b"").decode(errors="replace"))
    before = content[: error.start].decode().removeprefix(BOM)
    rest = content[error.start :].decode("latin-1")
    byte = content[error.start]
    problem = f"byte 0x{byte:02X} is not valid UTF-8"
    if byte >= 0xA0:
        problem += f" (in Latin-1 it would be '{chr(byte)}')"
    return BadText(f"{problem}; save the file as UTF-8", len(before), before + rest)


def _forbidden(char: str) -> str:
    if char == BOM:
        return "there is a byte order mark in the middle of the file; remove it"
    name = "a NUL character" if char == "\0" else f"the control character U+{ord(char):04X}"
    return f"{name} is not allowed in YAML; remove it"


def looks_like_utf16(content: bytes) -> bool:
    """Whether every other byte at the start is NUL, as in UTF-16 without a byte order mark."""
    head = content[:32]
    return len(head) >= 8 and (not any(head[1::2]) or not any(head[::2]))
