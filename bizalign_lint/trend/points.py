"""Commits → the figures of each, and the commits that moved a measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import judge
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import read_model
from bizalign_lint.sources.history import Commit
from bizalign_lint.trend.figures import Figures, Value, figures

Key = tuple[str, str]
"""The id of a git tree, and its as-of date in ISO 8601."""


class Point(NamedTuple):
    """A revision and its figures."""

    commit: Commit
    figures: Figures


class Cause(NamedTuple):
    """A change of a measure from one revision to the next, and what caused it."""

    measure: str
    before: Value | None
    after: Value | None
    day: str
    commit: Commit | None
    """None if no commit did: the same model has another outcome because time has passed."""
    commits: int = 1
    """More than 1 if the cause is one of so many commits up to ``commit``."""


class Trend(NamedTuple):
    """The development of a workspace's measures."""

    points: tuple[Point, ...]
    """The oldest first."""
    causes: tuple[Cause, ...]
    measures: tuple[str, ...]
    """The names of reported measures, guidelines and severities, in their order."""
    titles: Mapping[str, str]
    """The titles of ``measures``, by name."""
    is_shallow: bool
    """Whether the clone is shallow, so that older revisions may be missing."""


class Judge:
    """Measures commits; each tree is judged once for each day."""

    def __init__(
        self,
        loaded: Loaded,
        settings: Settings,
        sources: Callable[[Commit], Sequence[Source]],
        known: MutableMapping[Key, Figures],
    ) -> None:
        self._loaded = loaded
        self._settings = settings
        self._sources = sources
        self._known = known

    def figures(self, commit: Commit, day: str) -> Figures:
        """The figures of a commit as of a day."""
        key = commit.tree, day
        found = self._known.get(key)
        if found is None:
            sources = self._sources(commit)
            model = read_model(self._loaded, sources)
            settings = self._settings._replace(as_of=date.fromisoformat(day), thresholds={})
            found = self._known[key] = figures(judge(self._loaded, model, sources, settings))
        return found


def causes(
    points: Sequence[Point],
    measures: Sequence[str],
    judge: Judge,
    between: Callable[[Commit, Commit], Sequence[Commit]],
    look_closer: bool,
) -> Iterator[Cause]:
    """What moved measures, from one revision to the next.

    ``between`` gives the commits after one commit, up to another. If there are several,
    ``look_closer`` decides whether to search for those that moved a measure.
    """
    for one, other in pairwise(points):
        if _same(one.figures, other.figures, measures):
            continue
        day = other.commit.day
        aged = judge.figures(one.commit, day)
        yield from _moved(one.figures, aged, measures, day, None)
        if _same(aged, other.figures, measures):
            continue
        steps = between(one.commit, other.commit)
        if len(steps) > 1 and not look_closer:
            yield from _moved(aged, other.figures, measures, day, other.commit, len(steps))
        else:
            yield from _searched(aged, steps or (other.commit,), measures, day, judge)


def _searched(
    before: Figures, steps: Sequence[Commit], measures: Sequence[str], day: str, judge: Judge
) -> Iterator[Cause]:
    """The commits among ``steps`` that moved measures, all judged for one day; by bisection."""
    after = judge.figures(steps[-1], day)
    if _same(before, after, measures):
        return
    if len(steps) == 1:
        yield from _moved(before, after, measures, steps[0].day, steps[0])
        return
    middle = len(steps) // 2
    yield from _searched(before, steps[:middle], measures, day, judge)
    half = judge.figures(steps[middle - 1], day)
    yield from _searched(half, steps[middle:], measures, day, judge)


def _moved(
    before: Figures,
    after: Figures,
    measures: Sequence[str],
    day: str,
    commit: Commit | None,
    commits: int = 1,
) -> Iterator[Cause]:
    for measure in measures:
        one, other = before.value(measure), after.value(measure)
        if one != other:
            yield Cause(
                measure=measure, before=one, after=other, day=day, commit=commit, commits=commits
            )


def _same(one: Figures, other: Figures, measures: Sequence[str]) -> bool:
    return all(one.value(measure) == other.value(measure) for measure in measures)


def every(commits: Sequence[Commit], period: str) -> list[Commit]:
    """The last commit of each of ``PERIODS``; commits are given newest first."""
    found: dict[str, Commit] = {}
    for commit in commits:
        found.setdefault(PERIODS[period](date.fromisoformat(commit.day)), commit)
    return [*found.values()]


PERIODS: Mapping[str, Callable[[date], str]] = {
    "week": lambda day: f"{day.isocalendar().year}-{day.isocalendar().week}",
    "month": lambda day: f"{day.year}-{day.month}",
    "quarter": lambda day: f"{day.year}-{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year}",
}
