"""The difference as text, for people: changes by type, then coverage and coming findings."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.compare.changes import HEADINGS, Change, CoverageChange, Difference
from bizalign_lint.compare.words import moved, share, summary, value
from bizalign_lint.forecast.move import sentence
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import Style


def render(difference: Difference, style: Style) -> Iterator[str]:
    """The difference as text."""
    for sort, heading in HEADINGS.items():
        found = [change for change in difference.changes if change.sort is sort]
        if found:
            yield style("strong", heading) + "\n"
            yield from (f"  {_change(change, style)}\n" for change in found)
            yield "\n"
    if difference.coverage_changes:
        yield style("strong", "Alignment coverage") + "\n"
        yield from (
            f"  {_coverage_change(change, style)}\n" for change in difference.coverage_changes
        )
        yield "\n"
    if difference.moves:
        yield style("strong", f"Ahead, up to {difference.until}") + "\n"
        yield from (f"  {clean(sentence(move))}\n" for move in difference.moves)
        yield "\n"
    yield f"{clean(summary(difference))}\n"


def _change(change: Change, style: Style) -> str:
    line = f"{style('faint', change.kind)} {clean(change.title)}"
    if text := value(change):
        line += f": {clean(text)}"
    return f"{line} {style('faint', f'({clean(change.path)})')}"


def _coverage_change(change: CoverageChange, style: Style) -> str:
    role = {-1: "error", 0: "faint", 1: "help"}[moved(change)]
    shares = f"{share(change.before)} → {share(change.after)}"
    return f"{clean(change.after.title)}: {style(role, shares)}"
