"""A change of one value → the fix that makes it: edits to the file's text, and what they change."""

from __future__ import annotations

from typing import Any

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import (
    Change,
    Edit,
    Fix,
    Flaw,
    Location,
    Operation,
    Place,
    Pointer,
    Source,
    Span,
)
from bizalign_lint.fixes.yaml_edit import (
    Replacement,
    scalar,
)
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.nodes import Node
from bizalign_lint.parsing.yaml.stream import Stream


def edit(path: str, lines: Lines, replacement: Replacement) -> Edit:
    """A replacement as an edit, located by lines and columns."""
    start, end, text = replacement
    first, last = lines.span(start, start), lines.span(end, end)
    return Edit(Location(path, Span(first.line, first.column, last.line, last.column)), text)


def put(flaw: Flaw, value: str, title: str, safe: bool) -> Fix | None:
    """The fix that replaces the flawed text with another; None if it cannot be replaced safely."""
    place = flaw.place
    if not isinstance(place, Place):
        return None
    source = place.document.source
    read = stream.read(source.content)
    found = reach(root(read, place), place.pointer)
    if found is None or not isinstance(found[1].value, str):
        return None
    change = Change(place.document.index, place.pointer, Operation.PUT, value)
    replacement = scalar(read.lines.all, found[1], value)
    return fix_of(title, source, read.lines, replacement, changes=(change,), safe=safe)


def fix_of(
    title: str,
    source: Source,
    lines: Lines,
    *replacements: Replacement | None,
    changes: tuple[Change, ...] = (),
    safe: bool = True,
) -> Fix | None:
    """The fix with these replacements; None if one of them is None."""
    edits = [edit(source.path, lines, r) for r in replacements if r is not None]
    if len(edits) < len(replacements):
        return None
    return Fix(title, tuple(edits), safe, changes)


def root(read: Stream, place: Place) -> Node | None:
    """The root node of the document that a place is in."""
    index = place.document.index
    return read.trees[index].root if index < len(read.trees) else None


def reach(
    root: Node | None, pointer: Pointer, copies: bool = False
) -> tuple[Node | None, Node] | None:
    """The key and the node at a pointer, if they are written there; the key is None for an item.

    None if they come from an alias or a merge key. Also None if an anchor makes them appear
    elsewhere too, since an edit would change both; ``copies`` allows that.
    """
    node, key = root, None
    for step in pointer:
        if node is None or node.target is not None:
            return None
        if node.entries is not None:
            entry = node.entries.get(str(step))
            if entry is None or entry.merged is not None:
                return None
            node, key = entry.node, entry.key
        elif node.items is not None and isinstance(step, int) and 0 <= step < len(node.items):
            node, key = node.items[step], None
        else:
            return None
        if node.anchor is not None and not copies:
            return None
    if node is None or node.target is not None or (node.anchor is not None and not copies):
        return None
    if key is not None and (key.target is not None or (key.anchor is not None and not copies)):
        return None
    return key, node


def value_of(place: Place) -> Any:
    """The value at a place."""
    value: Any = place.document.value
    for step in place.pointer:
        value = value[step]
    return value
