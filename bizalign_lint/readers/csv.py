"""Comma-separated values (RFC 4180), also with other separators; each row is a record."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.readers.records import Format, Locator, Read, bad, by_itself, too_large
from bizalign_lint.readers.table import add_table

_SEPARATORS = ",;\t|"
_QUOTE = '"'
ROW = "row"
"""The type of all records."""


class CellLocator(Locator):
    """The places in one row, which may extend over several lines."""

    __slots__ = ("_columns", "_first", "_last", "_lines", "_separator")

    def __init__(
        self, lines: Lines, first: int, last: int, separator: str, columns: Mapping[str, int]
    ) -> None:
        self._lines = lines
        self._first = first
        self._last = last
        self._separator = separator
        self._columns = columns

    def locate(self, pointer: Pointer, _key: bool, /) -> Span:
        """The cell of a column; for any other field, the first cell."""
        column = self._columns.get(str(pointer[0]), 0) if pointer else 0
        return self.at(column)

    def at(self, column: int) -> Span:
        """The span of a cell by its 0-based index; past the last one, the end of the row."""
        text = self._lines.all
        start = self._lines.index(self._first, 1)
        stop = self._lines.index(self._last, 1) + len(self._lines.text(self._last))
        quoted = False
        begin = start
        number = 0
        for at in range(start, stop):
            if text[at] == _QUOTE:
                quoted = not quoted
            elif text[at] == self._separator and not quoted:
                if number == column:
                    return self._lines.small_span(begin, max(at, begin + 1))
                number += 1
                begin = at + 1
        return self._lines.small_span(begin, max(stop, begin + 1))

    def extent(self, pointer: Pointer) -> Span:
        """The cell of a field, or the lines of the row."""
        if pointer:
            return self.locate(pointer, False)
        return Span(self._first, 1, self._last, len(self._lines.text(self._last)) + 1)


class _Rows:
    """The rows of a text, with the lines of each of them."""

    def __init__(self, lines: Lines, separator: str) -> None:
        self._lines = lines
        self._separator = separator
        self._ends: list[int] = [0]
        self._reader = csv.reader(
            lines.all.splitlines(keepends=True), delimiter=separator, strict=True
        )

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        for number, cells in enumerate(self._reader):
            self._ends.append(self._reader.line_num)
            yield number, cells

    @property
    def line(self) -> int:
        """The number of the line that was read last."""
        return max(self._reader.line_num, 1)

    def locator(self, row: int, columns: Mapping[str, int]) -> Locator:
        """The places of a row's fields."""
        return self._row(row, columns)

    def cell(self, row: int, column: int) -> tuple[Span, str]:
        """The span of a cell, and an empty name."""
        return self._row(row, {}).at(column), ""

    def _row(self, row: int, columns: Mapping[str, int]) -> CellLocator:
        first, last = self._ends[row] + 1, self._ends[row + 1]
        return CellLocator(
            self._lines,
            first=first,
            last=max(first, last),
            separator=self._separator,
            columns=columns,
        )


def read(source: Source, options: Mapping[str, Any]) -> Read:
    """The rows of a file; options ``separator`` and ``encoding`` override what is detected."""
    found = Read(flaws=too_large(source))
    if found.flaws:
        return found
    text = _text(source, str(options.get("encoding", "")), found)
    if text is None:
        return found
    separator = str(options.get("separator", "")) or _separator(text)
    rows = _Rows(Lines(text), separator)
    try:
        add_table(source, ROW, iter(rows), options, rows, found)
    except csv.Error as error:
        span = Span(rows.line, 1, rows.line, 2)
        found.flaws.append(bad(source, f"invalid CSV: {error}", span))
    return found


def _text(source: Source, encoding: str, found: Read) -> str | None:
    content = source.content
    if not encoding:
        is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        encoding = "utf-16" if is_wide else "utf-8-sig"
    try:
        return content.decode(encoding)
    except LookupError:
        found.flaws.append(bad(source, f"unknown encoding {encoding}"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        problem = (
            f"this is not {encoding.removesuffix('-sig').upper()}: save it as that, or set the "
            "encoding under options of the mapping, such as encoding: cp1252"
        )
        found.flaws.append(bad(source, problem, Span(line, column, line, column + 1)))
    return None


def _separator(text: str) -> str:
    """The most frequent separator in the first line that is not blank."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split(_QUOTE)[::2])
    return max(_SEPARATORS, key=bare.count)


FORMAT = Format(read, by_itself, of_rows=True)
