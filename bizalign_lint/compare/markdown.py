"""The difference as Markdown, for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.compare.changes import HEADINGS, Change, CoverageChange, Difference
from bizalign_lint.compare.words import moved, share, summary, value
from bizalign_lint.forecast.move import WORDS, days
from bizalign_lint.reporters.markdown import LONGEST, code, escape
from bizalign_lint.reporters.style import Style

_SIGNS = {-1: "🔴", 0: "", 1: "🟢"}
_MOVES = 50
"""The largest number of coming findings that is listed."""
_ROOM = 1_000
"""The characters reserved for the line about what is left out."""


def render(difference: Difference, _: Style) -> Iterator[str]:
    """The difference as Markdown, cut short if it would be too long for a comment."""
    head = f"### What changed in the model\n\n{escape(summary(difference))}.\n"
    tail = "".join((*_coverage(difference), *_ahead(difference)))
    yield head
    room = LONGEST - _ROOM - len(head) - len(tail)
    left = len(difference.changes)
    for sort, heading in HEADINGS.items():
        found = [change for change in difference.changes if change.sort is sort]
        title = f"\n#### {heading}\n\n| kind | what | change | file |\n| --- | --- | --- | --- |\n"
        for row in map(_row, found):
            if room < len(title) + len(row):
                break
            yield title + row
            room -= len(title) + len(row)
            title = ""
            left -= 1
    if left:
        yield f"\n… and {left} more changes; run `bizalign-lint diff` to see all of them.\n"
    yield tail


def _row(change: Change) -> str:
    text = escape(value(change))
    title = escape(change.title)
    return f"| {change.kind} | {title} | {text} | `{code(change.path)}` |\n"


def _coverage(difference: Difference) -> Iterator[str]:
    if difference.coverage_changes:
        yield "\n#### Alignment coverage\n\n| measure | before | after | |\n"
        yield "| --- | ---: | ---: | --- |\n"
        yield from map(_coverage_change, difference.coverage_changes)


def _ahead(difference: Difference) -> Iterator[str]:
    if difference.moves:
        yield f"\n#### Ahead, up to {difference.until}\n\n| | finding | of | when |\n"
        yield "| --- | --- | --- | --- |\n"
        for move in difference.moves[:_MOVES]:
            label = f"{move.finding.severity} {move.finding.rule}"
            yield f"| {WORDS[move.sort]} | {label} | {escape(move.title)} | {days(move)} |\n"
        if len(difference.moves) > _MOVES:
            yield f"\n… and {len(difference.moves) - _MOVES} more.\n"


def _coverage_change(change: CoverageChange) -> str:
    sign = _SIGNS[moved(change)]
    title = escape(change.after.title)
    return f"| {title} | {share(change.before)} | {share(change.after)} | {sign} |\n"
