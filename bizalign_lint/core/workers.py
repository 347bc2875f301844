"""Copies of this process that do a part of its work, where the machine has cores for them.

A copy knows all that had been read when it was made, and sends back bytes. What it fails to do is
done here, so that the outcome never depends on it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import NamedTuple

_MOST = 4
"""With more of them, what they cost grows and what they save does not."""


class Worker(NamedTuple):
    """A process that works for this one."""

    pid: int
    results: int
    """Where its bytes can be read."""


def processes(work: int, enough: int) -> int:
    """Among how many processes a work is shared: each has enough to do to be worth it.

    One where copying a process is not safe: outside Linux, and beside other threads.
    """
    if work < 2 * enough or not hasattr(os, "sched_getaffinity") or _has_threads():
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST, work // enough)


def _has_threads() -> bool:
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


def start_worker(work: Callable[[], bytes]) -> Worker | None:
    """Let a copy do a work; None when the system does not allow one more process."""
    results, ours = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(results)
        os.close(ours)
        return None
    if pid:
        os.close(ours)
        return Worker(pid, results)
    try:
        # The command itself says that it was interrupted, and nobody else.
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_DFL)
        os.close(results)
        _send(work(), ours)
        os._exit(0)
    finally:
        os._exit(1)


def _send(sent: bytes, to: int) -> None:
    rest = memoryview(sent)
    while rest:
        rest = rest[os.write(to, rest) :]


def result(worker: Worker | None) -> bytes | None:
    """What a copy's work came to; None when it has failed."""
    if worker is None:
        return None
    received = bytearray()
    with open(worker.results, "rb", buffering=0) as results:
        while piece := results.read(1 << 20):
            received += piece
    _, status = os.waitpid(worker.pid, 0)
    return bytes(received) if status == 0 else None
