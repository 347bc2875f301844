"""What git is told when it is asked: by its options and its environment."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.sources.git import fetch, git

Run = tuple[list[str], dict[str, str]]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """The commands that would have been run, each with its environment."""
    found: list[Run] = []

    def run(
        command: list[str], env: dict[str, str], **_: Any
    ) -> subprocess.CompletedProcess[bytes]:
        found.append((command, env))
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(subprocess, "run", run)
    return found


def test_what_changes_the_meaning_of_paths_is_not_handed_on(
    runs: list[Run], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")
    monkeypatch.setenv("GIT_DIR", "elsewhere")
    assert git(str(tmp_path), "status") == b""
    ((_, environment),) = runs
    assert "GIT_ICASE_PATHSPECS" not in environment
    assert "GIT_DIR" not in environment
    assert environment["PATH"] == os.environ["PATH"]


def test_only_a_fetch_may_ask_for_credentials(runs: list[Run], tmp_path: Path) -> None:
    assert git(str(tmp_path), "status") == b""
    assert fetch(str(tmp_path), "https://example.org/a.git", "main") == ""
    asked, *fetched = (command for command, _ in runs)
    assert "credential.helper=" in asked
    for command in fetched:
        assert "credential.helper=" not in command
        assert {"core.fsmonitor=false", f"core.hooksPath={os.devnull}"} <= {*command}
