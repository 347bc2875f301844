"""A YAML text → its documents with positions; a broken one does not affect the others."""

from __future__ import annotations

import re
from itertools import pairwise

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_BROKEN, MAX_DOCUMENTS
from bizalign_lint.parsing.yaml import events
from bizalign_lint.parsing.yaml.builder import Builder
from bizalign_lint.parsing.yaml.defects import Stop
from bizalign_lint.parsing.yaml.explain import explain
from bizalign_lint.parsing.yaml.nodes import Defect, Tree

_NEXT_DOCUMENT = re.compile(r"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)


def compose(text: str) -> list[Tree]:
    """All documents of a text. After a syntax error, reading resumes at the next ``---`` line."""
    trees: list[Tree] = []
    offset = 0
    for _ in range(MAX_BROKEN):
        stopped = _compose_from(text, offset, trees)
        if stopped is None or len(trees) > MAX_DOCUMENTS:
            break
        following = next_document(text, max(stopped, offset + 1))
        if following is None:
            break
        offset = following
    else:
        problem = (
            f"more than {MAX_BROKEN} documents in this file have syntax errors; "
            "the rest is not read"
        )
        trees.append(_unread(offset, problem))
    for tree, next_tree in pairwise(trees):
        tree.end = next_tree.start
    if trees:
        trees[0].start = 0
        trees[-1].end = len(text)
    return trees


def next_document(text: str, start: int) -> int | None:
    """The index of the next ``---`` line, which always starts a document; None if there is none."""
    found = _NEXT_DOCUMENT.search(text, start)
    return found.start() if found is not None else None


def _compose_from(text: str, offset: int, trees: list[Tree]) -> int | None:
    """Append the documents from an index on; returns the index of a syntax error, else None."""
    stream = events.Events(text[offset:] if offset else text)
    document: Builder | None = None
    start = offset
    try:
        while True:
            event = stream.next()
            kind = type(event)
            if kind is events.DocumentStart:
                if len(trees) == MAX_DOCUMENTS:
                    start = int(event.start_mark.index) + offset
                    problem = f"this file has more than {MAX_DOCUMENTS:,} documents; split it"
                    trees.append(_unread(start, problem))
                    return start
                document = Builder(text, offset, stream, event.start_mark.index + offset)
            elif kind is events.DocumentEnd and document is not None:
                trees.append(document.finish())
                start = event.end_mark.index + offset
                document = None
            elif kind is events.StreamEnd:
                return None
            elif document is not None:
                document.take(event, kind)
    except events.YAMLError as error:
        opened = document.innermost_bracket() if document else None
        stopped, syntax = explain(text, offset, error, opened)
    except Stop as stop:
        stopped, syntax = stop.syntax.start, stop.syntax
    if document is None:
        if _is_directive(text, stopped):
            return stopped
        document = Builder(text, offset, stream, start)
    document.defects.fail(syntax)
    trees.append(document.finish())
    return stopped


def _is_directive(text: str, index: int) -> bool:
    """Whether the lines from an index on are directives or comments before a document.

    YAML requires unknown directives to be ignored.
    """
    start = text.rfind("\n", 0, index) + 1
    following = next_document(text, start)
    if not text.startswith("%", start) or following is None:
        return False
    lines = text[start:following].splitlines()
    return all(line.startswith("%") or line.lstrip()[:1] in ("", "#") for line in lines)


def _unread(start: int, problem: str) -> Tree:
    """A broken document in place of all documents from an index on."""
    defect = Defect(
        condition=conditions.SYNTAX,
        start=start,
        end=start + 3,
        details={"problem": problem},
        subject=problem,
    )
    return Tree(start, start, defects=[defect])
