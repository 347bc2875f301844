"""Which rows lead to which columns, in a small table for each outermost row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.plan import Matrix
from bizalign_lint.report_page.reader import Mention, Reader, title

_MOST_CELLS = 2500
"""A larger table is shown as lists."""


class Line(NamedTuple):
    """One row: what it is, and a cell for each column."""

    row: Mention
    cells: Sequence[str]
    """By the columns: the phase; ``-`` where that is not known, empty where nothing leads."""
    listed: Sequence[Mention]
    """The same as a list."""


class Block(NamedTuple):
    """The rows below an outermost one."""

    title: str
    columns: Sequence[Mention]
    lines: Sequence[Line]
    as_table: bool


class Grid(NamedTuple):
    """All blocks."""

    blocks: Sequence[Block]
    phases: Sequence[str]
    idle: Sequence[Mention]
    """Columns that no row leads to."""
    bare: int
    """How many rows lead to nothing."""


def draw(reader: Reader, plan: Matrix) -> Grid:
    """The matrix in blocks."""
    rows: dict[Node, list[Node]] = {}
    inner = {
        above for node in reader.of_kind(plan.rows.kind) for above in _above(reader, plan, node)
    }
    bare = 0
    used: set[Node] = set()
    for node in reader.of_kind(plan.rows.kind):
        columns = reader.nodes(node, plan.rows.path)
        bare += not columns and node not in inner
        used.update(columns)
        if columns:
            rows.setdefault(_outermost(reader, plan, node), []).append(node)
    blocks = [_block(reader, plan, top, rows[top]) for top in rows]
    idle = [n for n in reader.of_kind(plan.columns.kind) if n not in used]
    return Grid(
        blocks,
        reader.choices(plan.columns.kind, plan.columns.path),
        [reader.mention(node, plan.columns.path) for node in idle],
        bare,
    )


def _above(reader: Reader, plan: Matrix, node: Node) -> list[Node]:
    return reader.nodes(node, plan.rows.above)[:1]


def _outermost(reader: Reader, plan: Matrix, node: Node) -> Node:
    seen = {node}
    while (above := _above(reader, plan, node)) and above[0] not in seen:
        node = above[0]
        seen.add(node)
    return node


def _block(reader: Reader, plan: Matrix, top: Node, rows: Sequence[Node]) -> Block:
    leads = {row: reader.nodes(row, plan.rows.path) for row in rows}
    columns = list(dict.fromkeys(column for row in rows for column in leads[row]))
    phases = {column: reader.text(column, plan.columns.path) or "-" for column in columns}
    as_table = len(columns) * len(rows) <= _MOST_CELLS
    return Block(
        title(top),
        [reader.mention(column, plan.columns.path) for column in columns],
        [
            Line(
                reader.mention(row),
                [phases[c] if c in leads[row] else "" for c in columns] if as_table else (),
                [reader.mention(column, plan.columns.path) for column in leads[row]],
            )
            for row in rows
        ],
        as_table,
    )
