"""What is asked of a workspace's history → its trend."""

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
"""What may be measured: every commit, the last of each period, or those with a tag."""


def commits(root: str, revision: str, step: str, last: int | None) -> list[Commit]:
    """The commits that a question is about, the oldest first.

    ``step`` is one of STEPS, ``last`` the greatest number of them. Raises UsageError where there
    is no such revision or no tag, NothingToCheckError where no commit holds the workspace.
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
            f"there is nothing to follow in {root}: no commit holds this workspace",
            hint="commit the model first",
        )
    return held[::-1]


def titles(loaded: Loaded) -> dict[str, str]:
    """What can be measured, by name, and what people call it."""
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

    Where there are several commits between two of them, it is only looked which of these moved a
    measure when asked to ``look_closer``. ``known`` has what was measured on this basis before,
    and is given what is measured now. Raises UsageError for a measure that does not exist.
    """
    called = titles(basis.loaded)
    for name in measures:
        if name not in called:
            raise UsageError(f"there is no measure {name}", hint=hint(name, called, listed(called)))
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
