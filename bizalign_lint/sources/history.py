"""The commits of a repository, with the git trees of the workspace's folder."""

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
"""A commit may have any date; a line with one beyond the calendar does not match."""


class Commit(NamedTuple):
    """A commit, as seen from a workspace."""

    id: str
    day: str
    """The day of the commit in the committer's time zone, in ISO 8601."""
    subject: str
    tree: str
    """The id of the tree of the workspace's folder; empty if the folder did not exist."""
    tag: str = ""


def history(root: str, revision: str, most: int = 0) -> list[Commit]:
    """The commits that led to a revision, newest first, along first parents.

    ``most`` limits their number; 0 for no limit. Raises UsageError for an unknown revision.
    """
    tip = resolve(root, revision).commit
    limit = [f"--max-count={most}"] if most else []
    return _commits(root, ["--first-parent", *limit, tip])


def between(root: str, old: str, new: str) -> list[Commit]:
    """The commits after one commit up to another, oldest first, along first parents."""
    return _commits(root, ["--first-parent", f"{old}..{new}"])[::-1]


def tagged(root: str) -> list[Commit]:
    """The tagged commits by day, newest first. Raises UsageError if there are none."""
    listed = git(root, "for-each-ref", "--format=%(refname:short)", "refs/tags") or b""
    names = os.fsdecode(listed).split()
    if not names:
        raise UsageError(
            "the repository has no tags", hint="use --every month or --last 24 instead"
        )
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
    """The id of the tree of the workspace's folder in each commit; empty if it has none."""
    prefix = os.fsdecode(git(root, "rev-parse", "--show-prefix") or b"").rstrip("\n")
    queries = "".join(f"{commit}:{prefix}\n" for commit in commits)
    form = "--batch-check=%(objectname) %(objecttype)"
    output = git(root, "cat-file", form, given=os.fsencode(queries))
    answers = (line.split(" ") for line in os.fsdecode(output or b"").splitlines())
    return [parts[0] if parts[-1] == "tree" else "" for parts in answers]
