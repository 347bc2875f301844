"""The comments of a file → the nested definitions each of them applies to."""

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
    """The lines and indentation of a nested definition."""

    node: Node
    first: int
    """Its first line."""
    last: int
    """Its last line that is not a comment."""
    column: int
    """The column from which a line counts as indented into it."""
    opens_line: bool
    """Whether only list dashes precede it on its first line."""


class Scope:
    """Finds which nested definitions the comments of a file apply to.

    A comment at the end of a line applies to the innermost nested definition there. One on its own
    line applies to the nested definition that begins directly below, or to the one above if the
    comment is indented into it. Without a nested definition, it applies to the whole document.
    """

    def __init__(self, lines: Lines, comments: Collection[Comment]) -> None:
        self._lines = lines
        self._comment_lines = {
            c.line for c in comments if not lines.text(c.line)[: c.column - 1].strip()
        }
        count = lines.span(len(lines.all), len(lines.all)).line
        self._content_lines = [
            n for n in range(1, count + 1) if n not in self._comment_lines and lines.text(n).strip()
        ]

    def about(
        self, document: Document, nested: Iterable[Node], comments: Sequence[Comment]
    ) -> Mapping[int, tuple[Node, ...]]:
        """The nested definitions that each of a document's comments applies to, by line.

        A comment that applies to the whole document is not in the result.
        """
        asked = [comment.line for comment in comments]
        around: dict[int, list[_Extent]] = {}
        opening: dict[int, list[_Extent]] = {}
        ending: dict[int, list[_Extent]] = {}
        for block in (self._extent(document, node) for node in nested):
            start, end = bisect_left(asked, block.first), bisect_right(asked, block.last)
            for line in asked[start:end]:
                around.setdefault(line, []).append(block)
            ending.setdefault(block.last, []).append(block)
            if block.opens_line:
                opening.setdefault(block.first, []).append(block)
        found = {}
        for comment in comments:
            if comment.line in self._comment_lines:
                position = bisect_left(self._content_lines, comment.line)
                above = self._content_lines[position - 1] if position else 0
                below = self._content_lines[position] if position < len(self._content_lines) else 0
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
        # The extent of a block includes the comments up to the next content.
        last = self._content_lines[bisect_right(self._content_lines, span.end_line) - 1]
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
    """The nodes that contain none of the others."""
    nodes = [block.node for block in found]
    ancestors = {ancestor for node in nodes for ancestor in _ancestors(node.pointer)}
    return tuple(node for node in nodes if node.pointer not in ancestors)


def _outermost(found: Iterable[_Extent]) -> tuple[Node, ...]:
    """The node that contains all others, if any."""
    return tuple(sorted((s.node for s in found), key=lambda node: len(node.pointer))[:1])


def _deepest(found: Iterable[_Extent]) -> tuple[Node, ...]:
    """The most indented node, if any."""
    return tuple(s.node for s in sorted(found, key=lambda s: -s.column)[:1])


def _ancestors(pointer: Pointer) -> Iterable[Pointer]:
    return (pointer[:end] for end in range(len(pointer)))
