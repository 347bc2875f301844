"""``check --owner``: the findings of what somebody is responsible for, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.cli.edge import run
from tests.conftest import Call
from tests.revisions.repository import Repository

UNITS = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: Sales}
spec: {}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: claims-it, title: Claims IT}
spec: {}
"""
DESK = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk, owner: claims-it}
spec: {lifecycle: {active: 2015-01-01}}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: faxd, title: Faxd}
spec: {category: software, vendorSupport: {endOfSupport: 2015-01-01}}
"""
WRONG = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: {name}, title: {name}{owner}}}
spec: {{level: 2, parent: gone-{name}}}
"""


def wrong(name: str, owner: str = "") -> str:
    """A capability whose parent there is not."""
    return WRONG.format(name=name, owner=f", owner: {owner}" if owner else "")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [MOD109]\n")
    (tmp_path / "units.yaml").write_text(UNITS)
    (tmp_path / "sell.yaml").write_text(wrong("sell", "sales"))
    (tmp_path / "pay.yaml").write_text(wrong("pay", "claims-it"))
    (tmp_path / "odd.yaml").write_text(wrong("odd"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(out: str) -> list[str]:
    report: dict[str, Any] = json.loads(out)
    return [finding["path"] for finding in report["findings"]]


@pytest.mark.parametrize(
    ("owner", "paths"),
    [
        ("Sales", ["sell.yaml"]),
        ("claims it", ["pay.yaml"]),
        ("OrganizationUnit:default/claims-it", ["pay.yaml"]),
    ],
)
def test_only_what_somebody_is_responsible_for_is_reported(
    owner: str, paths: list[str], workspace: Path, call: Call
) -> None:
    code, out, err = call("check", "--owner", owner, "--format", "json")
    assert (code, err) == (1, "")
    assert found(out) == paths


def test_only_that_fails_the_check(workspace: Path, call: Call) -> None:
    (workspace / "pay.yaml").write_text(
        wrong("pay", "claims-it").replace(", parent: gone-pay", "").replace("level: 2", "level: 1")
    )
    assert call("check", "--owner", "claims-it", "--quiet") == (0, "", "")
    assert call("check", "--quiet")[0] == 1


def test_nobody_of_that_name_is_an_error(workspace: Path, call: Call) -> None:
    code, out, err = call("check", "--owner", "claim-it")
    assert (code, out) == (2, "")
    assert "claim-it is not responsible for anything in the model" in err
    assert "did you mean claims-it?" in err


def test_a_name_that_several_have_is_an_error(workspace: Path, call: Call) -> None:
    units = (workspace / "units.yaml").read_text()
    (workspace / "units.yaml").write_text(
        f"{units}\n---\napiVersion: bizalign/v1\nkind: Person\n"
        "metadata: {name: sales, title: Claims-it}\nspec: {}\n"
    )
    (workspace / "odd.yaml").write_text(wrong("odd", "Person:sales"))
    code, out, err = call("check", "--owner", "sales")
    assert (code, out) == (2, "")
    assert "several owners are named sales" in err
    assert "choose from OrganizationUnit:default/sales, Person:default/sales" in err
    # A name comes before a title.
    assert found(call("check", "--owner", "claims-it", "--format", "json")[1]) == ["pay.yaml"]


def test_no_name_is_an_error(workspace: Path, call: Call) -> None:
    (workspace / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [BAS103]\n")
    (workspace / "desk.yaml").write_text(DESK)
    for command in ("check", "next", "digest", "forecast"):
        assert "the name of the owner is empty" in call(command, "--owner", "")[2]


def test_facts_of_others_are_left_out(workspace: Path, call: Call) -> None:
    (workspace / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [BAS103]\n")
    (workspace / "desk.yaml").write_text(DESK)
    assert "components  unknown for 1 of 1" in call("check", "--owner", "claims-it")[1]
    assert "unknown for" not in call("check", "--owner", "sales")[1]


def test_only_theirs_is_fixed(workspace: Path, call: Call) -> None:
    for owner in ("sales", "claims-it"):
        unsorted = DESK.replace("claims-it", owner).replace("desk", f"desk-{owner}")
        unsorted = unsorted.replace("spec: {", "spec: {supports: [sell, pay], ")
        (workspace / f"desk-{owner}.yaml").write_text(unsorted)
    call("check", "--select", "MOD131", "--owner", "sales", "--fix")
    assert "[pay, sell]" in (workspace / "desk-sales.yaml").read_text()
    assert "[sell, pay]" in (workspace / "desk-claims-it.yaml").read_text()


def test_of_several_workspaces_those_count_that_know_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    for folder, owner in (("one", "sales"), ("two", "claims-it")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / ".bizalign.yaml").write_text(
            "asOf: 2026-06-30\nselect: [MOD109]\nseverity: {MOD109: error}\n"
        )
        (tmp_path / folder / "m.yaml").write_text(f"{UNITS}---\n{wrong('a', owner)}")
    monkeypatch.chdir(tmp_path)
    code, out, _ = call("check", "one", "two", "--owner", "sales", "--format", "json")
    assert (code, found(out)) == (1, ["one/m.yaml"])
    code, _, err = call("check", "one", "two", "--owner", "nobody")
    assert code == 2
    assert "nobody is not responsible for anything in the model" in err


def test_since_counts_theirs_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = Repository(tmp_path / "repository")
    monkeypatch.chdir(repository.folder)
    repository.commit(
        {"units.yaml": UNITS, "sell.yaml": wrong("sell", "sales"), "pay.yaml": wrong("pay")}
    )
    # The first was there before, whoever is responsible for it now; only the other one is new.
    repository.write(
        {"sell.yaml": wrong("sell", "claims-it"), "new.yaml": wrong("new", "claims-it")}
    )
    (repository.folder / "pay.yaml").unlink()
    arguments = ["--select", "MOD109", "--since", "HEAD", "--owner", "claims-it"]
    assert run(["check", *arguments, "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [finding["path"] for finding in report["findings"]] == ["new.yaml"]
    assert (report["since"]["known"], report["since"]["fixed"]) == (1, 0)
