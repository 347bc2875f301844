"""A revision of a git repository → the contents of its files, without a checkout."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.suggest import hint, suggestion
from bizalign_lint.core.types import Flaw, Source
from bizalign_lint.sources.conversions import as_checked_out
from bizalign_lint.sources.disk import belongs, broken_link
from bizalign_lint.sources.git import git
from bizalign_lint.sources.links import follow
from bizalign_lint.sources.listing import NONE, select_files
from bizalign_lint.sources.repository import contents, is_home_among, no_repository, regular

MERGE_BASE = "merge-base:"
"""The prefix of a revision that stands for its merge base with the current branch."""

SHALLOW = (
    "this is a shallow clone: run `git fetch --unshallow`, "
    "or check out with `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` (GitLab)"
)


class Revision(NamedTuple):
    """A commit, as seen from a workspace."""

    root: str
    """The absolute path of the workspace."""
    name: str
    """The revision as the user gave it."""
    commit: str


class Revised(NamedTuple):
    """The files of a workspace at a revision."""

    sources: list[Source]
    """Sorted by path."""
    flaws: list[Flaw]
    """One for each link whose target does not exist."""


def resolve(root: str, name: str) -> Revision:
    """The commit of a branch, a tag, a commit or ``merge-base:REVISION``.

    Raises UsageError, with a hint, if there is none.
    """
    if git(root, "rev-parse", "--git-dir") is None:
        raise no_repository(root, "revisions are read with git")
    if _commit(root, "HEAD") is None:
        raise UsageError(
            f"unknown revision {name}: the repository has no commit yet", hint="commit first"
        )
    wanted = name.removeprefix(MERGE_BASE)
    commit = _commit(root, wanted)
    if commit is None:
        raise _unknown(root, wanted)
    if wanted == name:
        return Revision(root, name, commit)
    base = git(root, "merge-base", "HEAD", commit)
    if base is None:
        raise UsageError(
            f"the current commit and {wanted} have no common commit in this clone",
            hint=SHALLOW if is_shallow(root) else "give a revision without merge-base:",
        )
    return Revision(root, name, base.decode().strip())


def read_revision(
    revision: Revision,
    include: Globs,
    exclude: Globs,
    own: frozenset[str],
    also: Globs = NONE,
) -> Revised:
    """Every model file of a workspace at a revision.

    ``own`` are the files and folders that belong to the set-up. Raises UsageError if git cannot
    read the revision.
    """

    def listing(folder: str) -> bytes | None:
        return git(folder, "ls-tree", "-r", "-z", revision.commit)

    listed = listing(revision.root)
    if listed is None:
        raise _unreadable(revision)
    links = follow(revision.root, listed, listing, 1)
    objects = {path: object_ for path, (_, object_) in regular(listed)} | {**links.objects}
    known = {*objects, *links.missing}
    paths = [
        path
        for path in select_files(known, is_home_among(known), include, exclude, also).paths
        if not belongs(path, own)
    ]
    flaws = [broken_link(path, links.missing[path]) for path in paths if path in links.missing]
    paths = [path for path in paths if path in objects]
    converted = as_checked_out(revision.root, {path: objects[path] for path in paths})
    kept = [path for path in paths if path not in converted]
    found = _contents(revision, [objects[path] for path in kept])
    by_path = {**converted, **dict(zip(kept, found, strict=True))}
    sources = [Source(path, by_path[path]) for path in paths]
    return Revised(sources, flaws)


def whole_tree(revision: Revision) -> dict[str, str]:
    """The git object of every regular file of the repository at a revision, by path."""
    listed = git(revision.root, "ls-tree", "-r", "-z", "--full-tree", revision.commit)
    if listed is None:
        raise _unreadable(revision)
    return {path: object_ for path, (_, object_) in regular(listed)}


def _contents(revision: Revision, names: Sequence[str]) -> list[bytes]:
    found = contents(revision.root, names)
    if None in found:
        raise _unreadable(revision)
    return [content for content in found if content is not None]


def _commit(root: str, name: str) -> str | None:
    if not name or name.startswith("-"):
        return None
    found = git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return None if found is None else found.decode().strip()


def is_shallow(root: str) -> bool:
    """Whether a clone is shallow, so that commits are missing."""
    return git(root, "rev-parse", "--is-shallow-repository") == b"true\n"


def _unknown(root: str, name: str) -> UsageError:
    listed = git(root, "for-each-ref", "--format=%(refname:short)") or b""
    names = os.fsdecode(listed).split()
    far = next((known for known in names if known.endswith(f"/{name}")), None)
    instead = suggestion(far) or hint(name, names)
    if is_shallow(root):
        instead = f"{instead} If not, {SHALLOW}" if instead else SHALLOW
    return UsageError(
        f"unknown revision {name}",
        hint=instead
        or f"give a branch, a tag or a commit, or fetch it first: git fetch origin {name}",
    )


def _unreadable(revision: Revision) -> UsageError:
    return UsageError(
        f"git cannot read the files of {revision.name}",
        hint=SHALLOW if is_shallow(revision.root) else "try `git fsck`",
    )
