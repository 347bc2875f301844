"""Packs fetched from a git repository: pinned, verified, and nothing else that git would bring."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.revisions.repository import Repository

from .test_packs import EXAMPLE, PARTS

pytestmark = pytest.mark.process


@pytest.fixture
def origin(tmp_path: Path) -> Repository:
    """A repository of the example, with more than the pack."""
    repository = Repository(tmp_path / "origin")
    for part in PARTS:
        for path in sorted((EXAMPLE / part).rglob("*")) or [EXAMPLE / part]:
            if path.is_file():
                name = f"packs/resilience/{path.relative_to(EXAMPLE)}"
                repository.write({name: path.read_text("utf-8")})
    repository.commit(
        {
            "run.py": "raise SystemExit",
            "packs/resilience/setup.py": "x = 1",
            "packs/continuity/rules/other.yaml": "id: x",
        }
    )
    return repository


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = Repository(tmp_path / "ws")
    repository.commit(
        {
            "model.yaml": "apiVersion: bizalign/v1\nkind: Capability\n"
            "metadata: {name: sell, title: Sell}\nspec: {level: 1}\n"
        }
    )
    monkeypatch.chdir(tmp_path / "ws")
    return repository


def address(origin: Repository) -> str:
    return f"file://{origin.folder}"


def add(call: Call, origin: Repository, *more: str) -> tuple[int, str, str]:
    return call("pack", "add", address(origin), "--folder", "packs/resilience", *more)


def test_it_is_kept_with_its_commit(origin: Repository, workspace: Repository, call: Call) -> None:
    commit = origin.git("rev-parse", "HEAD").strip()
    code, out, err = add(call, origin, "--rev", "main")
    assert (code, err) == (0, "")
    assert out == (
        f"resilience 1.0.0: main is {commit}\n"
        "wrote packs/resilience; add to .bizalign.yaml: packs: [packs/resilience]\n"
    )
    pack = workspace.folder / "packs" / "resilience"
    lock = json.loads((pack / "pack.lock.json").read_text("utf-8"))
    assert lock["commit"] == commit
    there = {str(p.relative_to(pack)) for p in pack.rglob("*") if p.is_file()}
    assert there == {*lock["files"], "pack.lock.json"}
    assert not {"setup.py", "rules/other.yaml"} & there
    workspace.write({".bizalign.yaml": "packs: [packs/resilience]\n"})
    assert "RES101" in call("rule", "list", "RES")[1]
    assert f"at {commit[:12]}" in call("pack", "list")[1]


def test_files_that_git_does_not_hand_out_are_missed(
    origin: Repository, workspace: Repository, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bizalign_lint.packs.fetch.contents", lambda _, names: [None] * len(names))
    code, _, err = add(call, origin)
    assert code == 2
    assert address(origin) in err
    assert not (workspace.folder / "packs").exists()


def test_what_somebody_changed_is_refused(
    origin: Repository, workspace: Repository, call: Call
) -> None:
    add(call, origin)
    workspace.write({".bizalign.yaml": "packs: [packs/resilience]\n"})
    pack = workspace.folder / "packs" / "resilience"
    assert call("rule", "list", "RES")[0] == 0
    file = pack / "profiles" / "regulated.yaml"
    text = file.read_bytes()
    file.write_bytes(text.replace(b"\n", b"\r\n"))  # as git may check it out
    assert call("rule", "list", "RES")[0] == 0
    file.write_bytes(text + b"failOn: never\n")
    changed = ".bizalign.yaml:1:9: error: packs/resilience differs from what was fetched: "
    assert call("check")[2].startswith(f"{changed}profiles/regulated.yaml has changed")
    file.unlink()
    assert call("check")[2].startswith(f"{changed}profiles/regulated.yaml is missing")
    file.write_bytes(text)
    (pack / "rules" / "more.yaml").write_text("id: x\n", encoding="utf-8")
    code, _, err = call("check")
    assert code == 2
    assert err.startswith(f"{changed}rules/more.yaml was added")
    (pack / "pack.lock.json").unlink()
    (pack / "rules" / "more.yaml").unlink()
    assert call("rule", "list", "RES")[0] == 0


def test_an_update_lists_what_changes(
    origin: Repository, workspace: Repository, call: Call
) -> None:
    add(call, origin)
    workspace.write({".bizalign.yaml": "packs: [packs/resilience]\n"})
    old = origin.git("rev-parse", "HEAD").strip()
    origin.git("rm", "-q", "packs/resilience/mappings/plans.test.yaml")
    origin.commit({"packs/resilience/profiles/more.yaml": "failOn: warning\n"})
    code, out, _ = call("pack", "update")
    assert code == 0
    assert out.splitlines()[1:] == [
        "  removed mappings/plans.test.yaml",
        "  added profiles/more.yaml",
    ]
    assert call("rule", "list", "RES")[0] == 0
    assert not (workspace.folder / "packs/resilience/mappings/plans.test.yaml").exists()
    assert call("pack", "update", "resilience")[1].count("\n") == 1
    assert call("pack", "update", "resilence")[0] == 2
    branch = origin.git("rev-parse", "HEAD").strip()
    origin.git("branch", "old", old)
    assert f"old is {old}" in call("pack", "update", "--rev", "old")[1]
    assert branch not in call("pack", "list")[1]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "https://me:token@git.example.org/x",
            "error: packs cannot be fetched from https://…@git.example.org/x",
        ),
        ("--upload-pack=touch", "has no option"),
        (
            "file:///nowhere/at/all",
            "HEAD cannot be fetched from file:///nowhere/at/all: '/nowhere/at/all' does not appear",
        ),
    ],
)
def test_other_addresses_are_refused(
    asked: str, told: str, workspace: Repository, call: Call
) -> None:
    code, _, err = call("pack", "add", asked)
    assert code == 2
    assert told in err
    assert not (workspace.folder / "packs").exists()


def test_links_and_what_cannot_be_used_are_not_kept(
    origin: Repository, workspace: Repository, call: Call
) -> None:
    rules = origin.folder / "packs" / "resilience" / "rules"
    os.symlink("/etc/passwd", rules / "secret.yaml")
    origin.commit()
    assert "is a link or a submodule" in add(call, origin)[2]
    (rules / "secret.yaml").unlink()
    origin.commit({"packs/resilience/rules/broken.yaml": "id: RES103\n"})
    code, _, err = add(call, origin)
    assert code == 2
    assert "rules/broken.yaml:1:1: error" in err
    assert not (workspace.folder / "packs").exists()
    told = "gone cannot be fetched from " + address(origin) + ": couldn't find remote ref gone"
    assert told in add(call, origin, "--rev", "gone")[2]
    assert "has no pack.yaml" in call("pack", "add", address(origin))[2]


def test_nothing_of_the_checked_repository_decides_how_it_is_fetched(
    origin: Repository, workspace: Repository, call: Call, tmp_path: Path
) -> None:
    proof = tmp_path / "proof"
    for name in ("core.sshCommand", "core.fsmonitor", "uploadpack.packObjectsHook"):
        workspace.git("config", name, f"touch {proof}")
    workspace.git("config", "url.file:///nowhere.insteadOf", address(origin))
    hook = workspace.folder / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {proof}\n")
    hook.chmod(0o755)
    assert add(call, origin)[0] == 0
    assert not proof.exists()


def test_nothing_is_written_through_a_link(
    origin: Repository, workspace: Repository, call: Call, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    os.symlink(tmp_path / "elsewhere", workspace.folder / "packs")
    code, _, err = add(call, origin)
    assert code == 2
    assert "is a symbolic link" in err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_change_cannot_loosen_a_pack_unseen(
    origin: Repository, workspace: Repository, call: Call
) -> None:
    add(call, origin)
    workspace.commit({".bizalign.yaml": "packs: [packs/resilience]\n"})
    pack = workspace.folder / "packs" / "resilience"
    (pack / "pack.lock.json").unlink()
    rule = pack / "rules/resilience/critical-application-without-recovery-plan.yaml"
    rule.write_text(rule.read_text("utf-8").replace("severity: error", "severity: info"))
    told = "this change loosens its own check: rules: packs/resilience/rules/resilience/crit"
    assert told in call("check", "--since", "HEAD")[2]
    plan = (
        "apiVersion: bizalign/v1\nkind: RecoveryPlan\nmetadata: {name: p, title: P}\n"
        "spec: {covers: []}\n---\napiVersion: bizalign/v1\nkind: Application\n"
        "metadata: {name: hub, title: Hub}\nspec: {criticality: missionCritical}\n"
    )
    workspace.write({"plan.yaml": plan})
    found = call("check", "--since", "HEAD", "--quiet", "--select", "RES101")
    assert "info[RES101]" in found[1]
    found = call("check", "--since", "HEAD", "--config-from-base", "-q", "--select", "RES101")
    assert "error[RES101]" in found[1]
