"""The sheets of old workbooks (``.xls``, BIFF8 in a compound file), as far as their extent."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("Workbook", "Book")
_FREE = 0xFFFFFFFA
"""Numbers of sectors from here on mean none."""
_HEADER_FATS = 109
_ENTRY = 128
_SMALLEST = 4096
"""Shorter streams are kept elsewhere; no tool writes a workbook so short."""
_BEGIN, _MANY = 0x0809, 0x00BD
_EXTENT, _TEXTS = 0x0200, 0x00FC
_EXTENTS = {10: "<HHHH", 14: "<IIHH"}
"""How a record says the corners of a sheet, by its length: first and last row, and column."""
_SHORTEST = 3
"""So many bytes a text takes."""
_WRAP = 1 << 32
"""What reads the corners of a sheet counts modulo this."""
_COUNTS = (40, 44, 64)
"""Where the header says how many sectors the directory and both sorts of tables take."""
_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
"""Records of cells with a value; each begins with its row and column."""


def spans(content: bytes) -> Iterator[tuple[int, int]]:
    """Of each sheet how many rows and columns lie between its corners.

    Raises ValueError or struct.error for a file that is broken.
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
            # Room is made for what it says, whatever cells there are.
            top, bottom, left, right = unpack_from(_EXTENTS[size], stream, at)
            yield (bottom - top) % _WRAP, (right - left) % _WRAP
        if kind == _TEXTS and size >= 8:
            (texts,) = unpack_from("<I", stream, at + 4)
            if texts * _SHORTEST > len(stream):
                raise ValueError("it says that it has more texts than there is room for")
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
    """The stream that holds the workbook."""
    (shift,) = unpack_from("<H", content, 30)
    if shift not in (9, 12):
        raise ValueError("its sectors have a size that none has")
    size = 1 << shift
    for place in _COUNTS:
        (count,) = unpack_from("<I", content, place)
        if count * size > len(content):
            raise ValueError("it says that it is longer than it is")
    tables = list(unpack_from(f"<{_HEADER_FATS}I", content, 76))
    (more,) = unpack_from("<I", content, 68)
    seen: set[int] = set()
    while more < _FREE and more not in seen:
        seen.add(more)
        *numbers, more = unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        tables += numbers
    follows: list[int] = []
    for table in tables:
        if table < _FREE:
            follows += unpack_from(f"<{size // 4}I", content, (table + 1) * size)
    (first,) = unpack_from("<I", content, 48)
    directory = _chain(content, first, follows, size)
    (small,) = unpack_from("<I", content, 60)
    _chain(content, small, follows, size)
    found: bytes | None = None
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        start, held, more = unpack_from("<III", directory, at + 116)
        if held > len(content) or (more and size > 512):
            raise ValueError("it says that it is longer than it is")
        stream = _chain(content, start, follows, size)[:held]
        if name in _NAMES and found is None:
            if held < _SMALLEST:
                raise ValueError("its workbook is shorter than any")
            found = stream
    if found is None:
        raise ValueError("there is no workbook in it")
    return found


def _chain(content: bytes, number: int, follows: list[int], size: int) -> bytes:
    """The sectors that follow each other from one on; what reads them next would follow a ring."""
    parts: list[bytes] = []
    while number < len(follows):
        if len(parts) > len(follows):
            raise ValueError("its sectors follow each other in a ring")
        part = content[(number + 1) * size : (number + 2) * size]
        if len(part) < size:
            raise ValueError("it ends too soon")
        parts.append(part)
        number = follows[number]
    return b"".join(parts)
