"""Places → positions in the text, computed only for what is reported.

The exact YAML parser is imported when the first place is located, as most runs report nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bizalign_lint.core.types import Document, Location, Place, Pointer, Source, Span

if TYPE_CHECKING:
    from bizalign_lint.core.lines import Lines
    from bizalign_lint.parsing.yaml.nodes import Node
    from bizalign_lint.parsing.yaml.stream import Stream
    from bizalign_lint.parsing.yaml.walk import Found

_ANCHOR = re.compile(r"&[^\s,\[\]{}]*")
_ARCHIVE = b"PK\x03\x04"
_START = Span(1, 1, 1, 2)


def locate(place: Place) -> Span:
    """The span to report for a place, within one line.

    For a block it is the key, for a missing value the nearest ancestor, and for a value from an
    alias or merge key the alias (``anchor_of`` has the anchor).
    """
    if place.document.origin is not None:
        return place.document.origin.locate(place.pointer, place.key)
    read = _read(place.document.source)
    found = _find(read, place.document, place.pointer)
    if found is None:
        return _START
    if found.use is not None and not (found.node is found.use and place.key and found.key):
        return read.lines.small_span(found.use.start, found.use.end)
    return read.lines.small_span(*_mark(found, place.key or not found.complete, read.lines.all))


def cell_of(place: Place) -> str:
    """The cell of a place in a workbook; empty for all other files."""
    origin = place.document.origin
    return "" if origin is None else origin.cell(place.pointer)


def anchor_of(place: Place) -> Location | None:
    """The anchor of a value that comes from an alias; None for any other value."""
    source = place.document.source
    if place.document.origin is not None:
        return None
    read = _read(source)
    found = _find(read, place.document, place.pointer)
    if found is None or found.use is None or found.use.target is None:
        return None
    anchor = found.use.target.anchor
    name = _ANCHOR.match(read.lines.all, anchor) if anchor is not None else None
    return Location(source.path, read.lines.small_span(*name.span())) if name is not None else None


def extent(document: Document, pointer: Pointer) -> Span:
    """The full span of a value with its key; for an empty pointer, of the document."""
    if document.origin is not None:
        return document.origin.extent(pointer)
    read = _read(document.source)
    found = _find(read, document, pointer)
    if found is None:
        return _START
    text = read.lines.all
    if not pointer:
        tree = read.trees[document.index]
        start, end = tree.start, tree.end
    else:
        last = found.use or found.node
        first = found.key if found.key is not None and last is found.node else last
        start, end = first.start, last.end
        end = start + len(text[start:end].rstrip())
    return read.lines.span(start, max(end, start + 1))


def lines(source: Source) -> Lines:
    """The lines of a file, valid YAML or not; an archive has none."""
    if source.content.startswith(_ARCHIVE):
        from bizalign_lint.core.lines import Lines

        return Lines("")
    from bizalign_lint.parsing.yaml import stream

    return stream.lines(source.content)


def _read(source: Source) -> Stream:
    from bizalign_lint.parsing.yaml import stream

    return stream.read(source.content)


def _find(read: Stream, document: Document, pointer: Pointer) -> Found | None:
    if document.index >= len(read.trees):
        return None
    from bizalign_lint.parsing.yaml.walk import walk

    root = read.trees[document.index].root
    return walk(root, pointer) if root is not None else None


def _mark(found: Found, key: bool, text: str) -> tuple[int, int]:
    """Start and end of what to report for a value: itself, its key, or its first entry."""
    node = found.node
    in_block = node.start == node.end or text[node.start] in "|>" or _is_block(node)
    if found.key is not None and (key or in_block):
        return found.key.start, found.key.end
    if node.start == node.end:
        # An empty list item: its dash.
        dash = len(text[: node.start].rstrip()) - 1
        return max(dash, 0), max(dash, 0) + 1
    return _first(node)


def _is_block(node: Node) -> bool:
    return not node.flow and (node.entries is not None or node.items is not None)


def _first(node: Node) -> tuple[int, int]:
    """A value, or the first entry of a block."""
    while _is_block(node):
        if node.items:
            node = node.items[0]
        elif node.entries:
            entry = next(iter(node.entries.values()))
            end = entry.key.end if _is_block(entry.node) else max(entry.node.end, entry.key.end)
            return entry.key.start, end
        else:
            break
    return node.start, node.end
