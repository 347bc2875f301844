"""Folding of definitions, mappings, lists, multi-line texts and runs of comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bizalign_lint.ide.cursor import Page, page
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.snapshot import Snapshot


class Fold(NamedTuple):
    """Lines that can be folded into the first of them."""

    first: int
    last: int
    comment: bool = False


def folds(snapshot: Snapshot, path: str) -> list[Fold]:
    """The folds of a file, in the order of its lines."""
    source = snapshot.sources.get(path)
    if source is None:
        return []
    read = page(source.content)
    found = set(_comments(read))
    for document in read.sketch.documents:
        for part in read.sketch.everything(document):
            fold = _fold(read, part)
            if fold is not None:
                found.add(fold)
    return sorted(found)


def _fold(read: Page, part: Part) -> Fold | None:
    """The lines of a part, if it has more than one."""
    is_document = part.parent is None
    if is_document and not part.parts:
        return None
    start = part.parts[0].start if is_document else part.start
    end = part.parts[-1].end if is_document else part.end
    first, last = read.lines.span(start, start).line, read.lines.span(max(end - 1, start), 0).line
    return Fold(first, last) if last > first else None


def _comments(read: Page) -> Iterator[Fold]:
    """Runs of lines with nothing but a comment."""
    lines = [
        line
        for start, end in read.sketch.comments
        if read.lines.text(line := read.lines.span(start, end).line).lstrip().startswith("#")
    ]
    first = previous = -1
    for line in [*sorted(set(lines)), -1]:
        if line == previous + 1:
            previous = line
            continue
        if previous > first > 0:
            yield Fold(first, previous, comment=True)
        first = previous = line
