"""Run a command as a process of its own, and see what it takes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
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
    if code not in command.exit_codes:
        shown = " ".join(command.arguments[:6])
        raise SystemExit(f"{shown} … ended with exit code {code}")
    return seconds


def alternate(one: Command, other: Command, rounds: int) -> tuple[list[float], list[float]]:
    """Run two commands in turn, A B A B, so that a change of the machine's mood meets both."""
    first: list[float] = []
    second: list[float] = []
    for _ in range(rounds):
        first.append(run(one))
        second.append(run(other))
    return first, second
