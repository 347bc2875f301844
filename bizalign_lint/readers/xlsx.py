"""Workbooks (``.xlsx``, ``.xls``, ``.ods``); each row of each sheet is a record, or a link.

A place in a workbook is a span, of which the line is the row, and the name of the cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.readers.archives import BROKEN
from bizalign_lint.readers.extent import check_extent
from bizalign_lint.readers.records import Format, Locator, Read, bad, by_itself, too_large
from bizalign_lint.readers.table import add_table

_MISSING = "this workbook needs python-calamine: install bizalign-lint with its extra xlsx"
_PANIC = "PanicException"
"""The class for bugs in the library; it is no Exception, and so not caught as one."""

Rows = Sequence[Sequence[Any]]


class SheetLocator(Locator):
    """The places in one row."""

    __slots__ = ("_columns", "_row", "_sheet")

    def __init__(self, sheet: str, row: int, columns: Mapping[str, int]) -> None:
        self._sheet = sheet
        self._row = row
        self._columns = columns

    def locate(self, pointer: Pointer, _key: bool, /) -> Span:
        """The cell of a column; for any other field, the first cell."""
        column = self._column(pointer)
        return Span(self._row + 1, column + 1, self._row + 1, column + 2)

    def cell(self, pointer: Pointer) -> str:
        """Sheet and cell in the notation of formulas."""
        letters, rest = "", self._column(pointer) + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{self._sheet}!{letters}{self._row + 1}"

    def _column(self, pointer: Pointer) -> int:
        return self._columns.get(str(pointer[0]), 0) if pointer else 0


class _Sheet:
    def __init__(self, name: str) -> None:
        self._name = name

    def cell(self, row: int, column: int) -> tuple[Span, str]:
        locator = SheetLocator(self._name, row, {"": column})
        return locator.locate(("",), False), locator.cell(("",))

    def locator(self, row: int, columns: Mapping[str, int]) -> Locator:
        return SheetLocator(self._name, row, columns)


def read(source: Source, options: Mapping[str, Any]) -> Read:
    """The rows of all sheets except those in option ``leave``, or only of the one in ``sheet``."""
    found = Read(flaws=too_large(source))
    if found.flaws:
        return found
    try:
        import python_calamine
    except ImportError:
        found.flaws.append(bad(source, _MISSING))
        return found
    try:
        check_extent(source.content)
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(source.content))
        names = _selected(book.sheet_names, options)
        if not names:
            known = ", ".join(book.sheet_names)
            problem = f"unknown sheet {options.get('sheet')}; known: {known}"
            found.flaws.append(bad(source, problem))
        for name in names:
            sheet = book.get_sheet_by_name(name)
            indent = [""] * (sheet.start[1] if sheet.start is not None else 0)
            rows = ([*indent, *row] for row in sheet.iter_rows())
            add_table(source, name, enumerate(rows), options, _Sheet(name), found)
    except (python_calamine.CalamineError, *BROKEN) as error:
        found.flaws.append(bad(source, f"this workbook cannot be opened: {error}"))
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        found.flaws.append(bad(source, "this workbook cannot be opened: it is broken"))
    return found


def of_tables(source: Source, tables: Mapping[str, Rows], options: Mapping[str, Any]) -> Read:
    """The records of sheets that are given as rows."""
    found = Read()
    for name in _selected(list(tables), options):
        add_table(source, name, iter(enumerate(tables[name])), options, _Sheet(name), found)
    return found


def _selected(names: Sequence[str], options: Mapping[str, Any]) -> Sequence[str]:
    left = options.get("leave", ())
    return [name for name in names if options.get("sheet", name) == name and name not in left]


FORMAT = Format(read, by_itself, of_tables=of_tables, of_rows=True)
