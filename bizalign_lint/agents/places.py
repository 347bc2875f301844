"""Which files an agent may change: those of the model that are in the workspace itself."""

from __future__ import annotations

import os
import re

from bizalign_lint.agents.desk import Reading
from bizalign_lint.core.types import Source
from bizalign_lint.sources.disk import belongs
from bizalign_lint.sources.listing import SUFFIXES, is_ignored, select_files
from bizalign_lint.sources.roots import CONFIG_NAME
from bizalign_lint.workspace.setup_files import own_files

_PLAIN = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|]+")
"""Characters that a file name may have on every system: no drive, stream or other separator."""
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""Names of devices on some systems."""


class PlaceError(Exception):
    """A path that an agent may not change; the message says why."""


def existing(path: str, reading: Reading) -> Source | None:
    """The file of the model at a path; None if one may be created there. Raises PlaceError."""
    _check_form(path)
    _check_links(path, reading.root)
    if belongs(path, own_files(reading.config)):
        raise PlaceError("it belongs to the set-up, which only people may change")
    landscape = reading.loaded.landscape
    if landscape is not None and landscape.claims(path):
        raise PlaceError("it is another tool's file: change it there")
    known = next((source for source in reading.sources if source.path == path), None)
    if known is not None:
        return known
    if os.path.lexists(os.path.join(reading.root, path)):
        raise PlaceError("the file exists, but does not belong to the model")
    if path not in _readable(path, reading) or is_ignored(reading.root, path):
        raise PlaceError("the workspace would not read it: see include and exclude")
    return None


def _check_form(path: str) -> None:
    names = path.split("/")
    if path.startswith("/") or not all(names):
        raise PlaceError("give a path relative to the workspace, with single slashes")
    if ".." in names or "." in names:
        raise PlaceError("it may not contain . or ..")
    for name in names:
        if name.startswith("."):
            raise PlaceError("hidden files and folders are never changed")
        if not _PLAIN.fullmatch(name) or _DEVICES.fullmatch(name) or name.rstrip(". ") != name:
            raise PlaceError("a name in it is not valid on every system")
        if len(name.encode(errors="replace")) > 200:
            raise PlaceError("a name in it is too long")
    if not path.endswith(SUFFIXES):
        raise PlaceError(f"a file of definitions ends in {' or '.join(SUFFIXES)}")


def _check_links(path: str, root: str) -> None:
    """Raise PlaceError for a path through a symbolic link, wherever the link leads."""
    here = root
    for name in path.split("/"):
        here = os.path.join(here, name)
        if os.path.islink(here):
            raise PlaceError("a part of the path is a symbolic link")
        if not os.path.lexists(here):
            return
        if os.path.isfile(here) and here != os.path.join(root, path):
            raise PlaceError("a part of the path is a file, not a folder")
    if not os.path.isfile(here):
        raise PlaceError("it is not a regular file")


def _readable(path: str, reading: Reading) -> list[str]:
    """The path, if a file there would be read; otherwise nothing."""

    def is_home(folder: str) -> bool:
        return os.path.isfile(os.path.join(reading.root, folder, CONFIG_NAME))

    config = reading.config
    return select_files([path], is_home, config.include, config.exclude, config.also).paths
