"""Tables as the sheets of a workbook (ISO/IEC 29500)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

from bizalign_lint.core.errors import UsageError
from bizalign_lint.exporters.tables import Table

_MISSING = "this needs XlsxWriter"
_INSTALL = "install bizalign-lint with its extra xlsx"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # XlsxWriter takes no time zone; constant, for equal files
_FIRST = "1900-03-01"
"""The first day whose number in a workbook is right: Excel takes 1900 for a leap year."""
_LONGEST, _MOST_ROWS, _LONGEST_NAME = 32_767, 1_048_576, 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")


class Workbook(NamedTuple):
    """The bytes of a workbook, and the count of what it cannot hold."""

    content: bytes
    left_out: Counter[str]


def workbook(tables: Iterable[Table]) -> Workbook:
    """A workbook with a sheet for each table. Raises UsageError without XlsxWriter."""
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError(_MISSING, hint=_INSTALL) from None
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": _CREATED})
    sheet = _Sheets(book, book.add_format({"bold": True}), book.add_format({"text_wrap": True}))
    for table in tables:
        sheet.add(table)
    book.close()
    return Workbook(out.getvalue(), sheet.left_out)


class _Sheets:
    def __init__(self, book: Any, bold: Any, wrapped: Any) -> None:
        self.left_out: Counter[str] = Counter()
        self._book = book
        self._bold = bold
        self._wrapped = wrapped
        self._names: set[str] = set()

    def add(self, table: Table) -> None:
        """Add a sheet."""
        sheet = self._book.add_worksheet(self._name(table.name))
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.header):
            sheet.write_string(0, column, name, self._bold)
        rows = table.rows[: _MOST_ROWS - 1]
        if len(rows) < len(table.rows):
            why = f"row of {table.name}: a sheet has at most {_MOST_ROWS:,}"
            self.left_out[why] += len(table.rows) - len(rows)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell, column in table.dates)
        if table.header:
            sheet.autofilter(0, 0, len(rows), len(table.header) - 1)
            sheet.set_column(0, len(table.header) - 1, 18)

    def _name(self, wanted: str) -> str:
        """A valid sheet name that no other sheet has."""
        wanted = _NOT_IN_NAMES.sub("-", wanted[:_LONGEST_NAME])
        name, turn = wanted, 1
        while name.lower() in self._names:
            turn += 1
            name = f"{wanted[: _LONGEST_NAME - 4]}~{turn}"
        self._names.add(name.lower())
        return name

    def _write(self, sheet: Any, row: int, column: int, cell: Any, is_day: bool) -> None:
        if cell == "":
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell)
        elif is_day and (day := _day(cell)) is not None:
            sheet.write_datetime(row, column, day)
        else:
            if len(cell) > _LONGEST:
                self.left_out[f"end of a text: a cell has at most {_LONGEST:,} characters"] += 1
                cell = cell[:_LONGEST]
            sheet.write_string(row, column, cell, self._wrapped if "\n" in cell else None)


def _day(text: str) -> date | None:
    """The date in a text; None if it is none, or one that a workbook cannot hold."""
    try:
        return date.fromisoformat(text) if text >= _FIRST else None
    except ValueError:
        return None
