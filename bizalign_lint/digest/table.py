"""The table that compares owners, one row each, as text, Markdown or CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted
from bizalign_lint.digest.levels import Level, reached
from bizalign_lint.digest.make import Digest, Digests
from bizalign_lint.digest.words import NOBODY
from bizalign_lint.reporters.glyphs import clean, width
from bizalign_lint.reporters.markdown import escape
from bizalign_lint.reporters.view import View
from bizalign_lint.reporters.worklist import harmless

_COLUMNS = ("owner", "definitions", "errors", "warnings", "info", "coming", "missing", "level")


def render(format_: str, digests: Digests, view: View) -> Iterator[str]:
    """The table in one of ``TABLES``."""
    heads = [*_COLUMNS, *(level.profile for level in _levels(digests))]
    if format_ == "csv":
        yield _csv(heads, digests)
        return
    rows = [[*_row(digest), *map(_share, digest.levels)] for digest in digests.digests]
    if format_ == "markdown":
        yield f"| {' | '.join(heads)} |\n| --- |{' ---: |' * (len(heads) - 1)}\n"
        yield from (f"| {' | '.join(map(escape, row))} |\n" for row in rows)
        return
    lines = [[clean(cell) for cell in row] for row in rows]
    rooms = [max(map(width, column)) for column in zip(heads, *lines, strict=True)]
    yield view.style("strong", _line(heads, rooms)) + "\n"
    yield from (_line(line, rooms) + "\n" for line in lines)
    owners = sum(digest.owner is not None for digest in digests.digests)
    summary = f"{counted(owners, 'owner')}, as of {digests.since}; coming until {digests.until}"
    yield view.style("faint", summary) + "\n"


def _levels(digests: Digests) -> Sequence[Level]:
    return digests.digests[0].levels if digests.digests else ()


def _row(digest: Digest) -> list[str]:
    return [digest.owner.title if digest.owner else NOBODY, *_figures(digest)]


def _figures(digest: Digest) -> list[str]:
    counts = Counter(finding.severity for finding in digest.report.findings)
    missing = sum(len(gap.lacking) for gap in digest.report.judged.gaps)
    numbers = (
        digest.definitions,
        *(counts[severity] for severity in Severity),
        len(digest.coming),
        missing,
    )
    return [*map(str, numbers), reached(digest.levels) or "–"]


def _share(level: Level) -> str:
    return "–" if level.percent is None else f"{level.percent:.1f} %"


def _line(cells: Sequence[str], rooms: Sequence[int]) -> str:
    first, *others = (" " * (room - width(cell)) for cell, room in zip(cells, rooms, strict=True))
    padded = (gap + cell for gap, cell in zip(others, cells[1:], strict=True))
    return "  ".join((cells[0] + first, *padded)).rstrip()


def _csv(heads: Sequence[str], digests: Digests) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("reference", *heads))
    for digest in digests.digests:
        reference = digest.owner.reference if digest.owner else ""
        shares = ("" if level.percent is None else level.percent for level in digest.levels)
        row = (reference, *_row(digest), *shares)
        writer.writerow(harmless("" if value == "–" else value) for value in row)
    return text.getvalue()
