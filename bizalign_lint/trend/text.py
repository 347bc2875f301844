"""The trend as text, for people: a line for each measure, then what moved them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bizalign_lint.core.words import counted
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View
from bizalign_lint.trend.points import Cause, Trend
from bizalign_lint.trend.words import number, sparkline, value

_ROOM = 40


def render(trend: Trend, view: View) -> Iterator[str]:
    """The trend as text."""
    first, last = trend.points[0].commit, trend.points[-1].commit
    days = f"{first.day} ({first.id[:7]}) to {last.day} ({last.id[:7]})"
    yield view.style("strong", f"{counted(len(trend.points), 'revision')}, {days}") + "\n"
    for measure in trend.measures:
        values = [point.figures.value(measure) for point in trend.points]
        line = sparkline([number(one) for one in values], _ROOM)
        ends = f"{value(values[0])} → {value(values[-1])}"
        shown = value(values[-1]) if values[0] == values[-1] else ends
        yield f"  {line}  {clean(trend.titles.get(measure, measure))}: {shown}\n"
    if trend.causes:
        yield f"\n{view.style('strong', 'What moved')}\n"
    for (day, _), causes in groupby(trend.causes, key=_step):
        found = [*causes]
        yield f"  {day} {view.style('related', clean(_by(found[0])))}\n"
        for cause in found:
            title = clean(trend.titles.get(cause.measure, cause.measure))
            yield f"    {title}: {value(cause.before)} → {value(cause.after)}\n"


def _step(cause: Cause) -> tuple[str, str]:
    return cause.day, cause.commit.id if cause.commit else ""


def _by(cause: Cause) -> str:
    if cause.commit is None:
        return "no commit: time has passed"
    if cause.commits > 1:
        return f"one of {cause.commits} commits up to {cause.commit.id[:7]} (--measure shows which)"
    return f"{cause.commit.id[:7]} {cause.commit.subject}"
