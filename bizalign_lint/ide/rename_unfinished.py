"""Renaming in definitions that are not valid YAML at the moment, by their layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizalign_lint.core.types import Edit, Location, Source
from bizalign_lint.graph.nodes import Node
from bizalign_lint.graph.references import parse
from bizalign_lint.ide.cursor import Position, page
from bizalign_lint.ide.nodes import CursorContext, cursor_context
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.refused import RefusedError
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.envelope import GROUP


def rename_unfinished(snapshot: Snapshot, node: Node, new: str) -> Iterator[Edit]:
    """The edits in documents that cannot be parsed.

    Raises RefusedError, naming the file, if it is unclear whether a name is a reference.
    """
    name = node.name.rpartition("#")[2]
    word = name.encode()
    for path, source in snapshot.sources.items():
        # Only files with the name can refer to the node.
        if word in source.content and GROUP.encode() in source.content:
            yield from _in_file(snapshot, source, path, node, name, new)


def _in_file(
    snapshot: Snapshot, source: Source, path: str, node: Node, name: str, new: str
) -> Iterator[Edit]:
    known = {document.index for document in snapshot.documents.get(path, ())}
    read = page(source.content)
    named = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
    for number, document in enumerate(read.sketch.documents):
        if number in known or not read.is_ours(document):
            continue
        if _is_undecodable(source.content):
            raise RefusedError(f"{path} is not in UTF-8, and may refer to {name}; convert it")
        for part in read.sketch.everything(document):
            range_ = _written(part)
            if range_ is None:
                continue
            for found in named.finditer(read.sketch.text, *range_):
                if part.bare:
                    line = read.span(part.start, part.start).line
                    raise RefusedError(
                        f"{path} is unfinished at line {line}: {name} there may be a reference"
                    )
                at = read.span(found.start() + 1, found.start() + 1)
                here = cursor_context(snapshot, path, Position(at.line, at.column))
                if here is not None and here.node is node:
                    _check_nearer(snapshot, here, node, new, path)
                    yield Edit(Location(path, read.span(*found.span())), new)


def _written(part: Part) -> tuple[int, int] | None:
    """The range of a value on one line, or of an unfinished one; None if there is none."""
    if part.bare:
        return part.start, max(part.end, part.key_end, part.value_end)
    if part.parts or part.block or part.value_start >= part.value_end:
        return None
    return part.value_start, part.value_end


def _check_nearer(snapshot: Snapshot, here: CursorContext, node: Node, new: str, path: str) -> None:
    """Raise RefusedError if the renamed reference would lead to a nearer node."""
    namespace = here.at.namespace
    if namespace == node.namespace or parse(here.text).namespace is not None:
        return
    holder, sign, _ = node.name.partition("#")
    name = f"{holder}#{new}" if sign else new
    if snapshot.graph.find(node.type.name, namespace, name) is not None:
        raise RefusedError(f"a reference in {path} would then refer to another definition")


def _is_undecodable(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return True
    return False
