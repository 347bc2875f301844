"""Tables as comma-separated values or workbooks, detected from the content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizalign_lint.core.types import Source
from bizalign_lint.readers import csv, xlsx
from bizalign_lint.readers.biff import MAGIC
from bizalign_lint.readers.records import Format, Read, by_itself

_WORKBOOKS = (b"PK\x03\x04", MAGIC)


def read(source: Source, options: Mapping[str, Any]) -> Read:
    """The rows of a file, as ``csv`` or ``xlsx`` reads them."""
    if source.content.startswith(_WORKBOOKS):
        return xlsx.read(source, options)
    return csv.read(source, options)


FORMAT = Format(read, by_itself, of_tables=xlsx.of_tables, of_rows=True)
