"""The outcome of a change as text, for people."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.compare.words import share
from bizalign_lint.core.words import counted
from bizalign_lint.forecast.move import Move
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View
from bizalign_lint.whatif.outcome import Outcome
from bizalign_lint.whatif.words import (
    MOST,
    STRANDED,
    edit,
    groups,
    lapses,
    loss,
    summary,
    sums,
    when,
)


def render(outcome: Outcome, view: View) -> Iterator[str]:
    """The outcome as text."""
    yield view.style("strong", f"What if: {clean(outcome.title)}") + "\n"
    for one in outcome.edits[:MOST]:
        yield f"  {view.style('faint', clean(edit(one)))}\n"
    yield from _more(len(outcome.edits), "change")
    for entity in outcome.added:
        yield f"  {view.style('faint', f'{clean(entity)} is new')}\n"
    for heading, found in groups(outcome):
        yield f"\n{view.style('strong', heading)}\n"
        for move in found[:MOST]:
            yield from _move(move, view)
        yield from _more(len(found), "finding")
    yield from _losses(outcome, view)
    yield from _money(outcome, view)
    if outcome.coverage:
        yield f"\n{view.style('strong', f'Alignment coverage, as of {outcome.day}')}\n"
        for change in outcome.coverage:
            yield f"  {clean(change.after.title)}: {share(change.before)} → {share(change.after)}\n"
    if lapsing := lapses(outcome):
        yield f"\n{counted(lapsing, 'lapse')} at another time\n"
    yield f"\n{summary(outcome)}\n"


def _losses(outcome: Outcome, view: View) -> Iterator[str]:
    if outcome.losses:
        yield f"\n{view.style('strong', f'Support lost by {outcome.day}')}\n"
    for lost in outcome.losses[:MOST]:
        yield f"  {clean(loss(lost))}\n"
        for node in lost.dependents[:MOST]:
            yield f"    {view.style('faint', 'affects')} {node.type.name} {clean(node.title)}\n"
        yield from _more(len(lost.dependents), "definition", "    ")
    yield from _more(len(outcome.losses), "definition")


def _money(outcome: Outcome, view: View) -> Iterator[str]:
    freed, stranded = outcome.money
    if freed or stranded:
        yield f"\n{view.style('strong', 'Money')}\n"
    if freed:
        yield f"  freed: {clean(sums(freed))}\n"
    if stranded:
        yield f"  stranded: {clean(sums(stranded))} ({STRANDED})\n"


def _move(move: Move, view: View) -> Iterator[str]:
    finding = move.finding
    label = view.style.severity(finding.severity, f"{finding.severity}[{finding.rule}]")
    day = f"{days}  " if (days := when(move)) else ""
    yield f"  {day}{label} {clean(finding.message)}\n"


def _more(count: int, what: str, indent: str = "  ") -> Iterator[str]:
    if count > MOST:
        yield f"{indent}… and {counted(count - MOST, f'more {what}')}; --format json lists all\n"
