"""What holds for all tests, and what several of them share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings

from bizalign_lint.cli.edge import run

# The same examples in every run: a change is judged by what it changes, not by the day's luck.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process: exit code, standard output, standard error."""

    def calling(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        return (code, *capsys.readouterr())

    return calling
