"""Two files change places in one step, where the system can do that, and nobody comes between."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SWAP = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""
_HERE = -100
"""AT_FDCWD."""


def exchange(one: str, other: str) -> bool:
    """Let two files have each other's names; False, and nothing done, where that cannot be done."""
    try:
        import ctypes

        system = ctypes.CDLL(None)
        paths = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            done = system.renamex_np(*paths, _SWAP)
        else:
            done = system.renameat2(_HERE, paths[0], _HERE, paths[1], _SWAP)
    except (ImportError, OSError, AttributeError, TypeError):
        return False
    return bool(done == 0)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let signals to end the process wait, where that can be had: whoever ended it while a draft
    is not known to be one would not remove it."""
    if sys.platform == "win32":
        yield
        return
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
