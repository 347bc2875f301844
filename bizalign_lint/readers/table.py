"""Rows under a header → records and links, for all formats with tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, Protocol

from bizalign_lint.core.types import Source, Span
from bizalign_lint.core.words import folded
from bizalign_lint.readers.records import Link, Locator, Read, Record, bad

MAX_ROWS = 200_000
"""Maximum number of rows read from a table."""
_ESCAPED = re.compile(r"\\(.)")
_MAX_ABOVE = 25
"""Number of rows searched for the header."""
_PATH_SEPARATOR = " / "
"""Separator between the names of an object and those above it."""


class Grid(Protocol):
    """Locates the cells of a table."""

    def cell(self, row: int, column: int) -> tuple[Span, str]:
        """The span of a cell, and its name in a workbook; row and column are 0-based."""

    def locator(self, row: int, columns: Mapping[str, int]) -> Locator:
        """The places of a row's fields."""


def add_table(
    source: Source,
    type_: str,
    rows: Iterator[tuple[int, Sequence[Any]]],
    options: Mapping[str, Any],
    grid: Grid,
    found: Read,
) -> None:
    """Add the records of a table, or its links, to ``found``; ``rows`` have 0-based numbers.

    Option ``header`` is the 1-based row of column names, and ``labels`` the number of rows after it
    to skip. ``key`` is the column that identifies a row, ``type`` the one with its type, ``by`` the
    one with the name by which others refer to it, and ``path`` the one with the names of those
    above it. A table with the column ``linkSource`` contains links. ``columns`` maps column names
    to the names that tables may use for them; the header is then the row, among the first ones,
    with most of these.
    """
    table = _Table(source, type_, options, grid, found)
    if "columns" in options and "header" not in options:
        rows = _from_header(rows, options["columns"])
    for number, cells in rows:
        values = [plain(cell) for cell in cells]
        if table.width == 0:
            if number + 1 >= options.get("header", 1) and any(values):
                table.begin(number, values)
        elif number > table.last_label and any(value != "" for value in values):
            if table.seen == MAX_ROWS:
                problem = f"this table has more than {MAX_ROWS:,} rows; the rest is not read"
                found.flaws.append(bad(source, problem, *grid.cell(number, 0)))
                return
            table.row(number, values)


def _from_header(
    rows: Iterator[tuple[int, Sequence[Any]]], columns: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows from the header on; there may be titles and remarks above it."""
    known = {folded(alias) for aliases in columns.values() for alias in aliases}
    first = [*islice(rows, _MAX_ABOVE)]
    counts = [len(known & {folded(str(plain(cell))) for cell in cells}) for _, cells in first]
    at = counts.index(max(counts)) if max(counts, default=0) > 1 else 0
    return chain(first[at:], rows)


class _Table:
    """A table that is being read."""

    def __init__(
        self, source: Source, type_: str, options: Mapping[str, Any], grid: Grid, found: Read
    ) -> None:
        self.width = 0
        """Number of cells in the header; 0 before the header was read."""
        self.last_label = 0
        self.seen = 0
        self._source = source
        self._type = type_
        self._options = options
        self._grid = grid
        self._found = found
        self._columns: dict[str, int] = {}
        self._has_links = False

    def begin(self, number: int, names: Sequence[Any]) -> None:
        """Read the header."""
        self.width = len(names)
        self.last_label = number + self._options.get("labels", 0)
        for index, name in enumerate(self._renamed(names)):
            if name in self._columns:
                problem = f"the column {name} appears twice; only the first one is used"
                self._add_flaw(problem, number, index)
            elif name:
                self._columns[name] = index
        self._has_links = self._options.get("linkSource") in self._columns
        key = self._options.get("key")
        if key is not None and key not in self._columns and not self._has_links:
            self._add_flaw(f"the key column {key} is missing from this table", number, 0)

    def _renamed(self, names: Sequence[Any]) -> list[str]:
        """The column names after applying option ``columns``; the first alias found is used."""
        named = [*map(str, names)]
        known = [folded(name) for name in named]
        for name, aliases in self._options.get("columns", {}).items():
            found = next((known.index(a) for a in map(folded, aliases) if a in known), None)
            if found is not None:
                named = [other if other != name else "" for other in named]
                named[found] = name
        return named

    def row(self, number: int, values: Sequence[Any]) -> None:
        """Add a row as a record or link."""
        self.seen += 1
        if any(value != "" for value in values[self.width :]):
            problem = f"this row has {len(values)} cells, but the header has {self.width}"
            self._add_flaw(problem, number, self.width)
        fields = {
            name: values[index]
            for name, index in self._columns.items()
            if index < len(values) and values[index] != ""
        }
        if self._has_links:
            self._link(number, fields)
            return
        type_ = self._value_of("type", fields) or self._type
        key = self._value_of("key", fields)
        prefix = self._options.get("alias")
        self._found.records.append(
            Record(
                type_,
                key or f"{type_}:{number + 1}",
                fields,
                self._grid.locator(number, self._columns),
                aliases=(f"{prefix}:{key.lower()}",) if prefix and key else (),
                names=tuple(self._names(fields)),
            )
        )

    def _names(self, fields: Mapping[str, Any]) -> Iterator[str]:
        name = self._value_of("by", fields)
        if name:
            path = self._value_of("path", fields)
            yield f"{_unescaped(path)}{_PATH_SEPARATOR}{name}" if path else name
            yield name

    def _link(self, number: int, fields: Mapping[str, Any]) -> None:
        source, target = (self._value_of(end, fields) for end in ("linkSource", "linkTarget"))
        if not source or not target:
            problem = "this link has only one end" if source or target else "this link has no ends"
            self._add_flaw(problem, number, 0)
            return
        if self._options.get("path"):
            source, target = _unescaped(source), _unescaped(target)
        self._found.links.append(
            Link(
                type=self._value_of("linkType", fields) or self._type,
                id=f"{self._type}:{number + 1}",
                source=source,
                target=target,
                locator=self._grid.locator(number, self._columns),
                source_type=self._value_of("linkSourceType", fields),
                target_type=self._value_of("linkTargetType", fields),
            )
        )

    def _value_of(self, option: str, fields: Mapping[str, Any]) -> str:
        """The value of a row in the column that an option names."""
        return str(fields.get(str(self._options.get(option)), ""))

    def _add_flaw(self, problem: str, number: int, column: int) -> None:
        self._found.flaws.append(bad(self._source, problem, *self._grid.cell(number, column)))


def _unescaped(text: str) -> str:
    """A name or path without the backslashes that escape slashes."""
    return _ESCAPED.sub(r"\1", text)


def plain(cell: Any) -> Any:
    """A cell as a YAML value: dates as ISO 8601 text, and text without non-breaking or repeated
    spaces."""
    if isinstance(cell, str):
        return " ".join(cell.replace("\u00a0", " ").split(" ")).strip()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
