"""The comments of a file → what each of them is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Document, Pointer
from bizalign_lint.graph.nodes import Node
from bizalign_lint.parsing.positions import extent
from bizalign_lint.parsing.yaml.comments import Comment


class _Extent(NamedTuple):
    """Where a nested definition is."""

    node: Node
    first: int
    """The line it begins on."""
    last: int
    """The last line on which there is more of it than comments."""
    column: int
    """From which column on a line is indented into it."""
    opens_line: bool
    """Whether nothing but the dash of a list is before it."""


class Scope:
    """What the comments of a file are about.

    At the end of a line that is the innermost nested definition there; on a line of its own the one
    that begins right below, or the one above into whose mapping the comment is indented. Neither is
    about siblings. Where there is no nested definition, it is the whole definition.
    """

    def __init__(self, lines: Lines, comments: Collection[Comment]) -> None:
        self._lines = lines
        self._alone = {c.line for c in comments if not lines.text(c.line)[: c.column - 1].strip()}
        count = lines.span(len(lines.all), len(lines.all)).line
        self._filled = [
            n for n in range(1, count + 1) if n not in self._alone and lines.text(n).strip()
        ]

    def about(
        self, document: Document, nested: Iterable[Node], comments: Sequence[Comment]
    ) -> Mapping[int, tuple[Node, ...]]:
        """By the lines of some comments in a definition: the nested ones that each is about.

        Where it is none of them, the line is missing.
        """
        asked = [comment.line for comment in comments]
        around: dict[int, list[_Extent]] = {}
        opening: dict[int, list[_Extent]] = {}
        ending: dict[int, list[_Extent]] = {}
        for stretch in (self._extent(document, node) for node in nested):
            start, end = bisect_left(asked, stretch.first), bisect_right(asked, stretch.last)
            for line in asked[start:end]:
                around.setdefault(line, []).append(stretch)
            ending.setdefault(stretch.last, []).append(stretch)
            if stretch.opens_line:
                opening.setdefault(stretch.first, []).append(stretch)
        found = {}
        for comment in comments:
            if comment.line in self._alone:
                position = bisect_left(self._filled, comment.line)
                above = self._filled[position - 1] if position else 0
                below = self._filled[position] if position < len(self._filled) else 0
                chosen = (
                    _deepest(s for s in ending.get(above, ()) if s.column <= comment.column)
                    or _outermost(opening.get(below, ()))
                    or _innermost(around.get(comment.line, ()))
                )
            else:
                chosen = _innermost(around.get(comment.line, ()))
            if chosen:
                found[comment.line] = chosen
        return found

    def _extent(self, document: Document, node: Node) -> _Extent:
        span = extent(document, node.pointer)
        # The stretch of a block reaches to what follows, with the comments before that.
        last = self._filled[max(bisect_right(self._filled, span.end_line) - 1, 0)]
        before = self._lines.text(span.line)[: span.column - 1]
        in_list = isinstance(node.pointer[-1], int)
        column = span.column if in_list else span.column + 1
        return _Extent(
            node,
            first=span.line,
            last=max(last, span.line),
            column=column,
            opens_line=not before.strip(" \t-"),
        )


def _innermost(found: Iterable[_Extent]) -> tuple[Node, ...]:
    """Those that hold none of the others."""
    nodes = [stretch.node for stretch in found]
    if len(nodes) < 2:
        return tuple(nodes)
    holders = {holder for node in nodes for holder in _holders(node.pointer)}
    return tuple(node for node in nodes if node.pointer not in holders)


def _outermost(found: Iterable[_Extent]) -> tuple[Node, ...]:
    """The one that holds all the others."""
    return tuple(sorted((s.node for s in found), key=lambda node: len(node.pointer))[:1])


def _deepest(found: Iterable[_Extent]) -> tuple[Node, ...]:
    """The one that is indented most."""
    return tuple(s.node for s in sorted(found, key=lambda s: -s.column)[:1])


def _holders(pointer: Pointer) -> Iterable[Pointer]:
    return (pointer[:end] for end in range(len(pointer)))
