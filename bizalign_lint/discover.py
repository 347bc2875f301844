"""A workspace → the contents of its files, and what could not be read."""

from __future__ import annotations

import errno
import os
import stat
from typing import NamedTuple

from . import conditions
from .globs import Globs
from .listing import SUFFIXES, Listing, list_files, reason
from .model import Flaw, Location, Source, Span
from .resources import TEST_SUFFIX

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    # A named pipe would otherwise keep us waiting for somebody to write to it.
    | getattr(os, "O_NONBLOCK", 0)
)
_START = Span(1, 1, 1, 2)


class Found(NamedTuple):
    """What a workspace holds."""

    sources: list[Source]
    """Sorted by path."""
    flaws: list[Flaw]
    """One for each file that is named like a model file and cannot be read."""
    nested: list[str]
    """Folders that are workspaces of their own, and were passed over."""
    skipped: list[str]
    """Files that are the set-up's own: configuration, schemas and rules."""


def discover(root: str, include: Globs, exclude: Globs, own: frozenset[str]) -> Found:
    """Read every model file of a workspace.

    ``own`` are the files and folders that belong to the set-up, relative to the root.
    """
    return read_listed(root, list_files(root, include, exclude), own)


def read_listed(root: str, listing: Listing, own: frozenset[str]) -> Found:
    """Read the model files that are listed, from disk."""
    found = Found([], [], listing.nested, [])
    for folder, why in listing.unreadable:
        found.flaws.append(_flaw(folder, f"the folder cannot be read: {why}"))
    base = os.path.join(root, "")
    for path in listing.paths:
        if own and belongs(path, own):
            found.skipped.append(path)
            continue
        try:
            content = read(base + path)
        except OSError as error:
            _explain(found, base, path, error)
            continue
        if content is not None:
            found.sources.append(Source(path, content))
    return found


def read(path: str) -> bytes | None:
    """The content of a file, or None when it is no regular file."""
    handle = os.open(path, _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return None
        content = os.read(handle, status.st_size + 1)
        if len(content) != status.st_size:
            while more := os.read(handle, 1 << 20):
                content += more
        return content
    finally:
        os.close(handle)


def read_own(root: str, entries: tuple[str, ...]) -> tuple[Source, ...]:
    """The set-up's own files: each entry a file, or a folder with ``*.yaml`` and ``*.yml`` below.

    Entries are relative to the root (or absolute) and are known to exist.
    """
    sources: list[Source] = []
    for entry in entries:
        full = os.path.join(root, entry)
        if not os.path.isdir(full):
            sources.append(Source(entry, _read_file(full)))
            continue
        sources += [
            Source(f"{entry}/{name}", _read_file(os.path.join(full, name)))
            for name in sorted(_below(full))
        ]
    return tuple(sources)


def _read_file(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _below(folder: str) -> list[str]:
    return [
        os.path.relpath(os.path.join(where, name), folder).replace(os.sep, "/")
        for where, _, names in os.walk(folder)
        for name in names
        if name.endswith(SUFFIXES) and not name.endswith(TEST_SUFFIX)
    ]


def belongs(path: str, own: frozenset[str]) -> bool:
    """Whether a file is one of the set-up's own."""
    while path:
        if path in own:
            return True
        path = path.rpartition("/")[0]
    return False


def _explain(found: Found, base: str, path: str, error: OSError) -> None:
    if error.errno == errno.ENOENT:
        if os.path.islink(base + path):
            target = os.readlink(base + path)
            found.flaws.append(_flaw(path, f"the link leads to {target}, which is not there"))
        # Otherwise it was deleted, and git has not been told yet.
    elif error.errno != errno.ELOOP:
        found.flaws.append(_flaw(path, f"the file cannot be read: {reason(error)}"))


def _flaw(path: str, problem: str) -> Flaw:
    return Flaw(conditions.SYNTAX, Location(path, _START), {"problem": problem}, subject=problem)
