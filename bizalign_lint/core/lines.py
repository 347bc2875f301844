"""A text's lines: where each begins, and spans of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from bizalign_lint.core.types import Span

_BREAK = re.compile(r"\r\n|\r|\n")


_CHUNK = 1 << 14
"""In a stretch of so many characters the lines are found when one of them is asked for."""


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
        """Where lines begin: for the chunks that were looked at last, after each of the breaks."""
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
