"""The register: a table of definitions, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.report_page.known import Known, tone_of
from bizalign_lint.report_page.plan import Register
from bizalign_lint.report_page.reader import Mention, Reader, title

_MOST = 500


class Entry(NamedTuple):
    """The row of one definition."""

    date: str
    title: str
    status: str
    binds: bool
    """Whether it is in force, so that an empty cell is shown as a gap."""
    cells: Sequence[Sequence[Mention]]
    tone: str
    found: int


class Table(NamedTuple):
    """The whole table, and the number of rows left out."""

    heads: Sequence[str]
    entries: Sequence[Entry]
    more: int


def draw(reader: Reader, plan: Register, known: Known) -> Table:
    """The register of a model."""
    entries = []
    for node in reader.of_kind(plan.kind):
        found = known.of([node])
        entries.append(
            Entry(
                date=reader.text(node, plan.date) or reader.text(node, plan.otherwise),
                title=title(node),
                status=reader.word(node, plan.status),
                binds=reader.text(node, plan.status) in plan.binding,
                cells=[
                    [reader.mention(one, column.note) for one in reader.nodes(node, column.path)]
                    for column in plan.columns
                ],
                tone=tone_of(found),
                found=len(found),
            )
        )
    entries.sort(key=lambda entry: entry.date, reverse=True)
    heads = [column.words for column in plan.columns]
    return Table(heads, entries[:_MOST], max(0, len(entries) - _MOST))
