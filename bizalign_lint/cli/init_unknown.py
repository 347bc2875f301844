"""How to describe the columns of a table that no shipped mapping knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bizalign_lint.cli.init_files import entry
from bizalign_lint.cli.init_sources import Proposal, plain_lists
from bizalign_lint.cli.init_tables import column_of_names
from bizalign_lint.core.types import Source
from bizalign_lint.core.words import counted, first_of
from bizalign_lint.readers import formats

_MOST_TABLES = 5
_MOST_COLUMNS = 12


class Table(NamedTuple):
    """A table of which only its owner knows what it means."""

    path: str
    columns: tuple[str, ...]
    """Those of its first sheet, from left to right; none if it cannot be read."""
    readings: tuple[Proposal, ...]
    """How each shipped mapping of plain lists would read it, if its rows are such things."""


def look(source: Source) -> Table:
    """The columns of a table, and how it may be read."""
    records = formats.find("tables").read(source, {}).records
    sheet = [record for record in records if record.type == records[0].type]
    columns = (*dict.fromkeys(name for record in sheet for name in record.fields),)
    if not columns:
        return Table(source.path, (), ())
    called = (column_of_names(sheet) or columns[0],)
    readings = (
        Proposal((source.path,), name, ((wanted, called),)) for name, wanted in plain_lists()
    )
    return Table(source.path, columns, (*readings,))


def told(tables: Sequence[Table]) -> Iterator[str]:
    """What to say of some tables, and of the first that can be read what to write."""
    for table in tables[:_MOST_TABLES]:
        columns = f": {first_of(table.columns, _MOST_COLUMNS)}" if table.columns else ""
        yield f"found {table.path}, whose columns no mapping knows{columns}"
    if len(tables) > _MOST_TABLES:
        yield f"… and {counted(len(tables) - _MOST_TABLES, 'more table')}"
    first = next((table for table in tables if table.readings), None)
    if first is not None:
        yield f"say in .bizalign.yaml what the rows of {first.path} are, by the line that fits:"
        yield "    sources:"
        for reading in first.readings:
            yield f"    {entry(reading)}".rstrip("\n")
    if tables:
        yield "any other table needs a mapping of your own: docs/sources.md says how"
