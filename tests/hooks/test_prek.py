"""The hooks as prek runs them: the same files, another runner."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.hooks.house import BROKEN, ORDERS, House, capability, configuration

PREK = Path(sys.executable).with_name("prek")


@pytest.fixture
def hooked(house: House) -> House:
    """A repository with something wrong in it, and the hooks of prek."""
    if not PREK.exists():
        pytest.skip("prek is not installed")
    house.commit({"old.yaml": capability("old", "gone")})
    house.commit({".pre-commit-config.yaml": configuration()})
    done = house.attempt(str(PREK), "install", "-t", "pre-commit", "-t", "pre-merge-commit")
    assert done.code == 0, done.said
    return house


def test_prek_refuses_what_is_wrong_and_new(hooked: House) -> None:
    hooked.write({"orders.yaml": BROKEN})
    hooked.git("add", "-A")
    attempt = hooked.try_commit()
    assert attempt.code == 1
    assert "orders.yaml:7:10: error[MOD109]" in attempt.said and "old.yaml" not in attempt.said
    hooked.write({"orders.yaml": ORDERS + "# Takes them.\n"})
    hooked.git("add", "-A")
    attempt = hooked.try_commit()
    assert attempt.code == 0, attempt.said


def test_prek_checks_all_files_and_ranges(hooked: House) -> None:
    done = hooked.attempt(str(PREK), "run", "--all-files")
    assert done.code == 1
    assert "old.yaml:7:10: error[MOD109]" in done.said
    base = hooked.git("rev-parse", "HEAD").strip()
    hooked.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "Nothing")
    done = hooked.attempt(str(PREK), "run", "--from-ref", base, "--to-ref", "HEAD")
    assert done.code == 0, done.said
