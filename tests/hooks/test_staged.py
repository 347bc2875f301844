"""``check --staged`` and ``--tracked``: which files are read, and as they are where."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Call
from tests.hooks.house import BROKEN, ORDERS, SALES, House, capability
from tests.revisions.repository import CONFIG


def places(call: Call, *arguments: str) -> list[str]:
    """Where dangling references are found."""
    code, out, err = call("check", "--select", "MOD109", "--format", "json", *arguments)
    assert err == ""
    findings: list[dict[str, Any]] = json.loads(out)["findings"]
    assert code == int(bool(findings))
    return [finding["path"] for finding in findings]


def refused(call: Call, *arguments: str) -> str:
    code, out, err = call("check", *arguments)
    assert (code, out) == (2, "")
    return err


def test_the_index_is_read_and_not_the_work_tree(house: House, call: Call) -> None:
    house.write({"orders.yaml": BROKEN})
    assert places(call, "--staged") == []
    assert places(call) == places(call, "--tracked") == ["orders.yaml"]
    house.git("add", "-A")
    house.write({"orders.yaml": ORDERS})
    assert places(call, "--staged") == ["orders.yaml"]
    assert places(call) == places(call, "--tracked") == []


def test_a_file_that_is_gone_from_the_work_tree_is_still_staged(house: House, call: Call) -> None:
    (house.folder / "sales.yaml").unlink()
    assert places(call, "--staged") == []
    assert places(call, "--tracked") == ["orders.yaml"]


def test_what_is_not_tracked_is_left_out(house: House, call: Call) -> None:
    house.write({"draft.yaml": BROKEN.replace("name: orders", "name: draft")})
    assert places(call) == ["draft.yaml"]
    assert places(call, "--tracked") == places(call, "--staged") == []
    house.git("add", "--intent-to-add", "draft.yaml")
    assert places(call, "--tracked") == ["draft.yaml"]
    assert places(call, "--staged") == []


def test_the_same_files_are_read_as_in_the_work_tree(house: House, call: Call) -> None:
    house.commit(
        {
            ".bizalign.yaml": f"{CONFIG}exclude: ['drafts/**']\nrules: [rules]\n",
            "drafts/a.yaml": BROKEN,
            "other/.bizalign.yaml": CONFIG,
            "other/a.yaml": BROKEN,
            ".hidden/a.yaml": BROKEN,
            "a.txt": BROKEN,
            "rules/guideline.txt": "",
            "model/größe und mehr.yaml": capability("size", "nobody"),
        }
    )
    (house.folder / "z-link.yaml").symlink_to("a.txt")
    house.commit()
    wanted = ["model/größe und mehr.yaml"]
    assert places(call) == places(call, "--tracked") == places(call, "--staged") == wanted


def test_paths_choose_and_a_revision_is_compared_with(house: House, call: Call) -> None:
    house.write({"pricing.yaml": capability("pricing", "nobody"), "orders.yaml": BROKEN})
    house.git("add", "pricing.yaml")
    assert places(call, "--staged", "--since", "HEAD") == ["pricing.yaml"]
    house.git("add", "orders.yaml")
    assert places(call, "--staged", "orders.yaml") == ["orders.yaml"]


def test_a_file_in_conflict_has_no_staged_version(house: House, call: Call) -> None:
    house.git("checkout", "-q", "-b", "topic")
    house.commit({"orders.yaml": ORDERS.replace("Takes", "Accepts")})
    house.git("checkout", "-q", "main")
    house.commit({"orders.yaml": ORDERS.replace("Takes", "Receives")})
    house.attempt("git", "merge", "topic")
    err = refused(call, "--staged")
    assert "orders.yaml has a merge conflict" in err
    assert "git add orders.yaml" in err
    assert "<<<<<<<" in call("check", "--tracked")[1]


def test_nothing_is_written_to_what_is_staged(house: House, call: Call) -> None:
    for arguments in (["--fix"], ["--add-ignore", "So it is"]):
        assert "change files of the work tree" in refused(call, "--staged", *arguments)
    assert "cannot be combined" in refused(call, "--staged", "--tracked")


def test_what_would_be_fixed_can_be_put_into_the_index(house: House, call: Call) -> None:
    house.write({"orders.yaml": ORDERS.replace("Takes orders.", "no")})
    house.git("add", "-A")
    house.write({"orders.yaml": ORDERS})
    code, out, _ = call("check", "--staged", "--diff")
    assert code == 1
    (house.folder / "patch").write_text(out)
    house.git("apply", "--cached", "patch")
    assert 'description: "no"' in house.git("show", ":orders.yaml")
    assert (house.folder / "orders.yaml").read_text() == ORDERS


@pytest.mark.parametrize("option", ["--staged", "--tracked"])
def test_without_git_there_is_nothing_to_ask(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch, option: str, house: House
) -> None:
    (tmp_path / "orders.yaml").write_text(ORDERS)
    monkeypatch.chdir(tmp_path)
    assert "is not in a git repository" in refused(call, option)
    monkeypatch.chdir(house.folder)
    (house.folder / ".git" / "HEAD").write_text("nonsense")
    assert "git refuses to read the repository" in refused(call, option)
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in refused(call, option)


def test_an_object_that_is_lost_is_reported(house: House, call: Call) -> None:
    name = house.git("rev-parse", ":orders.yaml").strip()
    (house.folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    err = refused(call, "--staged")
    assert "git cannot read the staged version of orders.yaml" in err
    assert "git fsck" in err


def test_before_the_first_commit_and_with_a_detached_head(house: House, call: Call) -> None:
    house.git("checkout", "-q", "--detach")
    assert places(call, "--staged") == []
    house.git("checkout", "-q", "--orphan", "unborn")
    house.write({"orders.yaml": BROKEN})
    house.git("add", "-A")
    assert places(call, "--staged") == places(call, "--tracked") == ["orders.yaml"]


def test_a_hook_without_pre_commit_sees_the_index_of_its_commit(house: House) -> None:
    """``git commit FILE`` and ``--all`` make an index of their own, and name it to the hook."""
    hook = house.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexec bizalign-lint check --staged\n")
    hook.chmod(0o755)
    house.write({"orders.yaml": BROKEN, "sales.yaml": SALES + "# Said.\n"})
    for arguments in (["orders.yaml"], ["--all"]):
        attempt = house.try_commit(*arguments)
        assert attempt.code == 1
        assert "orders.yaml:7:10: error[MOD109]" in attempt.said
    assert house.try_commit("sales.yaml").code == 0


def test_the_index_of_another_repository_is_not_taken_for_ours(
    house: House, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = House(tmp_path / "other")
    other.commit({"orders.yaml": BROKEN})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / ".git" / "index"))
    assert places(call, "--staged") == []
    monkeypatch.chdir(other.folder)
    monkeypatch.setenv("GIT_INDEX_FILE", os.path.join(".git", "index"))
    assert places(call, "--staged") == ["orders.yaml"]
    assert places(call, str(house.folder), "--staged") == []
