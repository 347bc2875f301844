"""The rows of a query as a table, CSV or JSON (version 1); impact and paths as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from bizalign_lint.core.words import counted
from bizalign_lint.graph.nodes import Node
from bizalign_lint.questions.hops import Hop
from bizalign_lint.questions.query import Row
from bizalign_lint.questions.reach import Reached
from bizalign_lint.questions.render import VERSION
from bizalign_lint.reporters.glyphs import clean, width
from bizalign_lint.reporters.json import document
from bizalign_lint.reporters.view import View
from bizalign_lint.reporters.worklist import harmless
from bizalign_lint.rules.explained.shown import shown


def render(format_: str, select: Sequence[str], rows: Sequence[Row], view: View) -> Iterator[str]:
    """The rows of a query in a format: ``table``, ``csv`` or ``json``; a column for each path."""
    match format_:
        case "table":
            yield from _table(select, rows, view)
        case "csv":
            yield _csv(select, [row.values for row in rows])
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


def impact_csv(found: Sequence[Reached]) -> Iterator[str]:
    """The nodes that depend on a node as CSV, one row each, with the path to it."""
    rows: list[list[list[Any]]] = [
        [[one.distance], [one.node.reference], [one.node.title], [_path(one.way)]] for one in found
    ]
    yield _csv(("distance", "definition", "title", "path"), rows)


def paths_csv(found: Sequence[tuple[Hop, ...]]) -> Iterator[str]:
    """The paths from one node to another as CSV, one row for each step."""
    rows: list[list[list[Any]]] = [
        [[number], [_path(way[: at + 1])], [hop.node.reference], [hop.node.title]]
        for number, way in enumerate(found, 1)
        for at, hop in enumerate(way)
    ]
    yield _csv(("way", "path", "definition", "title"), rows)


def _path(way: Sequence[Hop]) -> str:
    return "/".join(hop.step for hop in way)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Sequence[Any]]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(harmless(", ".join(map(_whole, values))) for values in row)
    return text.getvalue()


def _whole(value: Any) -> str:
    """A value as text in full length, with control characters made visible."""
    text = value if isinstance(value, str) else shown(value)
    return "\n".join(map(clean, text.split("\n")))


def _object(select: Sequence[str], row: Row) -> dict[str, Any]:
    values = {
        name: [value.reference if isinstance(value, Node) else value for value in found]
        for name, found in zip(select, row.values, strict=True)
    }
    return {"entity": row.node.reference, "values": values}
