"""The revision that ``check --new`` compares with."""

from __future__ import annotations

from collections.abc import Mapping

from bizalign_lint.sources.git import git
from bizalign_lint.sources.repository import no_repository
from bizalign_lint.sources.revision import MERGE_BASE

FROM = "PRE_COMMIT_FROM_REF"
"""The variable in which pre-commit and prek give the start of a push, or of a range to check."""
_INDEX = "GIT_INDEX_FILE"
"""The variable that git sets in the hooks of a commit."""


def beginning(root: str, environment: Mapping[str, str]) -> str | None:
    """The revision before the changes that are about to be committed or pushed.

    None if everything is new, as before the first commit, and if nothing is about to be committed,
    as in a run over all files. Raises UsageError outside a repository.
    """
    if start := environment.get(FROM):
        return f"{MERGE_BASE}{start}"
    if git(root, "rev-parse", "--git-dir") is None:
        raise no_repository(root, "--new compares with the last commit")
    if git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
        return None
    staged = git(root, "diff-index", "--cached", "--name-only", "-z", "HEAD", "--")
    return "HEAD" if staged or _INDEX in environment else None
