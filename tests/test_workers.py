"""Work that is shared between processes comes to the same as work that is not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bizalign_lint.core import workers
from bizalign_lint.parsing.yaml import fast

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="only Linux has processes copied"
)
EXAMPLE = Path(__file__).parent.parent / "examples" / "meridian-drift"
FORCED = """
import os, sys
from bizalign_lint.core import workers
from bizalign_lint.rules import verdicts
from bizalign_lint.parsing.yaml import fast

os.sched_getaffinity = lambda _: {0, 1, 2}
fast._MIN_SHARE = verdicts._ENOUGH = 1
made = []
start_worker = workers.start_worker

def counted(work):
    made.append(start_worker(%s))
    return made[-1]

fast.start_worker = verdicts.start_worker = counted
from bizalign_lint.cli.edge import run
code = run(sys.argv[1:])
sys.stdout.flush()
print(len(made), "workers", file=sys.stderr)
sys.exit(code)
"""


@cache
def _run(work: str) -> subprocess.CompletedProcess[str]:
    code = ["-c", FORCED % work] if work else ["-m", "bizalign_lint"]
    return subprocess.run(
        [sys.executable, *code, "check", ".", "--profile-rules"],
        cwd=EXAMPLE,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "work",
    [
        "work",
        "lambda: 1 / 0",
        "lambda: os.kill(os.getpid(), 9)",
        "lambda: (piece for number, piece in enumerate(work()) if not number or os._exit(3))",
    ],
    ids=["done", "failed", "killed", "stopped halfway"],
)
def test_the_report_is_the_same_with_workers(work: str) -> None:
    alone, shared = _run(""), _run(work)
    assert shared.stdout == alone.stdout
    assert shared.returncode == alone.returncode == 1
    assert shared.stderr.endswith("4 workers\n")


@pytest.mark.slow
def test_the_time_of_every_rule_is_reported() -> None:
    alone, shared = _run(""), _run("work")

    def rules(told: str) -> set[str]:
        return {line.split()[2] for line in told.splitlines() if " ms  " in line}

    assert len(rules(alone.stderr)) > 50
    assert rules(shared.stderr) == rules(alone.stderr)


def _in_child(work: Callable[[], Iterable[bytes]]) -> list[bytes]:
    return [*workers.results(workers.start_worker(work))]


def test_a_worker_sends_more_than_a_pipe_holds() -> None:
    sent = [bytes(range(256)) * 10_000, b"", b"\0"]
    assert _in_child(lambda: sent) == sent
    assert _in_child(list) == []


def test_a_worker_waits_for_nobody_to_take_what_it_sends() -> None:
    worker = workers.start_worker(lambda: [bytes(1 << 20)] * 3)
    assert worker is not None
    assert os.waitid(os.P_PID, worker.pid, os.WEXITED | os.WNOWAIT) is not None
    assert [*map(len, workers.results(worker))] == [1 << 20] * 3


def test_what_fails_in_a_copy_stays_there(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> Iterator[bytes]:
        yield b"sent"
        raise KeyboardInterrupt

    assert _in_child(fail) == [b"sent"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("call", ["fork", "pipe", "memfd_create"])
def test_where_no_process_is_to_be_had_there_is_no_copy(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: str) -> int:
        raise BlockingIOError

    before = len(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, call, refuse)
    assert _in_child(lambda: [b""]) == []
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    ("work", "cores", "count"),
    [(0, 8, 1), (199, 8, 1), (200, 8, 2), (350, 8, 3), (10_000, 8, 4), (10_000, 1, 1)],
)
def test_as_many_processes_as_are_worth_it(
    work: int, cores: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 0 is this process.
    monkeypatch.setattr(os, "sched_getaffinity", {0: {*range(cores)}}.__getitem__)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert workers.processes(work, 100) == count


def test_no_copies_beside_threads_and_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert workers.processes(10_000, 1) == 1
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert workers.processes(10_000, 1) == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    assert workers.processes(10_000, 1) == 1


def test_no_process_is_left_when_all_files_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes them asks for no more than there are."""
    made: list[int] = []

    def start_worker(work: Callable[[], Iterable[bytes]]) -> workers.Worker | None:
        worker = workers.start_worker(work)
        assert worker is not None
        made.append(worker.pid)
        return worker

    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(fast, "_MIN_SHARE", 1)
    monkeypatch.setattr(fast, "start_worker", start_worker)
    count = 2 * fast._BATCH
    values = fast.read_all([b"a: 1\n"] * count)
    assert [next(values) for _ in range(count)] == [[{"a": 1}]] * count
    (pid,) = made
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
