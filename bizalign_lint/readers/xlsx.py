"""Workbooks (``.xlsx``, ``.xls``, ``.ods``); each row of each sheet is a record.

A place in a workbook is the number of the row, as a line, and that of the column.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.readers.archives import BROKEN
from bizalign_lint.readers.records import Format, Locator, Read, bad, by_itself, no_aliases
from bizalign_lint.readers.table import take

_ZIP = b"PK\x03\x04"
_MOST_UNPACKED = 20 * MAX_BYTES
_MISSING = "this workbook needs python-calamine: pip install 'bizalign-lint[xlsx]'"


class SheetLocator:
    """The places in one row."""

    __slots__ = ("_columns", "_row")

    def __init__(self, row: int, columns: Mapping[str, int]) -> None:
        self._row = row
        self._columns = columns

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The cell of a column; for any other field the first cell."""
        del key
        column = self._columns.get(str(pointer[0]), 0) if pointer else 0
        return Span(self._row + 1, column + 1, self._row + 1, column + 2)

    def extent(self, pointer: Pointer) -> Span:
        """The cell of a column, or the row."""
        return self.locate(pointer, False)


class _Sheet:
    def cell(self, row: int, column: int) -> Span:
        return SheetLocator(row, {"": column}).locate(("",), False)

    def locator(self, row: int, columns: Mapping[str, int]) -> Locator:
        return SheetLocator(row, columns)


def read(source: Source, options: Mapping[str, Any]) -> Read:
    """The rows of all sheets, or of the one that the option ``sheet`` names."""
    found = Read()
    if len(source.content) > MAX_BYTES:
        found.flaws.append(bad(source, f"this file has more than {MAX_BYTES:,} bytes; split it"))
        return found
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        found.flaws.append(bad(source, _MISSING))
        return found
    try:
        _check_size(source)
        book = CalamineWorkbook.from_filelike(BytesIO(source.content))
        names = [n for n in book.sheet_names if options.get("sheet", n) == n]
        if not names:
            known = ", ".join(book.sheet_names)
            problem = f"there is no sheet {options.get('sheet')}; there are {known}"
            found.flaws.append(bad(source, problem))
        for name in names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            take(source, name, iter(enumerate(rows)), options, _Sheet(), found)
    except (CalamineError, *BROKEN) as error:
        found.flaws.append(bad(source, f"this workbook cannot be opened: {error}"))
    return found


def _check_size(source: Source) -> None:
    """Raise ValueError for an archive that would unpack to more than anybody writes."""
    if not source.content.startswith(_ZIP):
        return
    with ZipFile(BytesIO(source.content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise ValueError(f"it unpacks to more than {_MOST_UNPACKED:,} bytes")


FORMAT = Format(read, by_itself, no_aliases)
