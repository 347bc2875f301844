"""Rows of a query as a table, as CSV, or as version 1 of their JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from bizalign_lint.graph.nodes import Node
from bizalign_lint.questions.query import Row
from bizalign_lint.questions.render import VERSION
from bizalign_lint.reporters.glyphs import clean, width
from bizalign_lint.reporters.json import document
from bizalign_lint.reporters.view import View, counted
from bizalign_lint.reporters.worklist import harmless
from bizalign_lint.rules.explained.shown import shown


def render(format_: str, select: Sequence[str], rows: Sequence[Row], view: View) -> Iterator[str]:
    """The rows in a format, a column for each path."""
    match format_:
        case "table":
            yield from _table(select, rows, view)
        case "csv":
            yield _csv(select, rows)
        case _:
            yield document(
                VERSION, {"columns": [*select], "rows": [_object(select, row) for row in rows]}
            )


def _cell(values: Sequence[Any]) -> str:
    return ", ".join(shown(value) for value in values)


def _table(select: Sequence[str], rows: Sequence[Row], view: View) -> Iterator[str]:
    cells = [[clean(_cell(values)) for values in row.values] for row in rows]
    rooms = [
        max(width(text) for text in (name, *(line[at] for line in cells)))
        for at, name in enumerate(select)
    ]
    yield view.style("strong", _line(select, rooms)) + "\n"
    yield from (_line(line, rooms) + "\n" for line in cells)
    yield view.style("faint", counted(len(rows), "definition")) + "\n"


def _line(cells: Sequence[str], rooms: Sequence[int]) -> str:
    padded = (f"{cell}{'':{room - width(cell)}}" for cell, room in zip(cells, rooms, strict=True))
    return "  ".join(padded).rstrip()


def _csv(select: Sequence[str], rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(select)
    for row in rows:
        writer.writerow(harmless(", ".join(map(_whole, values))) for values in row.values)
    return text.getvalue()


def _whole(value: Any) -> str:
    """A value that is not cut, however long it is; control characters are shown."""
    text = value if isinstance(value, str) else shown(value)
    return "\n".join(map(clean, text.split("\n")))


def _object(select: Sequence[str], row: Row) -> dict[str, Any]:
    values = {
        name: [value.reference if isinstance(value, Node) else value for value in found]
        for name, found in zip(select, row.values, strict=True)
    }
    return {"entity": row.node.reference, "values": values}
