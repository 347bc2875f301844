"""The matrix of rows and columns, in a block for each outermost row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.plan import Matrix
from bizalign_lint.report_page.reader import Mention, Reader, title

_MOST_CELLS = 2500
"""The most cells of a table; a larger block is shown as lists."""


class Line(NamedTuple):
    """One row of a block."""

    row: Mention
    cells: Sequence[str]
    """The phase for each column: ``-`` if it is not known, empty if the row has no relation."""
    listed: Sequence[Mention]
    """The columns that the row is related to."""


class Block(NamedTuple):
    """The rows below an outermost one, with the columns that they need."""

    title: str
    columns: Sequence[Mention]
    lines: Sequence[Line]
    as_table: bool


class Grid(NamedTuple):
    """The whole matrix."""

    blocks: Sequence[Block]
    phases: Sequence[str]
    idle: Sequence[Mention]
    """The columns that no row is related to."""
    bare: int
    """The number of rows without a column, not counting those with rows below them."""


def draw(reader: Reader, plan: Matrix) -> Grid:
    """The matrix of a model."""
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
