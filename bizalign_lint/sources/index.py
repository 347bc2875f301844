"""The files in git's index: as they are staged, or as they are in the work tree."""

from __future__ import annotations

import os

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.types import Source
from bizalign_lint.sources.conversions import as_checked_out
from bizalign_lint.sources.disk import Found, belongs, broken_link, read_listed
from bizalign_lint.sources.git import git, git_in_environment
from bizalign_lint.sources.links import follow
from bizalign_lint.sources.listing import NONE, list_tracked, select_files
from bizalign_lint.sources.repository import contents, is_home_among, no_repository, regular

_WHY = "--staged and --tracked need git"


def discover_staged(
    root: str, include: Globs, exclude: Globs, own: frozenset[str], also: Globs = NONE
) -> Found:
    """Every model file of a workspace as it is staged, that is, as the next commit will have it.

    In a hook, the index is that of the commit being made, which may differ from the repository's
    (``git commit --all``, ``git commit FILE``). Raises UsageError outside a repository, and for a
    file with a merge conflict, which has no staged version.
    """
    index = _index(root)
    listed = _staged(root, index)
    if listed is None:
        raise no_repository(root, _WHY)
    entries = dict(regular(listed))
    links = follow(root, listed, lambda top: _staged(top, index), 0)
    entries |= {path: (name, "0") for path, name in links.objects.items()}
    entries |= dict.fromkeys(links.missing, ("", "0"))
    listing = select_files(entries, is_home_among(entries), include, exclude, also)
    found = Found([], [], nested=listing.nested, skipped=[], outside=[])
    paths = []
    for path in listing.paths:
        if own and belongs(path, own):
            found.skipped.append(path)
            continue
        if entries[path][1] != "0":
            raise UsageError(
                f"{path} has a merge conflict: it has no staged version",
                hint=f"resolve it, then git add {path}",
            )
        if path in links.missing:
            found.flaws.append(broken_link(path, links.missing[path]))
        else:
            paths.append(path)
    converted = as_checked_out(root, {path: entries[path][0] for path in paths}, index)
    kept = [path for path in paths if path not in converted]
    objects = contents(root, [entries[path][0] for path in kept])
    by_path = {**converted, **dict(zip(kept, objects, strict=True))}
    for path in paths:
        content = by_path[path]
        if content is None:
            raise UsageError(f"git cannot read the staged version of {path}", hint="try `git fsck`")
        found.sources.append(Source(path, content))
    return found


def discover_tracked(
    root: str, include: Globs, exclude: Globs, own: frozenset[str], also: Globs = NONE
) -> Found:
    """Every tracked model file of a workspace, as it is in the work tree.

    In a hook, the tracked files are those of the commit being made. Raises UsageError outside a
    repository.
    """
    listing = list_tracked(root, include, exclude, _index(root), also)
    if listing is None:
        raise no_repository(root, _WHY)
    return read_listed(root, listing, own)


def _staged(folder: str, index: str) -> bytes | None:
    return git(folder, "ls-files", "--stage", "-z", index=index)


def _index(root: str) -> str:
    """The index file that a hook's environment names, if it belongs to the root's repository."""
    named = os.environ.get("GIT_INDEX_FILE", "")
    ask = ("rev-parse", "--absolute-git-dir")
    if not named or git_in_environment(*ask) != git(root, *ask):
        return ""
    return os.path.abspath(named)
