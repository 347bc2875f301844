"""Symbolic links in git's index or a commit → the files of the repository that they lead to.

In git, the content of a link is its target. On disk, the system follows it; for the index and for
commits, it is followed here, so that they give the same model.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.sources.bounds import GITS_OWN, work_tree
from bizalign_lint.sources.git import git
from bizalign_lint.sources.repository import FILES, contents, entries

_LINK = "120000"
_MAX_STEPS = 40
"""The most links followed in one path; a longer chain is taken for a cycle."""
_MAX_LENGTH = 4096
"""The longest target that is followed, in characters; no system follows a longer one."""


class Targets(NamedTuple):
    """Links by path; those that lead out of the repository are in neither."""

    objects: Mapping[str, str]
    """The name of the git object of the link's target."""
    missing: Mapping[str, str]
    """The targets of links that do not exist."""


Listing = Callable[[str], bytes | None]
"""Lists the entries below a folder, as git prints them, with modes."""


def follow(root: str, listed: bytes, listing: Listing, name_at: int) -> Targets:
    """Follow the links among the entries that git lists for a folder.

    ``name_at`` is the index of an object's name between mode and path. Nothing is followed if git
    checks out links as files with the target as their text.
    """
    wanted = [path for path, (mode, *_) in entries(listed) if mode == _LINK]
    top = os.path.realpath(work_tree(root))
    if not wanted or git(root, "config", "--type=bool", "core.symlinks") == b"false\n":
        return Targets({}, {})
    all_ = list(entries(listing(top) or b""))
    links = {path: rest[name_at] for path, (mode, *rest) in all_ if mode == _LINK}
    files = {path: rest[name_at] for path, (mode, *rest) in all_ if mode in FILES}
    found = contents(root, list(links.values()))
    targets = {
        path: os.fsdecode(target)
        for path, target in zip(links, found, strict=True)
        if target is not None and len(target) <= _MAX_LENGTH
    }
    prefix = os.path.relpath(os.path.realpath(root), top).replace(os.sep, "/")
    before = "" if prefix == "." else f"{prefix}/"
    objects: dict[str, str] = {}
    missing: dict[str, str] = {}
    folders = {part for path in (*files, *links) for part in _parents(path)}
    for path in wanted:
        end = _final_path(before + path, targets)
        if before + path not in targets:
            continue
        if end in files:
            objects[path] = files[end]
        elif end is not None and end not in folders:
            missing[path] = targets[before + path]
    return Targets(objects, missing)


def _parents(path: str) -> Sequence[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts))]


def _final_path(path: str, targets: Mapping[str, str]) -> str | None:
    """The path with all links followed; None if it leads out of the repository or in a cycle."""
    todo, steps = path.split("/")[::-1], 0
    here: list[str] = []
    while todo:
        part = todo.pop()
        if part == "..":
            if not here:
                return None
            here.pop()
        elif part.lower() == GITS_OWN:
            return None
        elif part not in ("", "."):
            here.append(part)
            if len(here) > _MAX_LENGTH:
                return None
            target = targets.get("/".join(here))
            if target is not None:
                steps += 1
                if target.startswith("/") or steps > _MAX_STEPS:
                    return None
                here.pop()
                todo += target.split("/")[::-1]
    return "/".join(here)
