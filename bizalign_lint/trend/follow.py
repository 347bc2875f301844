"""The commits of a workspace and some measures → a trend."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.engine.load import Loaded
from bizalign_lint.sources.history import Commit, between, history, tagged
from bizalign_lint.sources.revision import is_shallow
from bizalign_lint.trend import USUAL
from bizalign_lint.trend.basis import Basis
from bizalign_lint.trend.figures import ALL, SEVERITIES, Figures
from bizalign_lint.trend.points import PERIODS, Judge, Key, Point, Trend, causes, every

COMMIT, TAG = "commit", "tag"
STEPS = (COMMIT, *PERIODS, TAG)
"""Which commits to measure: every one, the last of each period, or those with a tag."""


def commits(root: str, revision: str, step: str, last: int | None) -> list[Commit]:
    """The commits to measure, oldest first.

    ``step`` is one of STEPS, ``last`` the largest number of commits. Raises UsageError for an
    unknown revision or if there are no tags, NothingToCheckError if no commit has the workspace.
    """
    if step == TAG:
        found = tagged(root)
    elif step == COMMIT:
        last = last or USUAL
        found = history(root, revision, last)
    else:
        found = every([commit for commit in history(root, revision) if commit.tree], step)
    held = [commit for commit in found if commit.tree][:last]
    if not held:
        raise NothingToCheckError(
            f"there is nothing to measure in {root}: no commit contains this workspace",
            hint="commit the model first",
        )
    return held[::-1]


def titles(loaded: Loaded) -> dict[str, str]:
    """The titles of everything that can be measured, by name."""
    found = {ALL: "All findings"}
    found |= {severity: f"Findings that are {_SAID[severity]}" for severity in SEVERITIES}
    found |= {one.id: f"Findings of “{one.title}”" for one in loaded.rules.guidelines}
    return found | {one.name: one.title for one in loaded.rules.measures}


_SAID = {"error": "errors", "warning": "warnings", "info": "for information"}


def follow(
    basis: Basis,
    chosen: Sequence[Commit],
    measures: Sequence[str],
    look_closer: bool,
    known: MutableMapping[Key, Figures],
) -> Trend:
    """How measures have developed from commit to commit, and what moved them.

    If there are several commits between two of them, ``look_closer`` decides whether to search for
    those that moved a measure. ``known`` has the figures measured before with this basis; new ones
    are added to it. Raises UsageError for an unknown measure.
    """
    called = titles(basis.loaded)
    for name in measures:
        if name not in called:
            raise UsageError(f"unknown measure {name}", hint=hint(name, called, listed(called)))
    judge = Judge(basis.loaded, basis.settings, basis.sources, known)
    points = tuple(Point(commit, judge.figures(commit, commit.day)) for commit in chosen)
    moved = causes(
        points,
        measures,
        judge,
        lambda one, other: [c for c in between(basis.root, one.id, other.id) if c.tree],
        look_closer,
    )
    return Trend(points, tuple(moved), tuple(measures), called, is_shallow(basis.root))
