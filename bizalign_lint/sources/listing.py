"""A folder → the paths of the files below it that may contain definitions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bizalign_lint.core.errors import reason
from bizalign_lint.core.globs import Globs
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.git import ask, git
from bizalign_lint.sources.repository import skipped
from bizalign_lint.sources.roots import CONFIG_NAME

SUFFIXES = (".yaml", ".yml")
NONE = Globs()
_NEVER = "node_modules"
_UNREADABLE = re.compile(r"^warning: could not open directory '(.+?)/?': (.+)$", re.MULTILINE)
"""Git's warning about a folder that it cannot open."""


@dataclass(slots=True)
class Listing:
    """The listed files. Paths are relative to the folder, with forward slashes, and sorted."""

    paths: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    """Folders that are workspaces of their own; they are left out."""
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    """Folders that cannot be opened, each with the reason."""
    unasked: bool = False
    """Whether git could not report which files are ignored."""


def list_files(root: str, include: Globs, exclude: Globs, also: Globs = NONE) -> Listing:
    """The files that git tracks or does not ignore; outside a work tree, all files.

    ``also`` matches files that are listed whatever their suffix, even if ``include`` does not match
    them.
    """
    is_there = bool(work_tree(root))
    listed, warnings = _git_files(root) if is_there else (None, "")
    if listed is None:
        found = _select(_walk(root, exclude, also), include, exclude, also)
        inside = ("rev-parse", "--is-inside-work-tree")
        found.unasked = is_there and git(root, *inside) != b"true\n"
        return found
    found = _of_work_tree(root, listed, include, exclude, also)
    found.unreadable = sorted(
        (folder, why.lower())
        for folder, why in _UNREADABLE.findall(warnings)
        if not (exclude and exclude.covers(folder))
    )
    if found.unreadable:
        below = tuple(f"{folder}/" for folder, _ in found.unreadable)
        found.paths = [path for path in found.paths if not path.startswith(below)]
    return found


def list_tracked(
    root: str, include: Globs, exclude: Globs, index: str = "", also: Globs = NONE
) -> Listing | None:
    """The files that git tracks, by ``index`` if it names one; None if git fails."""
    listed = git(root, "ls-files", "-z", "--cached", index=index)
    if listed is None:
        return None
    return _of_work_tree(root, os.fsdecode(listed).split("\0"), include, exclude, also, index)


def _of_work_tree(
    root: str,
    listed: Iterable[str],
    include: Globs,
    exclude: Globs,
    also: Globs,
    index: str = "",
) -> Listing:
    listed = [*listed]
    # A nested workspace also counts if a sparse checkout leaves out its configuration.
    absent = [path for path in listed if _is_absent_home(root, path)]
    homes = {path.rpartition("/")[0] for path in skipped(root, index)} if absent else set()
    homes &= {path.rpartition("/")[0] for path in absent}

    def is_home(folder: str) -> bool:
        return folder in homes or os.path.isfile(os.path.join(root, folder, CONFIG_NAME))

    return select_files(listed, is_home, include, exclude, also)


def _is_absent_home(root: str, path: str) -> bool:
    return path.endswith(f"/{CONFIG_NAME}") and not os.path.lexists(os.path.join(root, path))


def _select(found: Listing, include: Globs, exclude: Globs, also: Globs) -> Listing:
    found.paths = sorted(
        path
        for path in found.paths
        if (not include or include.match(path) or (also and also.match(path)))
        and not (exclude and exclude.match(path))
    )
    return found


def _git_files(root: str) -> tuple[list[str] | None, str]:
    """The files that git lists, and its warnings; None if git fails or ignores the folder."""
    done = ask(root, ("ls-files", "-z", "--cached", "--others", "--exclude-standard"))
    if done is None or (not done.stdout and _ignored(root)):
        return None, ""
    return os.fsdecode(done.stdout).split("\0"), os.fsdecode(done.stderr)


def _ignored(root: str) -> bool:
    is_top = os.path.exists(os.path.join(root, ".git"))
    return not is_top and git(root, "check-ignore", "-q", ".") is not None


def is_ignored(root: str, path: str) -> bool:
    """Whether git would ignore a file that does not exist yet."""
    if not work_tree(root) or _ignored(root):
        return False
    return git(root, "check-ignore", "-q", "--", path) is not None


def select_files(
    listed: Iterable[str],
    is_home: Callable[[str], bool],
    include: Globs,
    exclude: Globs,
    also: Globs = NONE,
) -> Listing:
    """The listed paths that belong to the workspace and may contain definitions.

    ``is_home`` reports whether a folder is a workspace of its own; ``also`` is as for list_files.
    """
    found = Listing()
    open_folders: dict[str, bool] = {"": True}
    is_open = _Openness(is_home, open_folders, found.nested)
    # A file in a merge conflict is listed once for each side.
    for path in dict.fromkeys(listed):
        if not path.endswith(SUFFIXES) and not (also and also.match(path)):
            continue
        folder, _, name = path.rpartition("/")
        if name[0] == ".":
            if name == CONFIG_NAME:
                is_open(folder)  # records the nested workspace, even if it has no files yet
            continue
        known = open_folders.get(folder)
        if is_open(folder) if known is None else known:
            found.paths.append(path)
    found.nested.sort()
    return _select(found, include, exclude, also)


class _Openness:
    """Decides whether a folder is part of the workspace, and caches the answer."""

    def __init__(
        self, is_home: Callable[[str], bool], known: dict[str, bool], nested: list[str]
    ) -> None:
        self._is_home = is_home
        self._known = known
        self._nested = nested

    def __call__(self, folder: str) -> bool:
        unknown = []
        while folder not in self._known:
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        is_open = self._known[folder]
        for below in reversed(unknown):
            is_open = is_open and self._enter(below, below.rpartition("/")[2])
            self._known[below] = is_open
        return is_open

    def _enter(self, folder: str, name: str) -> bool:
        if name[0] == "." or name == _NEVER:
            return False
        if self._is_home(folder):
            self._nested.append(folder)
            return False
        return True


def _walk(root: str, exclude: Globs, also: Globs) -> Listing:
    found = Listing()
    pending: list[tuple[str, str]] = [(root, "")]
    skipped: Callable[[str], bool] = exclude.covers if exclude else lambda _folder: False
    while pending:
        folder, prefix = pending.pop()
        try:
            with os.scandir(folder) as entries:
                inside = list(entries)
        except OSError as error:
            found.unreadable.append((prefix.rstrip("/") or ".", reason(error)))
            continue
        if prefix and any(entry.name == CONFIG_NAME for entry in inside):
            found.nested.append(prefix.rstrip("/"))
            continue
        for entry in inside:
            name = entry.name
            if name[0] == ".":
                continue
            # As in git, a link to a folder is not followed, which also prevents endless loops.
            if entry.is_dir(follow_symlinks=False):
                if name != _NEVER and not skipped(prefix + name):
                    pending.append((entry.path, f"{prefix}{name}/"))
            elif name.endswith(SUFFIXES) or (also and also.match(prefix + name)):
                found.paths.append(prefix + name)
    found.nested.sort()
    found.unreadable.sort()
    return found
