"""Command line arguments → the workspace they belong to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.core.errors import UsageError

CONFIG_NAME = ".bizalign.yaml"


class Root(NamedTuple):
    """A workspace, and the part of it to report on."""

    path: str
    """The absolute path of its folder, symbolic links resolved."""
    only: tuple[str, ...] | None
    """The files and folders to report on, relative to the root; None for all of them."""


def find_root(arguments: Sequence[str]) -> Root:
    """The workspace that the arguments belong to.

    It is the nearest folder upwards that has a ``.bizalign.yaml``. If there is none, it is the only
    argument if that is a folder, else the current folder. Raises UsageError for arguments that do
    not exist or belong to different workspaces.
    """
    paths = [_existing(argument) for argument in arguments]
    starts = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    homes = [configured(start) for start in starts or [os.getcwd()]]
    for argument, home in zip(arguments, homes, strict=False):
        if home != homes[0]:
            raise UsageError(
                f"{arguments[0]} and {argument} belong to different workspaces",
                hint="check one workspace at a time: a folder with a "
                f"{CONFIG_NAME} is one, together with everything below it",
            )
    root = homes[0]
    if root is None:
        root = paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else os.getcwd()
    inside = [
        _inside(root, path, argument) for path, argument in zip(paths, arguments, strict=True)
    ]
    return Root(root, None if "" in inside or not inside else tuple(sorted(set(inside))))


def find_roots(arguments: Sequence[str]) -> list[Root]:
    """The workspaces that the arguments belong to, in the order of the arguments."""
    homes: dict[str | None, list[str]] = {}
    for argument in arguments:
        homes.setdefault(home_of(argument), []).append(argument)
    return [find_root(own) for own in homes.values()] or [find_root(())]


def home_of(argument: str) -> str | None:
    """The nearest folder with a ``.bizalign.yaml``, upwards from a file or folder."""
    path = _existing(argument)
    return configured(path if os.path.isdir(path) else os.path.dirname(path))


def _existing(argument: str) -> str:
    path = os.path.abspath(argument)
    if not os.path.lexists(path):
        raise UsageError(f"no such file or folder: {argument}")
    if os.path.isdir(path):
        return os.path.realpath(path)
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def configured(folder: str) -> str | None:
    """The nearest folder upwards with a configuration, in the same git work tree, if any."""
    while not os.path.isfile(os.path.join(folder, CONFIG_NAME)):
        parent = os.path.dirname(folder)
        # Everything above the top of a git work tree belongs to somebody else.
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = parent
    return folder


def _inside(root: str, path: str, argument: str) -> str:
    """The path relative to the root; empty for the root itself."""
    if path == root:
        return ""
    prefix = os.path.join(root, "")
    if not path.startswith(prefix):
        raise UsageError(
            f"{argument} is not inside the workspace {root}",
            hint="run the command in the folder that contains the whole model, or give that folder "
            f"a {CONFIG_NAME}",
        )
    return path[len(prefix) :].replace(os.sep, "/")
