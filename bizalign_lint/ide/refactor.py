"""Refactorings: a definition moved to its own file, a list written in the other style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizalign_lint.core.types import Edit, Location, Span
from bizalign_lint.fixes.edits import edit
from bizalign_lint.fixes.yaml_edit import REST, Replacement, line_break, line_start
from bizalign_lint.ide.actions import Action
from bizalign_lint.ide.creation import Creation
from bizalign_lint.ide.cursor import Cursor, Position, cursor
from bizalign_lint.ide.ignore import foreign
from bizalign_lint.ide.nodes import document_at, entity_of
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.nodes import Node
from bizalign_lint.parsing.yaml.walk import walk

MOVE = "refactor.move"
REWRITE = "refactor.rewrite"
_HEAD = frozenset({("apiVersion",), ("kind",), ("metadata",), ("metadata", "name")})
_MARK = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_BREAK = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r"[^\s,\[\]{}#:&*!|>'\"%@`-][^,\[\]{}#:\r\n]*|\"[^\"\\\r\n]*\"|'[^'\r\n]*'")
"""An item that means the same in brackets and after a dash."""


def refactorings(snapshot: Snapshot, path: str, position: Position) -> Iterator[Action]:
    """The refactorings that are possible at a position."""
    source = snapshot.sources.get(path)
    if source is None or path in foreign(snapshot.documents):
        return
    at = cursor(source.content, position)
    if at.part is None or at.comment is not None:
        return
    if at.pointer in _HEAD:
        yield from _moved(snapshot, path, at)
    yield from _rewritten(path, at)


def _moved(snapshot: Snapshot, path: str, at: Cursor) -> Iterator[Action]:
    """The action that moves a definition out of a file with several."""
    source = snapshot.sources[path]
    document = document_at(snapshot, path, at.number)
    entity = entity_of(snapshot, document) if document is not None else None
    read = stream.read(source.content)
    if entity is None or len(read.trees) < 2 or at.number >= len(read.trees):
        return
    folder, slash, _ = path.rpartition("/")
    target = f"{folder}{slash}{entity.name}.yaml"
    tree, text = read.trees[at.number], read.lines.all
    mark = _MARK.match(text, tree.start)
    moved = text[mark.end() if mark is not None else tree.start : tree.end]
    if target in snapshot.sources or not moved.strip() or text.startswith("%", tree.start):
        return
    if at.number == 0 and text[: tree.end].lstrip().startswith("#"):
        return  # a comment at the start may be about the whole file
    creation = Creation(
        entity.title, target, Edit(Location(target, Span(1, 1, 1, 1)), moved), is_new=True
    )
    removal = edit(path, read.lines, (tree.start, tree.end, ""))
    title = f"Move {entity.name} to a file of its own, {target}"
    yield Action(title, MOVE, (removal, creation.edit), creations=(creation,))


def _rewritten(path: str, at: Cursor) -> Iterator[Action]:
    """The action that turns a list in flow style into block style, or the other way round."""
    read = stream.read(at.page.sketch.text.encode("utf-8", "surrogatepass"))
    root = read.trees[at.number].root if at.number < len(read.trees) else None
    if root is None:
        return
    steps = at.pointer
    while steps and isinstance(steps[-1], int):
        steps = steps[:-1]
    found = walk(root, steps)
    if not steps or not found.complete or found.key is None:
        return
    text, node, key = read.lines.all, found.node, found.key
    items = [text[item.start : item.end] for item in node.items or ()]
    if not items or node.target is not None or not all(map(_PLAIN.fullmatch, items)):
        return
    replacement = (
        _with_dashes(text, key, node, items) if node.flow else _in_brackets(text, key, node, items)
    )
    if replacement is not None:
        form = "with a line for each item" if node.flow else "on one line"
        yield Action(f"Write {key.value} {form}", REWRITE, (edit(path, read.lines, replacement),))


def _with_dashes(text: str, key: Node, node: Node, items: list[str]) -> Replacement | None:
    start = line_start(text, key.start)
    lead = text[start : key.start]
    rest = REST.match(text, node.end)
    within = text[node.start : node.end]
    if lead.strip(" -") or rest is None or rest[1] or _BREAK.search(within) or "#" in within:
        return None
    if text[key.end : node.start].strip(" \t") != ":":
        return None
    break_ = line_break(text)
    indent = " " * (len(lead) + 2)
    return key.end, node.end, ":" + "".join(f"{break_}{indent}- {item}" for item in items)


def _in_brackets(text: str, key: Node, node: Node, items: list[str]) -> Replacement | None:
    assert node.items is not None
    end = node.items[-1].end
    between = text[key.end : node.items[0].start] + "".join(
        text[one.end : other.start] for one, other in zip(node.items, node.items[1:], strict=False)
    )
    if between.strip(":- \t\r\n"):
        return None  # a comment, an anchor or the like
    return key.end, end, f": [{', '.join(items)}]"
