"""What is written outlasts a power cut, where the system can do that."""

from __future__ import annotations

import errno
import os
from contextlib import suppress

_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP)


def sync(handle: int) -> None:
    """Write an open file down to the disk; raises OSError."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def sync_folder(folder: str) -> None:
    """Write the names of a folder down to the disk, if that can be done for a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
