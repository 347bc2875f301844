"""Two files change places in one step, where the system can do that."""

from __future__ import annotations

import os
import sys

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
