"""The most memory that a command and the processes it starts have together."""

from __future__ import annotations

import re
import time
from pathlib import Path

from .process import Command, begin

_PROC = Path("/proc")
_SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_PAUSE = 0.02


def most(command: Command) -> float:
    """Megabytes, by looking fifty times a second; memory that is shared counts once.

    Only Linux tells.
    """
    process = begin(command)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_kilobytes, _family(process.pid))))
        time.sleep(_PAUSE)
    return peak / 1000


def _family(pid: int) -> list[int]:
    """A process and all that it has started."""
    try:
        children = (_PROC / str(pid) / "task" / str(pid) / "children").read_text().split()
    except OSError:
        return []
    return [pid, *(inner for child in children for inner in _family(int(child)))]


def _kilobytes(pid: int) -> int:
    try:
        found = _SHARE.search((_PROC / str(pid) / "smaps_rollup").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0
