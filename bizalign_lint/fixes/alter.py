"""Changes of values → the text of a file with them applied, comments and layout preserved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bizalign_lint.core.types import Change, Document, Operation, Pointer, Source
from bizalign_lint.fixes.apply import fix_file, with_changes
from bizalign_lint.fixes.edits import fix_of, reach
from bizalign_lint.fixes.yaml_edit import (
    COMMA,
    REST,
    Replacement,
    line_break,
    line_start,
    scalar,
    with_entries,
)
from bizalign_lint.parsing.ignore_comments import MARK
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.nodes import Node
from bizalign_lint.parsing.yaml.stream import Stream
from bizalign_lint.parsing.yaml.write import document as written
from bizalign_lint.parsing.yaml.write import flow, plain


def altered(source: Source, changes: Sequence[Change]) -> Source | None:
    """A file with all changes applied; None if one of them cannot be applied safely.

    Only keys can be removed; a list keeps its items or is replaced as a whole.
    """
    done = _applied(source, changes)
    if done is not None:
        return done
    for change in changes:
        done = _applied(source, [change])
        if done is None:
            return None
        source = done
    return source


def rewritten(
    source: Source, documents: Sequence[Document], changes: Sequence[Change]
) -> Source | None:
    """A file rewritten with changes applied, to be checked but not saved: its comments are lost.

    None if it contains a suppression comment, or a change cannot be applied. ``documents`` are all
    the documents of the file.
    """
    if MARK in source.content:
        return None
    texts = []
    for document in documents:
        value = with_changes(
            document.value, [one for one in changes if one.document == document.index]
        )
        if value is None:
            return None
        texts.append(written(value))
    return Source(source.path, "---\n".join(texts).encode())


def _applied(source: Source, changes: Sequence[Change]) -> Source | None:
    """A file with changes applied at once; None if the result is not as intended."""
    read = stream.read(source.content)
    planned: list[Change] = []
    replacements: list[Replacement] = []
    for change in changes:
        found = _replacement(read, change)
        if found is None:
            return None
        planned.append(found[0])
        replacements.append(found[1])
    fix = fix_of("", source, read.lines, *replacements, changes=tuple(planned))
    fixed = fix_file(source, [fix] if fix is not None else [])
    return Source(source.path, fixed.content) if fixed.applied else None


def _replacement(read: Stream, change: Change) -> tuple[Change, Replacement] | None:
    """A change and the text that makes it; the change may cover more than was asked for."""
    root, text = read.trees[change.document].root, read.lines.all
    found = reach(root, change.pointer)
    if change.operation is Operation.REMOVE:
        return _removed(root, text, change)
    if found is None:
        return _added(root, text, change)
    key, node = found
    made: Replacement | None
    if isinstance(change.value, str) and isinstance(node.value, str):
        made = scalar(text, node, change.value)
    elif node.items and _extends(change.value, node.value):
        made = _extended(text, node, change.value[len(node.value) :])
    else:
        made = None
    if made is None:
        made = _replaced(text, key, node, change.value)
    return None if made is None else (change, made)


def _added(root: Node | None, text: str, change: Change) -> tuple[Change, Replacement] | None:
    """A key that does not exist yet, with the missing mappings around it."""
    pointer, value = change.pointer, change.value
    while pointer:
        *above, last = pointer
        found = reach(root, tuple(above))
        if found is not None:
            mapping = found[1]
            if mapping.entries is None or last in mapping.entries or not isinstance(last, str):
                return None
            made = with_entries(text, mapping, {last: value})
            return made and (Change(change.document, pointer, Operation.PUT, value), made)
        pointer, value = tuple(above), {last: value}
    return None


def _removed(root: Node | None, text: str, change: Change) -> tuple[Change, Replacement] | None:
    """A key removed; if it was the only one, an empty mapping remains."""
    *above, last = change.pointer
    found = reach(root, tuple(above))
    if found is None or found[1].entries is None or str(last) not in found[1].entries:
        return None
    key, holder = found
    made = _without_entry(text, holder, str(last))
    if made is not None:
        return change, made
    rest = {name: held for name, held in holder.value.items() if name != last}
    made = _replaced(text, key, holder, rest)
    return made and (Change(change.document, tuple(above), Operation.PUT, rest), made)


def _without_entry(text: str, mapping: Node, name: str) -> Replacement | None:
    assert mapping.entries is not None
    entry = mapping.entries[name]
    others = [other for at, other in mapping.entries.items() if at != name]
    if not others or any(other.merged is not None for other in others):
        return None
    if mapping.flow:
        starts = sorted(other.key.start for other in mapping.entries.values())
        after = starts.index(entry.key.start) + 1
        if after < len(starts):
            return entry.key.start, starts[after], ""
        before = max(other.node.end for other in others)
        return (before, entry.node.end, "") if COMMA.match(text, before) else None
    line, end = line_start(text, entry.key.start), entry.node.end
    if text[line : entry.key.start].strip():
        return None
    if text[end - 1] in "\r\n":
        return line, end, ""  # a block scalar
    rest = REST.match(text, end)
    return None if rest is None else (line, rest.end(), "")


def _extends(value: Any, old: Any) -> bool:
    return isinstance(value, list) and isinstance(old, list) and value[: len(old)] == old


def _extended(text: str, node: Node, more: Sequence[Any]) -> Replacement | None:
    """A list with items appended."""
    assert node.items
    last = node.items[-1]
    if node.flow:
        return last.end, last.end, "".join(f", {_inline(item)}" for item in more)
    rest = REST.match(text, last.end)
    lead = text[line_start(text, last.start) : last.start]
    if rest is None or lead.strip() != "-":
        return None
    break_ = rest[2] or line_break(text)
    lines = [f"{lead}{_inline(item)}" for item in more]
    made = "".join(f"{line}{break_}" if rest[2] else f"{break_}{line}" for line in lines)
    return rest.end(), rest.end(), made


def _replaced(text: str, key: Node | None, node: Node, value: Any) -> Replacement | None:
    """A whole node replaced with another value, on one line."""
    end = node.end
    if "#" in text[node.start : end] and (node.items or node.entries):
        return None  # it may contain comments
    start = node.start
    if key is not None and not node.flow and (node.items or node.entries):
        between = text[key.end : node.start]
        if between.strip() != ":":
            return None
        colon = text.index(":", key.end)
        return colon + 1, end, f" {_inline(value)}"
    return start, end, _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return plain(value)
    return flow(value) if isinstance(value, (dict, list)) else json.dumps(value)


def at(value: Any, pointer: Pointer) -> Any:
    """The value at a pointer; None if there is none."""
    for step in pointer:
        if not isinstance(value, (dict, list)):
            return None
        try:
            value = value[step]  # type: ignore[index]  # what it is not an index of has none
        except (KeyError, IndexError, TypeError):
            return None
    return value
