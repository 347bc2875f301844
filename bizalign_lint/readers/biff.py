"""The extent of sheets in old workbooks (``.xls``, BIFF8 in a compound file)."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("Workbook", "Book")
_FREE = 0xFFFFFFFA
"""Sector numbers from here on are special values, not sectors."""
_HEADER_FATS = 109
_ENTRY = 128
_MIN_WORKBOOK = 4096
"""Shorter streams are stored elsewhere; no tool writes such short workbooks."""
_BEGIN, _MANY = 0x0809, 0x00BD
_EXTENT, _TEXTS = 0x0200, 0x00FC
_EXTENTS = {10: "<HHHH", 14: "<IIHH"}
"""The layout of a record of a sheet's corners, by its size: first and last row, and column."""
_MIN_TEXT = 3
"""Minimum number of bytes for a text."""
_WRAP = 1 << 32
"""The library computes with corners modulo this."""
_COUNTS = (40, 44, 64)
"""Offsets in the header of the number of sectors of the directory and both kinds of tables."""
_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
"""Types of records for cells with a value; each begins with its row and column."""


def spans(content: bytes) -> Iterator[tuple[int, int]]:
    """The number of rows and columns between the corners of each sheet.

    Raises ValueError or struct.error for a broken file.
    """
    rows: list[int] = []
    columns: list[int] = []
    stream = _workbook(content)
    at = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        at += 4
        if kind == _BEGIN and rows:
            yield max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
            rows, columns = [], []
        if kind == _EXTENT and size in _EXTENTS:
            # The library allocates memory for this extent, whatever cells exist.
            top, bottom, left, right = unpack_from(_EXTENTS[size], stream, at)
            yield (bottom - top) % _WRAP, (right - left) % _WRAP
        if kind == _TEXTS and size >= 8:
            (texts,) = unpack_from("<I", stream, at + 4)
            if texts * _MIN_TEXT > len(stream):
                raise ValueError("it claims more texts than fit into it")
        if kind in _CELLS and size >= 6:
            row, column = unpack_from("<HH", stream, at)
            rows.append(row)
            columns.append(column)
            if kind == _MANY:
                columns += unpack_from("<H", stream, at + size - 2)
        at += size
    if rows:
        yield max(rows) - min(rows) + 1, max(columns) - min(columns) + 1


def _workbook(content: bytes) -> bytes:
    """The content of the workbook's stream. Raises ValueError."""
    (shift,) = unpack_from("<H", content, 30)
    if shift not in (9, 12):
        raise ValueError("its sector size is invalid")
    size = 1 << shift
    for place in _COUNTS:
        (count,) = unpack_from("<I", content, place)
        if count * size > len(content):
            raise ValueError("it is shorter than its header says")
    tables = list(unpack_from(f"<{_HEADER_FATS}I", content, 76))
    (more,) = unpack_from("<I", content, 68)
    seen: set[int] = set()
    while more < _FREE and more not in seen:
        seen.add(more)
        *numbers, more = unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        tables += numbers
    next_sectors: list[int] = []
    for table in tables:
        if table < _FREE:
            next_sectors += unpack_from(f"<{size // 4}I", content, (table + 1) * size)
    (first,) = unpack_from("<I", content, 48)
    directory = _chain(content, first, next_sectors, size)
    (small,) = unpack_from("<I", content, 60)
    _chain(content, small, next_sectors, size)
    found: bytes | None = None
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        start, held, more = unpack_from("<III", directory, at + 116)
        if held > len(content) or (more and size > 512):
            raise ValueError("it is shorter than its header says")
        stream = _chain(content, start, next_sectors, size)[:held]
        if name in _NAMES and found is None:
            if held < _MIN_WORKBOOK:
                raise ValueError("its workbook is too short")
            found = stream
    if found is None:
        raise ValueError("it contains no workbook")
    return found


def _chain(content: bytes, number: int, next_sectors: list[int], size: int) -> bytes:
    """The contents of a chain of sectors. Raises ValueError for a cycle, which the library would
    follow."""
    parts: list[bytes] = []
    while number < len(next_sectors):
        if len(parts) > len(next_sectors):
            raise ValueError("its sectors form a cycle")
        part = content[(number + 1) * size : (number + 2) * size]
        if len(part) < size:
            raise ValueError("it is truncated")
        parts.append(part)
        number = next_sectors[number]
    return b"".join(parts)
