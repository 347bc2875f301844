"""Tables as comma-separated values (RFC 4180), in UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
from io import StringIO

from bizalign_lint.exporters.tables import Table

SUFFIX = ".csv"
_MARK = "\ufeff"
"""Without it, Excel does not recognise UTF-8."""


def text(table: Table) -> str:
    """A table as the text of a CSV file."""
    out = StringIO()
    out.write(_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.header)
    for row in table.rows:
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: object) -> object:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
