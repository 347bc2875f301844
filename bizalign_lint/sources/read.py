"""Reads the user's files: only regular files of a limited size, without ever blocking."""

from __future__ import annotations

import errno
import os
import stat

from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.sources.bounds import resolved, top

MAX_ENTRIES = 100_000
"""Maximum number of files and folders below a folder of the set-up."""
MAX_FILES = 10_000
"""Maximum number of files read below a folder of the set-up."""

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_FLAGS = (
    os.O_RDONLY
    | _NO_LINKS
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    # Otherwise opening a named pipe would block until somebody writes to it.
    | getattr(os, "O_NONBLOCK", 0)
)
_IS_LINK = (errno.ELOOP, errno.EMLINK)
"""The error codes for a link that is not to be followed."""


def read(path: str) -> bytes | None:
    """The content of a file; None if it is not a regular file.

    Of a file larger than ``MAX_BYTES``, only a little more than that is read. Raises OSError, also
    for a link.
    """
    if not _NO_LINKS and os.path.islink(path):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    handle = os.open(path, _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return None
        size = min(status.st_size, MAX_BYTES)
        content = os.read(handle, size + 1)
        if len(content) != size:
            while len(content) <= MAX_BYTES and (more := os.read(handle, 1 << 20)):
                content += more
        return content
    finally:
        os.close(handle)


def read_setup(path: str, *within: str) -> bytes:
    """The content of a file of the set-up, which has to be in one of the folders ``within``.

    Raises OSError, with the reason, unless it is a regular file of at most ``MAX_BYTES``.
    """
    content = read(resolved(path, *within))
    if content is None:
        raise OSError(errno.EINVAL, "it is not a regular file")
    if len(content) > MAX_BYTES:
        raise OSError(errno.EFBIG, f"it has more than {MAX_BYTES:,} bytes")
    return content


class Files:
    """The files of a workspace as they are now, read without leaving its repository."""

    def __init__(self, root: str) -> None:
        self._base = os.path.join(root, "")
        self._top = top(root)
        self._through_link = {"": False}

    def read(self, path: str) -> bytes | None:
        """The content of a file, given relative to the root; None if it is not a regular file.

        Raises OutsideError for a link that leads out of the repository, OSError for other errors.
        """
        full = self._base + path
        if not self._is_through_link(path.rpartition("/")[0]):
            try:
                return read(full)
            except OSError as error:
                if error.errno not in _IS_LINK:
                    raise
        return read(resolved(full, self._top))

    def _is_through_link(self, folder: str) -> bool:
        unknown = []
        while folder not in self._through_link:
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        known = self._through_link[folder]
        for below in reversed(unknown):
            known = known or os.path.islink(self._base + below)
            self._through_link[below] = known
        return known


def below(folder: str, suffixes: tuple[str, ...]) -> list[str]:
    """The files below a folder with certain suffixes, relative to it and sorted.

    Hidden files and folders are left out, and links to folders are not followed. Raises OSError,
    also if there are more than ``MAX_ENTRIES`` or ``MAX_FILES``.
    """
    found: list[str] = []
    pending = [""]
    seen = 0
    while pending:
        prefix = pending.pop()
        with os.scandir(os.path.join(folder, prefix)) as entries:
            for entry in entries:
                seen += 1
                if seen > MAX_ENTRIES or len(found) > MAX_FILES:
                    raise OSError(errno.EFBIG, "there are too many files below it")
                if entry.name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{prefix}{entry.name}/")
                elif entry.name.endswith(suffixes):
                    found.append(prefix + entry.name)
    return sorted(found)
