"""Forked copies of this process that share its work, if the machine has the cores.

A copy has everything read before the fork and sends back bytes. Work that a copy fails to do is
done by the parent, so that the result never depends on it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import NamedTuple

_MAX_PROCESSES = 4
"""More processes cost more than they save."""


class Worker(NamedTuple):
    """A child process."""

    pid: int
    results: int
    """File descriptor from which its result can be read."""


def processes(work: int, enough: int) -> int:
    """The number of processes for a number of work items, each with at least ``enough`` of them.

    1 if forking is not safe: outside Linux, or with other threads running.
    """
    if work < 2 * enough or not hasattr(os, "sched_getaffinity") or _has_threads():
        return 1
    return min(len(os.sched_getaffinity(0)), _MAX_PROCESSES, work // enough)


def _has_threads() -> bool:
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


def start_worker(work: Callable[[], bytes]) -> Worker | None:
    """Start a copy that does the work; None if the system allows no more processes."""
    results, sink = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(results)
        os.close(sink)
        return None
    if pid:
        os.close(sink)
        return Worker(pid, results)
    try:
        # Only the parent reports an interruption.
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_DFL)
        os.close(results)
        _send(work(), sink)
        os._exit(0)
    finally:
        os._exit(1)


def _send(sent: bytes, to: int) -> None:
    rest = memoryview(sent)
    while rest:
        rest = rest[os.write(to, rest) :]


def result(worker: Worker | None) -> bytes | None:
    """The bytes that a worker sent; None if it failed."""
    if worker is None:
        return None
    received = bytearray()
    with open(worker.results, "rb", buffering=0) as results:
        while piece := results.read(1 << 20):
            received += piece
    _, status = os.waitpid(worker.pid, 0)
    return bytes(received) if status == 0 else None
