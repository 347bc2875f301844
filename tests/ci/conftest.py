"""What every test of the recipes stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ci.forge import CAPABILITY, CONFIG, OLD, TEAM, Forge

SMALL = {
    ".bizalign.yaml": CONFIG,
    "model/capabilities.yaml": CAPABILITY,
    "model/old.yaml": OLD,
    "model/teams.yaml": TEAM,
}


@pytest.fixture(autouse=True)
def nobodys_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration of git but the test's own."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """A small model with one finding that is not new."""
    return Forge(tmp_path.resolve(), SMALL)
