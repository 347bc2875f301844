"""Run a command as a process of its own, and see what it takes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""Installed packages have bytecode, and so has what is measured."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to run, and where."""

    arguments: Sequence[str]
    folder: Path
    exit_codes: tuple[int, ...] = (0,)
    """The exit codes that are expected; any other means that something else was measured."""
    environment: Mapping[str, str] = field(default_factory=dict)


def begin(command: Command) -> subprocess.Popen[bytes]:
    """Start a command; what it prints is thrown away."""
    return subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env={**_ENVIRONMENT, **command.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def run(command: Command) -> float:
    """Run a command to its end, and say how many seconds it took."""
    start = time.perf_counter()
    code = begin(command).wait()
    seconds = time.perf_counter() - start
    _expect(command, code)
    return seconds


def work(command: Command) -> float:
    """Run a command to its end; the seconds of CPU time that it and all its processes took."""
    process = begin(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    _expect(command, process.returncode)
    return used.ru_utime + used.ru_stime


def _expect(command: Command, code: int) -> None:
    if code not in command.exit_codes:
        shown = " ".join(command.arguments[:6])
        raise SystemExit(f"{shown} … ended with exit code {code}")


def alternate(
    one: Command, other: Command, rounds: int, measure: Callable[[Command], float] = run
) -> tuple[list[float], list[float]]:
    """Run two commands in turn, A B A B, so that a change of the machine's mood meets both."""
    first: list[float] = []
    second: list[float] = []
    for _ in range(rounds):
        first.append(measure(one))
        second.append(measure(other))
    return first, second
