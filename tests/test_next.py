"""``bizalign-lint next``: the facts that would let rules judge; editors tell of them, too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.ide.hover import about_node
from bizalign_lint.ide.lenses import lenses
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.incremental.model import LiveModel
from tests.conftest import Call
from tests.workspace import DAY, report, shipped

MODEL = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: claims-it, title: Claims IT}
spec: {}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk, owner: claims-it}
spec: {lifecycle: {active: 2015-01-01}}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: fax, title: Fax gateway}
spec: {components: [faxd]}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: faxd, title: Faxd}
spec: {category: software, vendorSupport: {endOfSupport: 2015-01-01}}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [BAS103]\n")
    (tmp_path / "m.yaml").write_text(MODEL)
    (tmp_path / "other.yaml").write_text("a: b\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_fact_is_listed_by_who_answers_for_it(workspace: Path, call: Call) -> None:
    code, out, _ = call("next")
    assert code == 0
    assert "Application: lifecycle  unknown for 1 of 2  BAS103 waits 1 time\n" in out
    assert "  Claims IT\n    m.yaml:8:18  Claims desk  BAS103\n" in out
    assert "2 facts to add, about 2 definitions, for 2 more verdicts\n" in out


@pytest.mark.parametrize("owner", ["Claims IT", "claims-it", "OrganizationUnit:default/claims-it"])
def test_an_owner_is_named_in_any_way(owner: str, workspace: Path, call: Call) -> None:
    found = json.loads(call("next", "--owner", owner, "--format", "json")[1])["missing"]
    assert [(gap["property"], gap["definitions"][0]["title"]) for gap in found] == [
        ("components", "Claims desk")
    ]


def test_only_a_kind_or_a_file_is_listed(workspace: Path, call: Call) -> None:
    assert "Nothing to add" in call("next", "--kind", "Capability")[1]
    assert "Nothing to add" in call("next", "other.yaml")[1]
    assert "2 facts to add" in call("next", "m.yaml")[1]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--owner", "Claim IT"), "did you mean claims it?"),
        (("--kind", "Aplication"), "did you mean Application?"),
        (("--format", "xml"), "text"),
    ],
)
def test_who_and_what_there_is_not_is_reported(
    arguments: tuple[str, str], hint: str, workspace: Path, call: Call
) -> None:
    code, _, err = call("next", *arguments)
    assert code == 2
    assert hint in err


def test_a_workspace_without_a_definition_has_nothing_to_judge(workspace: Path, call: Call) -> None:
    (workspace / "m.yaml").unlink()
    assert call("next")[0] == 3


def test_check_asks_for_no_more_than_its_rules_need(workspace: Path, call: Call) -> None:
    code, out, _ = call("check")
    assert code == 0
    assert out.startswith("NOT JUDGED")
    assert "No findings, but 1 rule waits for facts about 2 of 4 definitions" in out
    assert "All aligned" in call("check", "--select", "MOD109")[1]
    assert "All aligned" in call("check", "other.yaml")[1]


def test_what_refers_to_nothing_is_not_called_aligned(workspace: Path, call: Call) -> None:
    (workspace / "m.yaml").write_text(
        "--- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: a}, spec: {}}\n"
        "--- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: b}, spec: {}}\n"
    )
    alone = "No findings, but no definition refers to another"
    assert alone in call("check", "--select", "MOD109")[1]
    assert alone in call("check", "--select", "MOD109", "--format", "markdown")[1]


def test_editors_report_what_could_not_be_judged() -> None:
    model = LiveModel(
        shipped(), Settings(as_of=DAY, select=("BAS103",)), [Source("m.yaml", MODEL.encode())]
    )
    found = model.judge()
    snapshot = Snapshot(
        Path(),
        model.loaded,
        model.settings,
        model.sources,
        model.documents,
        model.graph,
        found,
        model.unjudged_of,
    )
    desk, fax = model.graph.kinds["Application"]
    assert "- Missing fact: components (BAS103)" in about_node(snapshot, desk)
    assert "- Missing fact: lifecycle (BAS103)" in about_node(snapshot, fax)
    texts = [lens.text for lens in lenses(snapshot, "m.yaml")]
    assert texts.count("1 rule waits for facts") == 2
    mended = MODEL.replace("2015-01-01}}\n---", "2015-01-01}, components: []}\n---", 1)
    model.change({"m.yaml": Source("m.yaml", mended.encode())})
    model.judge()
    assert model.unjudged_of(model.graph.kinds["Application"][0]) == []


def test_the_money_of_a_capability_is_asked_for_before_what_it_is_for() -> None:
    """What has no cost and no initiative has none whose spend type could be entered."""
    named = 'costObject: "Capability:{name}", amount: 1, currency: EUR'
    found = report(
        "---\n".join(
            f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n"
            for kind, name, spec in (
                ("Capability", "bare", "tier: strategic"),
                ("Capability", "costly", "tier: strategic"),
                ("Cost", "c", named.format(name="costly")),
                ("Capability", "changing", "tier: strategic"),
                ("Initiative", "i", "capabilities: [changing]"),
                ("Capability", "growing", "tier: strategic"),
                ("Cost", "d", f"{named.format(name='growing')}, spendType: grow"),
            )
        ),
        "FIN111",
    )
    assert found.findings == ()
    assert {
        (gap.fact, gap.lacking[0].reference): len(gap.lacking) for gap in found.judged.gaps
    } == {
        ("costs or initiatives", "Capability:default/bare"): 1,
        ("spend type of its costs", "Capability:default/costly"): 1,
        ("spendType", "Initiative:default/i"): 1,
    }
