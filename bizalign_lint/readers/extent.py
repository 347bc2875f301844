"""Checks the extent of a workbook's sheets before a library allocates memory for all of it."""

from __future__ import annotations

import re
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile

from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.readers import biff

_ZIP = b"PK\x03\x04"
_MAX_UNPACKED = 20 * MAX_BYTES
_MAX_CELLS = 4_000_000
"""Maximum number of cells that a sheet may span, including empty ones."""
_ASSUMED_COLUMNS = 500
"""Number of columns assumed for cells without a place."""
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s+[\w:]+\s*=\s*\"[^\"<>]*\")*\s*/>")
_PLACE = re.compile(rb"[\s\"']r\s*=\s*[\"']([^\"']*)")
_NAME = re.compile(rb"([A-Za-z]{0,20})([0-9]{1,20})")
_BINARY = "xl/workbook.bin"
_SHEET = b"sheetData"
_TABLES = "content.xml"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "


def check_extent(content: bytes) -> None:
    """Raise ValueError for a workbook that would need an unreasonable amount of memory."""
    if content.startswith(biff.MAGIC):
        for rows, columns in biff.spans(content):
            _refuse(rows * columns)
    if not content.startswith(_ZIP):
        return
    with ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
            raise ValueError(f"it unpacks to more than {_MAX_UNPACKED:,} bytes")
        for name in archive.namelist():
            if name == _BINARY:
                raise ValueError("it is a binary workbook (.xlsb); save it as .xlsx")
            if name == _TABLES:
                _Tables().check(archive.read(name))
            elif name.endswith(".xml"):
                _check_sheet(archive.read(name))


def _check_sheet(xml: bytes) -> None:
    """Check the extent of an Excel sheet, without its empty cells. Raises ValueError."""
    if _SHEET not in xml:
        return
    xml = _EMPTY_CELL.sub(b"", xml)
    rows: list[int] = []
    columns: list[int] = []
    for place in _PLACE.findall(xml):
        name = _NAME.fullmatch(place)
        row = int(name[2]) if name is not None else 0
        if name is None or not row:
            # No tool writes such cells; the library may handle them in unknown ways.
            raise ValueError("a sheet has a cell with an invalid place")
        if name[1]:
            rows.append(row)
            columns.append(_number(name[1]))
    cells = sum(1 for _ in _ANY_CELL.finditer(xml))
    if cells > len(columns):
        # A cell without a place follows another one, in a row that may have a number.
        rows += [1, cells, *(int(place) for place in _PLACE.findall(xml) if place.isdigit())]
        columns += [1, min(cells, _ASSUMED_COLUMNS)]
    if rows:
        span = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
        _refuse(max(span, max(rows)))


def _number(letters: bytes) -> int:
    """The number of a column: 1 for A."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _refuse(cells: int) -> None:
    if cells > _MAX_CELLS:
        raise ValueError(f"a sheet spans more than {_MAX_CELLS:,} cells, most of them empty")


class _Tables:
    """Counts the cells of an OpenDocument workbook, where one may stand for many equal cells."""

    def __init__(self) -> None:
        self._cells = self._rows = 0
        self._row = self._filled = 0
        self._row_repetitions = 1

    def check(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None

    def _refuse_doctype(self, *_: object) -> None:
        raise ValueError("document types are not allowed")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_SPACE}table":
            self._cells = self._rows = 0
        elif tag == f"{_SPACE}table-row":
            self._row_repetitions = _repetitions(
                attributes.get(f"{_SPACE}number-rows-repeated", "1")
            )
            self._row = self._filled = 0
        elif tag == f"{_SPACE}table-cell":
            self._row += _repetitions(attributes.get(f"{_SPACE}number-columns-repeated", "1"))
            if any(name.endswith(" value-type") for name in attributes):
                self._filled = self._row

    def _end(self, tag: str) -> None:
        if tag == f"{_SPACE}table-row" and self._filled:
            self._rows += self._row_repetitions
            self._cells += self._row_repetitions * self._filled
            _refuse(max(self._cells, self._rows))


def _repetitions(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 1
