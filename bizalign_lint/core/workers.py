"""Forked copies of this process that share its work, if the machine has the cores.

A copy has everything read before the fork and sends back bytes. Work that a copy fails to do is
done by the parent, so that the result never depends on it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_LENGTH = 8
"""Size of a length in bytes."""
_MAX_PROCESSES = 4
"""More processes cost more than they save."""


class Worker(NamedTuple):
    """A child process."""

    pid: int
    pieces: int
    """File descriptor of the memory to which it writes its results, one after another."""
    lengths: int
    """File descriptor from which the length of each can be read once it is written."""


def processes(work: int, min_share: int) -> int:
    """The number of processes for a number of work items, each with at least ``min_share`` of them.

    1 if forking is not safe: outside Linux, or with other threads running.
    """
    if work < 2 * min_share or not _can_fork():
        return 1
    return min(len(os.sched_getaffinity(0)), _MAX_PROCESSES, work // min_share)


def _can_fork() -> bool:
    if not all(hasattr(os, name) for name in ("sched_getaffinity", "memfd_create")):
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def start_worker(work: Callable[[], Iterable[bytes]]) -> Worker | None:
    """Start a copy that does the work; None if the system does not allow it."""
    opened: list[int] = []
    try:
        opened.append(os.memfd_create("results"))
        opened.extend(os.pipe())
        pid = os.fork()
    except OSError:
        for descriptor in opened:
            os.close(descriptor)
        return None
    pieces, lengths, sink = opened
    if pid:
        os.close(sink)
        return Worker(pid, pieces, lengths)
    try:
        # Only the parent reports an interruption.
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_DFL)
        os.close(lengths)
        for piece in work():
            _write(piece, pieces)
            os.write(sink, len(piece).to_bytes(_LENGTH))
        os._exit(0)
    finally:
        os._exit(1)


def _write(piece: bytes, descriptor: int) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def results(worker: Worker | None) -> Iterator[bytes]:
    """The results of a worker, in order and as they arrive; incomplete if it fails.

    The worker does not wait until they are read.
    """
    if worker is None:
        return
    start = 0
    while written := os.read(worker.lengths, _LENGTH):
        length = int.from_bytes(written)
        yield os.pread(worker.pieces, length, start)
        start += length
    os.close(worker.lengths)
    os.close(worker.pieces)
    os.waitpid(worker.pid, 0)
