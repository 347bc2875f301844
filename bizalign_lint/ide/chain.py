"""The neighbourhood of a definition: what leads to it and where it leads, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.core.types import Severity
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.links import Link, incoming, outgoing
from bizalign_lint.ide.nodes import cursor_context, document_at, entity_of
from bizalign_lint.ide.snapshot import Snapshot

_STEPS = 2
_MOST = 10
"""The maximum number of nodes per column."""


class Chain(NamedTuple):
    """The neighbourhood of a definition along the relations that join the kinds."""

    columns: Sequence[Sequence[Node]]
    """The nodes that lead to it, then itself, then the nodes that it leads to."""
    centre: Node
    lines: Sequence[tuple[Node, Node]]
    """Pairs of nodes in the columns, the first of which leads to the second."""
    more: Sequence[int]
    """The number of further nodes of each column that are not shown."""
    worst: dict[Node, Severity]
    """The most severe finding of each node that has any."""


def chain(snapshot: Snapshot, path: str, position: Position) -> Chain | None:
    """The chain of the node that is named at a position, or else of the definition there."""
    centre = _node(snapshot, path, position)
    if centre is None:
        return None
    seen = {centre}
    before = _steps(snapshot, [centre], incoming, seen)
    after = _steps(snapshot, [centre], outgoing, seen)
    columns = [*reversed(before), [centre], *after]
    shown = [column[:_MOST] for column in columns]
    there = {node: number for number, column in enumerate(shown) for node in column}
    lines = [
        (node, link.node)
        for node, number in there.items()
        for link in outgoing(snapshot, node)
        if there.get(link.node, -1) > number
    ]
    return Chain(
        shown,
        centre,
        list(dict.fromkeys(lines)),
        [len(column) - len(few) for column, few in zip(columns, shown, strict=True)],
        _worst(snapshot, there),
    )


def _node(snapshot: Snapshot, path: str, position: Position) -> Node | None:
    found = cursor_context(snapshot, path, position)
    if found is None:
        return None
    if found.node is not None:
        return found.node
    document = document_at(snapshot, path, found.at.number)
    return entity_of(snapshot, document) if document is not None else None


def _steps(
    snapshot: Snapshot,
    start: list[Node],
    follow: Callable[[Snapshot, Node], list[Link]],
    seen: set[Node],
) -> list[list[Node]]:
    """The columns on one side, the nearest first; each node is in only one of them."""
    columns: list[list[Node]] = []
    for _ in range(_STEPS):
        # Only the nodes that are shown are followed.
        found = dict.fromkeys(link.node for node in start for link in follow(snapshot, node))
        start = [node for node in found if node not in seen]
        if not start:
            break
        seen.update(start)
        columns.append(start)
        start = start[:_MOST]
    return columns


def _worst(snapshot: Snapshot, nodes: Iterable[Node]) -> dict[Node, Severity]:
    by_reference = {node.entity.reference: Severity.INFO for node in nodes}
    found: dict[str, Severity] = {}
    for finding in snapshot.findings:
        if finding.entity in by_reference:
            known = found.get(finding.entity, finding.severity)
            found[finding.entity] = min(known, finding.severity, key=lambda s: s.rank)
    return {n: found[n.entity.reference] for n in nodes if n.entity.reference in found}
