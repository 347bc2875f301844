"""A workspace → its files on disk, and flaws for those that cannot be read."""

from __future__ import annotations

import errno
import os
from typing import NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.errors import reason
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.types import Flaw, Location, Source, Span
from bizalign_lint.sources.bounds import OutsideError
from bizalign_lint.sources.listing import NONE, Listing, list_files
from bizalign_lint.sources.read import Files
from bizalign_lint.sources.repository import left_out

_START = Span(1, 1, 1, 2)


class Found(NamedTuple):
    """The files of a workspace, and what was left out."""

    sources: list[Source]
    """Sorted by path."""
    flaws: list[Flaw]
    """One for each model file or folder that cannot be read."""
    nested: list[str]
    """Folders that are workspaces of their own; they are left out."""
    skipped: list[str]
    """Files that belong to the set-up: configuration, schemas, rules and so on."""
    outside: list[str]
    """Links that lead out of the repository; they are not followed."""
    absent: frozenset[str] = frozenset()
    """Tracked files that a sparse checkout leaves out; they were read from the index."""
    unasked: bool = False
    """Whether git could not report which files are ignored, so that all files are included."""


def discover(
    root: str, include: Globs, exclude: Globs, own: frozenset[str], also: Globs = NONE
) -> Found:
    """Read every model file of a workspace.

    ``also`` matches files of other tools that are part of the model. ``own`` are the files and
    folders that belong to the set-up, relative to the root.
    """
    return read_listed(root, list_files(root, include, exclude, also), own)


def read_listed(root: str, listing: Listing, own: frozenset[str]) -> Found:
    """Read the listed model files from disk; ``own`` are those of the set-up, to be left out."""
    found = Found([], [], nested=listing.nested, skipped=[], outside=[], unasked=listing.unasked)
    missing: list[str] = []
    for folder, why in listing.unreadable:
        found.flaws.append(_flaw(folder, f"the folder cannot be read: {why}"))
    base = os.path.join(root, "")
    files = Files(root)
    for path in listing.paths:
        if own and belongs(path, own):
            found.skipped.append(path)
            continue
        try:
            content = files.read(path)
        except OutsideError:
            found.outside.append(path)
            continue
        except OSError as error:
            if error.errno == errno.ENOENT and not os.path.islink(base + path):
                missing.append(path)
            else:
                _explain(found, base, path, error)
            continue
        if content is not None:
            found.sources.append(Source(path, content))
    # The other missing files were deleted, but are still in the index.
    absent = left_out(root, missing) if missing else {}
    if not absent:
        return found
    found.sources.extend(Source(path, content) for path, content in absent.items())
    found.sources.sort(key=lambda source: source.path)
    return found._replace(absent=frozenset(absent))


def belongs(path: str, own: frozenset[str]) -> bool:
    """Whether a file is one of the set-up's files, or in one of its folders."""
    while path:
        if path in own:
            return True
        path = path.rpartition("/")[0]
    return False


def _explain(found: Found, base: str, path: str, error: OSError) -> None:
    if error.errno == errno.ENOENT:
        found.flaws.append(broken_link(path, os.readlink(base + path)))
    elif error.errno != errno.ELOOP:
        found.flaws.append(_flaw(path, f"the file cannot be read: {reason(error)}"))


def broken_link(path: str, target: str) -> Flaw:
    """The flaw of a link whose target does not exist."""
    return _flaw(path, f"the link points to {target}, which does not exist")


def _flaw(path: str, problem: str) -> Flaw:
    return Flaw(conditions.SYNTAX, Location(path, _START), {"problem": problem}, subject=problem)
