"""The bounds of reading: only files in the workspace's repository, with links resolved."""

from __future__ import annotations

import errno
import os

_SYSTEM = ("/dev", "/proc", "/sys")
"""Folders of devices and of information about processes, which only look like files."""
GITS_OWN = ".git"
"""The folder of git's own files; a configuration in it may contain credentials."""

HINT = (
    "a changed set-up could expose other people's files, so everything it refers to must be in "
    "the same git repository (without git: in the workspace)"
)


class OutsideError(OSError):
    """A path leads out of the folders that may be read."""


def top(folder: str) -> str:
    """The folder that bounds reading: the top of the git work tree, or else the folder itself."""
    return work_tree(folder) or os.path.realpath(folder)


def work_tree(folder: str) -> str:
    """The top of the git work tree that a folder is in; empty if it is in none."""
    here = os.path.realpath(folder)
    while not os.path.exists(os.path.join(here, GITS_OWN)):
        parent = os.path.dirname(here)
        if parent == here:
            return ""
        here = parent
    return here


def resolved(path: str, *within: str) -> str:
    """The real path of a file or folder, whether it exists or not.

    Raises OutsideError unless it is in one of the folders ``within``.
    """
    try:
        real = os.path.realpath(path)
    except ValueError:  # a NUL, a lone surrogate
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
