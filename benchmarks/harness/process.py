"""Run a command as a process of its own, and see what it takes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Command:
    """Something to run, and where."""

    arguments: Sequence[str]
    folder: Path
    exit_codes: tuple[int, ...] = (0,)
    """The exit codes that are expected; any other means that something else was measured."""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process took."""

    seconds: float
    megabytes: float
    """The most memory it had at a time."""


def run(command: Command) -> Taken:
    """Run a command to its end; what it prints is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env={**os.environ, **command.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.exit_codes:
        shown = " ".join(command.arguments[:6])
        raise SystemExit(f"{shown} … ended with exit code {process.returncode}")
    return Taken(seconds, usage.ru_maxrss / 1024)


def alternate(one: Command, other: Command, rounds: int) -> tuple[list[Taken], list[Taken]]:
    """Run two commands in turn, A B A B, so that a change of the machine's mood meets both."""
    first: list[Taken] = []
    second: list[Taken] = []
    for _ in range(rounds):
        first.append(run(one))
        second.append(run(other))
    return first, second
