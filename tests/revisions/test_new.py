"""``check --new``: what is compared with, and ``--full-outputs``: what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.sources.beginning import beginning
from tests.conftest import Call
from tests.revisions.repository import Repository

WRONG = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: {name}, title: {name}}}
spec: {{level: 2, parent: gone-{name}}}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for variable in ("GIT_INDEX_FILE", "PRE_COMMIT_FROM_REF"):
        monkeypatch.delenv(variable, raising=False)
    repository = Repository(tmp_path / "repository")
    repository.write({".bizalign.yaml": "asOf: 2026-06-30\nselect: [MOD109]\n"})
    repository.write({"old.yaml": WRONG.format(name="old")})
    monkeypatch.chdir(repository.folder)
    return repository


def paths(out: str) -> list[str]:
    report: dict[str, Any] = json.loads(out)
    return [finding["path"] for finding in report["findings"]]


def new(call: Call, *arguments: str) -> list[str]:
    return paths(call("check", "--new", "--format", "json", *arguments)[1])


def test_everything_is_new_before_the_first_commit(repository: Repository, call: Call) -> None:
    assert new(call) == ["old.yaml"]
    repository.git("add", "-A")
    assert new(call, "--staged") == ["old.yaml"]


def test_what_is_staged_is_held_against_the_last_commit(repository: Repository, call: Call) -> None:
    repository.commit()
    assert new(call) == ["old.yaml"]
    repository.write({"more.yaml": WRONG.format(name="more")})
    repository.git("add", "-A")
    assert new(call, "--staged") == ["more.yaml"]
    assert new(call, "--no-new", "--staged") == ["more.yaml", "old.yaml"]
    assert new(call, "--since", "HEAD") == ["more.yaml"]


def test_what_a_hook_says_decides(repository: Repository) -> None:
    folder = str(repository.folder)
    assert beginning(folder, {"GIT_INDEX_FILE": ".git/index"}) is None
    repository.commit()
    assert beginning(folder, {}) is None
    assert beginning(folder, {"GIT_INDEX_FILE": ".git/index"}) == "HEAD"
    assert beginning(folder, {"PRE_COMMIT_FROM_REF": "abc"}) == "merge-base:abc"


def test_outside_a_repository_nothing_can_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "m.yaml").write_text(WRONG.format(name="a"))
    monkeypatch.chdir(tmp_path)
    code, _, err = call("check", "--new")
    assert code == 2
    assert "--new compares with the last commit" in err


@pytest.mark.parametrize("format_", ["gitlab", "junit", "sarif", "json"])
def test_outputs_can_be_full(repository: Repository, call: Call, format_: str) -> None:
    repository.commit()
    repository.write({"more.yaml": WRONG.format(name="more")})
    options = ("--format", "concise", "--since", "HEAD", "--output")
    code, out, _ = call("check", *options, f"{format_}:narrow")
    assert (code, "old.yaml" in out) == (1, False)
    assert call("check", *options, f"{format_}:full", "--full-outputs") == (code, out, "")
    assert call("check", "--output", f"{format_}:all", "--quiet")[0] == 1
    narrow, full, all_ = (
        (repository.folder / name).read_text() for name in ("narrow", "full", "all")
    )
    assert ("gone-old" in narrow, "gone-old" in full) == (False, True)
    if format_ in ("gitlab", "junit"):
        assert full == all_


def test_full_outputs_keep_to_what_was_asked_for(repository: Repository, call: Call) -> None:
    repository.commit()
    repository.write({"more.yaml": WRONG.format(name="more")})
    call("check", "more.yaml", "--since", "HEAD", "--full-outputs", "--output", "json:full")
    assert paths((repository.folder / "full").read_text()) == ["more.yaml"]


def test_full_outputs_of_several_workspaces(repository: Repository, call: Call) -> None:
    for folder in ("one", "two"):
        repository.write({f"{folder}/.bizalign.yaml": "asOf: 2026-06-30\nselect: [MOD109]\n"})
        repository.write({f"{folder}/old.yaml": WRONG.format(name="old")})
    repository.commit()
    repository.write({"two/more.yaml": WRONG.format(name="more")})
    options = ("--since", "HEAD", "--full-outputs", "--output", "json:full", "--format", "json")
    assert paths(call("check", "one", "two", *options)[1]) == ["two/more.yaml"]
    full = paths((repository.folder / "full").read_text())
    assert full == ["one/old.yaml", "two/more.yaml", "two/old.yaml"]
