"""Rows under a header → records, for whatever holds tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from bizalign_lint.core.types import Source, Span
from bizalign_lint.readers.records import Locator, Read, Record, bad

MAX_ROWS = 200_000
"""So many rows of a table are read."""


class Grid(Protocol):
    """Where the cells of a table stand."""

    def cell(self, row: int, column: int) -> Span:
        """The place of a cell; both numbers count from 0."""

    def locator(self, row: int, columns: Mapping[str, int]) -> Locator:
        """The places of a row's fields."""


def take(
    source: Source,
    type_: str,
    rows: Iterator[tuple[int, Sequence[Any]]],
    options: Mapping[str, Any],
    grid: Grid,
    found: Read,
) -> None:
    """The records of a table; ``rows`` come with their numbers, which count from 0.

    ``header`` among the options is the row with the names of the columns, counting from 1; ``key``
    the column that identifies a row.
    """
    header_row = options.get("header", 1)
    key = options.get("key")
    columns: dict[str, int] = {}
    width = 0
    has_header = False
    seen = 0
    for number, cells in rows:
        values = [plain(cell) for cell in cells]
        if not has_header:
            if number + 1 < header_row or not any(values):
                continue
            has_header = True
            width = len(values)
            for index, name in enumerate(values):
                if name == "":
                    continue
                if str(name) in columns:
                    problem = f"the column {name} is here a second time; the first counts"
                    found.flaws.append(bad(source, problem, grid.cell(number, index)))
                columns.setdefault(str(name), index)
            if key is not None and key not in columns:
                problem = f"there is no column {key}, which is the key of this table"
                found.flaws.append(bad(source, problem, grid.cell(number, 0)))
            continue
        if not any(value != "" for value in values):
            continue
        seen += 1
        if seen > MAX_ROWS:
            problem = f"this table has more than {MAX_ROWS:,} rows; the others are not read"
            found.flaws.append(bad(source, problem, grid.cell(number, 0)))
            return
        if any(value != "" for value in values[width:]):
            problem = f"this row has {len(values)} cells, and the header {width}"
            found.flaws.append(bad(source, problem, grid.cell(number, width)))
        fields = {
            name: values[index]
            for name, index in columns.items()
            if index < len(values) and values[index] != ""
        }
        said = fields.get(key) if key is not None else None
        identity = str(said) if said is not None else f"{type_}:{number + 1}"
        found.records.append(Record(type_, identity, fields, grid.locator(number, columns)))


def plain(cell: Any) -> Any:
    """A cell as YAML would have it: dates as text, and text without spaces that nobody sees."""
    if isinstance(cell, str):
        return " ".join(cell.replace("\u00a0", " ").split(" ")).strip()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
