"""The commits of a repository, and what the trees of theirs are called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.core.errors import UsageError
from bizalign_lint.sources.git import git
from bizalign_lint.sources.revision import resolve

_FORMAT = "--format=%H %cs %s"
_LINE = re.compile(r"([0-9a-f]+) ([0-9]{4}-[0-9]{2}-[0-9]{2}) (.*)", re.DOTALL)
"""A commit may say any day; one beyond the calendar is passed over."""


class Commit(NamedTuple):
    """A commit, as seen from a workspace."""

    id: str
    day: str
    """The day on which it was made, where the committer was."""
    subject: str
    tree: str
    """What git calls all that the workspace held; empty where there was no such folder."""
    tag: str = ""


def history(root: str, revision: str, most: int = 0) -> list[Commit]:
    """The commits that led to a revision, each merge as one, the newest first; at most so many.

    Raises UsageError where there is no such revision.
    """
    tip = resolve(root, revision).commit
    limit = [f"--max-count={most}"] if most else []
    return _commits(root, ["--first-parent", *limit, tip])


def between(root: str, old: str, new: str) -> list[Commit]:
    """The commits that lead from one to another, each merge as one, the oldest first."""
    return _commits(root, ["--first-parent", f"{old}..{new}"])[::-1]


def tagged(root: str) -> list[Commit]:
    """The commits with a tag, by the day they were made, the newest first."""
    listed = git(root, "for-each-ref", "--format=%(refname:short)", "refs/tags") or b""
    names = os.fsdecode(listed).split()
    if not names:
        raise UsageError("the repository has no tag", hint="see --every month or --last 24")
    found = []
    for name in names:
        log = _commits(root, ["--max-count=1", f"refs/tags/{name}"])
        found += [commit._replace(tag=name) for commit in log]
    return sorted(found, key=lambda commit: (commit.day, commit.tag), reverse=True)


def _commits(root: str, chosen: Sequence[str]) -> list[Commit]:
    log = git(root, "log", _FORMAT, "--no-color", *chosen, "--")
    rows = [
        found.groups()
        for line in os.fsdecode(log or b"").split("\n")
        if (found := _LINE.fullmatch(line))
    ]
    trees = _trees(root, [id_ for id_, _, _ in rows])
    return [
        Commit(id_, day, subject, tree)
        for (id_, day, subject), tree in zip(rows, trees, strict=True)
    ]


def _trees(root: str, commits: Iterable[str]) -> list[str]:
    """What the workspace's folder is in each of some commits."""
    prefix = os.fsdecode(git(root, "rev-parse", "--show-prefix") or b"").rstrip("\n")
    asked = "".join(f"{commit}:{prefix}\n" for commit in commits)
    form = "--batch-check=%(objectname) %(objecttype)"
    told = git(root, "cat-file", form, given=os.fsencode(asked))
    answers = (line.split(" ") for line in os.fsdecode(told or b"").splitlines())
    return [parts[0] if parts[-1] == "tree" else "" for parts in answers]
