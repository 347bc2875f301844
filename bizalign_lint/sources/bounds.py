"""Where files may be read: inside the repository that a workspace is part of, links resolved."""

from __future__ import annotations

import errno
import os

_SYSTEM = ("/dev", "/proc", "/sys")
"""Folders of what only looks like files: devices, and what the system knows of its processes."""
GITS_OWN = ".git"
"""Where git keeps its files; a configuration among them may hold somebody's credentials."""

HINT = (
    "a changed set-up could expose other people's files, so everything it refers to must be in "
    "the same git repository (without git: in the workspace)"
)


class OutsideError(OSError):
    """A path leads where nothing may be read."""


def top(folder: str) -> str:
    """The folder that nothing is read outside of: the git work tree around, else the folder."""
    return work_tree(folder) or os.path.realpath(folder)


def work_tree(folder: str) -> str:
    """The top of the git work tree that a folder is in; empty where it is in none."""
    here = os.path.realpath(folder)
    while not os.path.exists(os.path.join(here, GITS_OWN)):
        parent = os.path.dirname(here)
        if parent == here:
            return ""
        here = parent
    return here


def resolved(path: str, *within: str) -> str:
    """The file or folder that a path leads to, whether it is there or not.

    ``within`` are folders of which one has to hold it. Raises OutsideError.
    """
    try:
        real = os.path.realpath(path)
    except ValueError:  # a NUL, half a character
        raise OutsideError(errno.EINVAL, "not a valid file name") from None
    if not any(_holds(folder, real) for folder in within):
        raise OutsideError(errno.EACCES, "it is outside the repository")
    return real


def _holds(folder: str, path: str) -> bool:
    if not _is_below(folder, path):
        return False
    if any(_is_below(system, path) and not _is_below(system, folder) for system in _SYSTEM):
        return False
    return GITS_OWN not in path[len(folder) :].lower().split(os.sep)


def _is_below(folder: str, path: str) -> bool:
    folder, path = os.path.normcase(folder), os.path.normcase(path)
    return path == folder or path.startswith(os.path.join(folder, ""))
