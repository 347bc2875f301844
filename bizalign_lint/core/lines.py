"""The lines of a text: where each begins, and spans in lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from bizalign_lint.core.types import Span

_BREAK = re.compile(r"\r\n|\r|\n")


_CHUNK = 16_384
"""Characters in a chunk; its lines are located when the first of them is needed."""


_MAX_CACHED_CHUNKS = 64


class Lines:
    """Where the lines of a text begin; LF, CRLF and CR are line breaks, as in YAML 1.2.

    A file can have millions of lines of which few are needed, so line breaks are first only
    counted, chunk by chunk.
    """

    __slots__ = ("_before", "_bounds", "_known", "all")

    def __init__(self, text: str) -> None:
        self.all = text
        self._bounds = [0]
        """Start of each chunk, and the end of the last; never within a CRLF."""
        self._before = [0]
        """Number of line breaks before each bound."""
        self._known: dict[int, list[int]] = {}
        """Line starts of recently used chunks, by chunk."""
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
        """Like ``span``, but ending with the first line, without its trailing spaces."""
        line_end = _BREAK.search(self.all, start, end)
        stop = line_end.start() if line_end is not None else end
        return self.span(start, start + len(self.all[start:stop].rstrip()))

    def index(self, line: int, column: int) -> int:
        """The index of a line and column, clamped to the text."""
        if line > self._before[-1] + 1:
            return len(self.all)
        return min(self._start(max(line, 1)) + max(column, 1) - 1, len(self.all))

    def text(self, line: int) -> str:
        """One line without its line break; empty past the end."""
        if not 1 <= line <= self._before[-1] + 1:
            return ""
        end = self._start(line + 1) if line <= self._before[-1] else len(self.all)
        return self.all[self._start(line) : end].rstrip("\r\n")

    def _line(self, index: int) -> int:
        """The line that an index is on; the index may be the end of the text."""
        chunk = min(bisect_right(self._bounds, index), len(self._bounds) - 1) - 1
        if chunk < 0:
            return 1
        return self._before[chunk] + bisect_right(self._starts(chunk), index) + 1

    def _start(self, line: int) -> int:
        """The index at which a line begins."""
        if line == 1:
            return 0
        chunk = bisect_left(self._before, line - 1) - 1
        return self._starts(chunk)[line - 2 - self._before[chunk]]

    def _starts(self, chunk: int) -> list[int]:
        starts = self._known.get(chunk)
        if starts is None:
            if len(self._known) == _MAX_CACHED_CHUNKS:
                self._known.clear()
            within = self._bounds[chunk : chunk + 2]
            starts = [found.end() for found in _BREAK.finditer(self.all, *within)]
            self._known[chunk] = starts
        return starts
