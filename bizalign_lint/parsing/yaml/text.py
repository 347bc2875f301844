"""Bytes to text, and indexes in the text to lines and columns."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from bizalign_lint.core.types import Span

BOM = "\ufeff"

# What YAML 1.2 lets no stream contain (its c-printable production, turned round), and a byte
# order mark anywhere but at the start, which is nearly always two files joined by accident.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_UTF16 = "this file is UTF-16; save it as UTF-8"
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class BadText:
    """The first thing in a file that is not YAML text; ``text`` is what could be read anyway."""

    problem: str
    index: int
    text: str


def decode(content: bytes) -> str | BadText:
    """The text of a file, without a byte order mark, or why it is no text.

    Indexes count from behind the byte order mark, as editors do.
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
        return "a byte order mark stands in the middle of the file; remove it"
    name = "a NUL character" if char == "\0" else f"the control character U+{ord(char):04X}"
    return f"{name} is not allowed in YAML; remove it"


def looks_like_utf16(content: bytes) -> bool:
    """Whether every other of the first bytes is NUL, as in UTF-16 without its mark."""
    head = content[:32]
    return len(head) >= 8 and (not any(head[1::2]) or not any(head[::2]))


_CHUNK = 1 << 14
"""In a stretch of so many characters the lines are told apart when one of them is asked for."""
_KEPT = 64


class Lines:
    """Where the lines of a text begin: breaks are LF, CRLF and CR, as YAML 1.2 says.

    A file can have millions of lines, and few are asked for: so the breaks are only counted, chunk
    by chunk, until then.
    """

    __slots__ = ("_before", "_bounds", "_known", "all")

    def __init__(self, text: str) -> None:
        self.all = text
        self._bounds = [0]
        """Where the chunks begin, and the last of them ends; never within a break."""
        self._before = [0]
        """How many breaks there are before each of the bounds."""
        self._known: dict[int, list[int]] = {}
        """Where lines begin: for the chunks that were looked at last, behind each of the breaks."""
        has_returns = "\r" in text
        start = 0
        while start < len(text):
            end = min(start + _CHUNK, len(text))
            if has_returns:
                end += text.startswith("\r\n", end - 1)
                breaks = text.count("\n", start, end) + text.count("\r", start, end)
                breaks -= text.count("\r\n", start, end)
            else:
                breaks = text.count("\n", start, end)
            self._bounds.append(end)
            self._before.append(self._before[-1] + breaks)
            start = end

    def span(self, start: int, end: int) -> Span:
        """The span between two indexes of the text, at least one character wide."""
        end = max(end, start + 1)
        first, last = self._line(start), self._line(end - 1)
        return Span(first, start - self._start(first) + 1, last, end - self._start(last) + 1)

    def small_span(self, start: int, end: int) -> Span:
        """The same, cut off where the line ends, and the spaces before that."""
        line_end = _BREAK.search(self.all, start, end)
        stop = line_end.start() if line_end is not None else end
        return self.span(start, start + len(self.all[start:stop].rstrip()))

    def index(self, line: int, column: int) -> int:
        """The index of a line and column; beyond the end, the nearest there is."""
        if line > self._before[-1] + 1:
            return len(self.all)
        return min(self._start(max(line, 1)) + max(column, 1) - 1, len(self.all))

    def text(self, line: int) -> str:
        """One line without its break; empty beyond the end."""
        if not 1 <= line <= self._before[-1] + 1:
            return ""
        end = self._start(line + 1) if line <= self._before[-1] else len(self.all)
        return self.all[self._start(line) : end].rstrip("\r\n")

    def _line(self, index: int) -> int:
        """The line that an index is on; an end of the text that is beyond all chunks included."""
        chunk = min(bisect_right(self._bounds, index), len(self._bounds) - 1) - 1
        if chunk < 0:
            return 1
        return self._before[chunk] + bisect_right(self._starts(chunk), index) + 1

    def _start(self, line: int) -> int:
        """Where a line begins."""
        if line == 1:
            return 0
        chunk = bisect_left(self._before, line - 1) - 1
        return self._starts(chunk)[line - 2 - self._before[chunk]]

    def _starts(self, chunk: int) -> list[int]:
        starts = self._known.get(chunk)
        if starts is None:
            if len(self._known) == _KEPT:
                self._known.clear()
            within = self._bounds[chunk : chunk + 2]
            starts = [found.end() for found in _BREAK.finditer(self.all, *within)]
            self._known[chunk] = starts
        return starts
