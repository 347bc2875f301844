"""``bizalign-lint whatif``: what it tells, what it writes and what it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bizalign_lint import whatif
from tests.conftest import Call

SCHEMA = json.loads((Path(whatif.__file__).parent / "json.schema.json").read_bytes())
MODEL = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: claims, title: Claims handling}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: clerks, title: Clerks}
spec: {capabilities: [claims]}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: service, title: Service}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: Objective
metadata: {name: fast, title: Claims are settled fast}
spec:
  capabilities: [claims]
  keyResults: [{name: days, title: Three days, due: 2027-01-31}]
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk}
spec:
  # What it is for.
  supports:
    - claims  # above all
  lifecycle: {active: 2015-01-01, phaseOut: 2028-01-01}
  components: [old, other]   # the old one first
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: cloud, title: Claims cloud}
spec: {lifecycle: {active: 2026-01-01}}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: old, title: Old server}
spec: {category: software, vendorSupport: {endOfSupport: 2027-03-01}}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: other, title: Other server}
spec: {category: software}
---
apiVersion: bizalign/v1
kind: Initiative
metadata: {name: core, title: New core}
spec:
  start: 2026-01-01
  end: 2026-12-31
  keyResults: ["fast#days"]
  budget: {amount: 1000, currency: EUR}
---
apiVersion: bizalign/v1
kind: Cost
metadata: {name: desk-2026, title: Desk}
spec: {costObject: "Application:desk", amount: 500, currency: EUR}
---
apiVersion: bizalign/v1
kind: Tower
metadata: {name: support, title: Support}
spec:
  allocations: [{to: "Application:desk", share: 100, amount: 300}]
"""


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    shutil.rmtree(tmp_path / ".git")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [BAS103, OUT115]\n")
    (tmp_path / "m.yaml").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(call: Call, *arguments: str) -> dict[str, Any]:
    """The outcome as JSON, which its schema describes."""
    code, out, err = call("whatif", *arguments, "--format", "json")
    assert code == 0, err
    value: dict[str, Any] = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    return value


def edits(value: dict[str, Any]) -> list[tuple[str, str, Any]]:
    return [(one["entity"], one["property"], one["after"]) for one in value["edits"]]


def moved(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["sort"], one["finding"]["rule"]) for one in value["findings"]]


def test_retire_ends_it_and_tells_what_loses_support(call: Call) -> None:
    value = told(call, "retire", "Application:desk", "--on", "2026-12-31")
    assert edits(value) == [
        ("Application:desk", "spec/lifecycle/endOfLife", "2026-12-31"),
        ("Application:desk", "spec/lifecycle/phaseOut", None),
    ]
    assert [one["before"] for one in value["edits"]] == [None, "2028-01-01"]
    (loss,) = value["support"]
    assert (loss["entity"], loss["lost"], loss["left"]) == (
        "Capability:default/claims",
        ["Application:default/desk"],
        [],
    )
    assert [one["entity"] for one in loss["affects"]] == [
        "Objective:default/fast",
        "KeyResult:default/fast#days",
    ]
    # Of its cost of 500, 300 come from a tower that goes on.
    assert value["money"] == {
        "freed": [{"currency": "EUR", "amount": 200.0}],
        "stranded": [{"currency": "EUR", "amount": 300.0}],
    }
    assert moved(value) == [("averted", "BAS103")]
    assert value["day"] == "2026-12-31"


def test_an_initiative_that_ends_leaves_its_key_results(call: Call) -> None:
    value = told(call, "retire", "Initiative:core")
    assert edits(value)[1] == ("Initiative:core", "spec/status", "cancelled")
    assert [one["entity"] for one in value["support"]] == ["KeyResult:default/fast#days"]
    assert value["money"]["freed"] == [{"currency": "EUR", "amount": 1000.0}]


def test_replace_hands_over_what_it_carries(call: Call) -> None:
    value = told(call, "replace", "desk", "--with", "cloud", "--on", "2027-01-31")
    assert ("Application:cloud", "spec/supports", ["claims"]) in edits(value)
    assert ("Application:desk", "spec/successor", "cloud") in edits(value)
    assert value["support"] == []


def test_replace_lets_what_names_it_name_the_other(call: Call) -> None:
    value = told(call, "replace", "ITComponent:old", "--with", "ITComponent:other")
    # It was there already, so that one reference is left.
    assert ("Application:desk", "spec/components", ["other"]) in edits(value)
    assert moved(value) == [("averted", "BAS103")]


def test_delay_moves_what_lies_ahead(call: Call) -> None:
    value = told(call, "delay", "core", "--by", "P6M")
    assert edits(value) == [("Initiative:core", "spec/end", "2027-06-30")]
    assert moved(value) == [("gained", "OUT115")]


def test_cut_takes_its_share_everywhere(call: Call) -> None:
    value = told(call, "cut", "desk", "--by", "20%")
    assert edits(value) == [("Cost:desk-2026", "spec/amount", 400)]
    assert value["money"]["freed"] == [{"currency": "EUR", "amount": 100.0}]


def test_move_changes_what_it_belongs_to(call: Call) -> None:
    value = told(call, "move", "Capability:claims", "--to", "Capability:service")
    assert edits(value) == [("Capability:claims", "spec/parent", "service")]


def test_move_changes_the_property_that_is_named(call: Call) -> None:
    asked = ("move", "Application:desk", "--to", "Application:cloud")
    assert edits(told(call, *asked)) == [("Application:desk", "spec/parent", "cloud")]
    value = told(call, *asked, "--relation", "successor")
    assert edits(value) == [("Application:desk", "spec/successor", "cloud")]


def test_a_patch_is_laid_over_the_model(call: Call, tmp_path: Path) -> None:
    (tmp_path / "patch.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: ITComponent\nmetadata: {name: old}\n"
        "spec: {vendorSupport: {endOfSupport: 2028-03-01}}\n---\n"
        "apiVersion: bizalign/v1\nkind: Application\nmetadata: {name: desk}\n"
        "spec: {lifecycle: {phaseOut: null}}\n---\n"
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: new, title: New}\n"
        "spec: {level: 1}\n"
    )
    # It lies in the workspace, and is no part of the model.
    value = told(call, "--with", "patch.yaml")
    assert moved(value) == [("off", "BAS103")]
    (one,) = value["findings"]
    assert (one["before"][0]["first"], one["after"][0]["first"]) == ("2027-03-01", "2028-03-01")
    assert value["added"] == ["Capability:default/new"]


def test_nothing_is_written_unless_asked_and_comments_stay(call: Call, tmp_path: Path) -> None:
    asked = ("whatif", "replace", "desk", "--with", "cloud", "--on", "2027-01-31")
    call(*asked)
    assert (tmp_path / "m.yaml").read_text() == MODEL
    code, _, err = call(*asked, "--write")
    assert (code, err) == (0, "note: 1 file written\n")
    assert (tmp_path / "m.yaml").read_text() == MODEL.replace(
        "active: 2015-01-01, phaseOut: 2028-01-01", "active: 2015-01-01, endOfLife: 2027-01-31"
    ).replace("the old one first\n", "the old one first\n  successor: cloud\n").replace(
        "spec: {lifecycle: {active: 2026-01-01}}",
        "spec: {lifecycle: {active: 2026-01-01}, supports: [claims]}",
    )


def test_what_a_patch_adds_is_a_file_of_its_own(call: Call, tmp_path: Path) -> None:
    head = "apiVersion: bizalign/v1\nkind: Capability\n"
    (tmp_path / "p.yaml").write_text(f"{head}metadata: {{name: new, title: New}}\nspec: {{}}\n")
    _, _, err = call("whatif", "--with", "p.yaml", "--write")
    assert "p.yaml is in the workspace" in err
    assert "title: New" in (tmp_path / "p-new.yaml").read_text()
    assert call("whatif", "--with", "p.yaml", "--write")[0] == 2


def test_text_and_markdown_tell_the_same(call: Call) -> None:
    asked = ("whatif", "retire", "desk", "--on", "2026-12-31")
    _, text, _ = call(*asked)
    _, markdown, _ = call(*asked, "--format", "markdown")
    for part in ("What if: Application Claims desk is retired on 2026-12-31", "freed: 200 EUR"):
        assert part in text
        assert part in markdown
    assert "Capability Claims handling: without Claims desk; nothing is left" in text


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_lapses_at_another_time_are_only_counted(call: Call, workspace: Path, form: str) -> None:
    asked = ("whatif", "delay", "core", "--by", "P3M", "--format", form)
    assert "lapse" not in call(*asked)[1]
    (workspace / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [OUT131]\n")
    (workspace / "m.yaml").write_text(MODEL.replace("  start:", "  status: active\n  start:"))
    assert "\n1 lapse at another time" in call(*asked)[1]


@pytest.mark.parametrize(("others", "left"), [("abc", "A, B, C"), ("abcd", "A, B, C and 1 more")])
def test_three_of_those_that_are_left_are_named(call: Call, others: str, left: str) -> None:
    Path("others.yaml").write_text(
        "".join(
            f"---\napiVersion: bizalign/v1\nkind: Application\n"
            f"metadata: {{name: {name}, title: {name.upper()}}}\n"
            f"spec: {{supports: [claims], lifecycle: {{active: 2020-01-01}}}}\n"
            for name in others
        )
    )
    _, out, _ = call("whatif", "retire", "desk", "--on", "2026-12-31")
    assert f"without Claims desk; {len(others)} supporters left: {left}\n" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "whatif needs a change"),
        (("retir", "desk"), "did you mean retire?"),
        (("retire",), "retire needs a definition"),
        (("retire", "Application:dexk"), "did you mean Application:desk?"),
        (("retire", "Capability:claims"), "Capability:default/claims cannot be ended"),
        (("retire", "desk", "--on", "2020-01-01"), "is in the past"),
        (("retire", "desk", "--on", "2036-01-01"), "is after the last day of the forecast"),
        (("retire", "desk", "--by", "P1Y"), "whatif retire takes no --by"),
        (("retire", "fast#days"), "part of another definition"),
        (("replace", "desk"), "needs --with"),
        (("replace", "desk", "--with", "claims"), "it is of another kind"),
        (("replace", "desk", "--with", "desk"), "cannot replace itself"),
        (("delay", "core", "--by", "6"), "--by 6 is not a duration"),
        (("delay", "core", "--by", "P9999Y"), "end of the calendar"),
        (("delay", "ITComponent:old", "--by", "P1Y"), "nothing can be delayed"),
        (("cut", "desk", "--by", "120%"), "is not a percentage"),
        (("cut", "ITComponent:old", "--by", "1%"), "no money is recorded"),
        (("move", "claims", "--to", "claims"), "cannot be moved below itself"),
        (("move", "desk", "--to", "claims"), "no property"),
        (("--with", "absent.yaml"), "cannot read absent.yaml"),
    ],
)
def test_what_cannot_be_is_refused(call: Call, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = call("whatif", *arguments)
    assert (code, out) == (2, "")
    assert said in err


HEAD = "apiVersion: bizalign/v1\nkind: Application\n"


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ("a: b\n", "contains no definition"),
        ("apiVersion: bizalign/v1\nkind: Aplication\nmetadata: {name: a}\n", "mean Application?"),
        (HEAD + "metadata: {name: dexk}\nspec: {}\n", "did you mean desk?"),
        (HEAD + "metadata: {name: desk}\nspec: {successor: null}\n", "no spec.successor to remove"),
        (HEAD + "metadata: {name: desk}\n", "changes nothing"),
        (HEAD + "metadata: {name: desk\n", "patch.yaml:"),
        (HEAD + "metadata: {title: desk}\n", "has no metadata.name"),
    ],
)
def test_a_patch_that_does_not_apply_is_refused(
    call: Call, tmp_path: Path, patch: str, said: str
) -> None:
    (tmp_path / "patch.yaml").write_text(patch)
    code, out, err = call("whatif", "--with", "patch.yaml")
    assert (code, out) == (2, "")
    assert said in err


def test_what_cannot_be_edited_safely_is_told(call: Call, tmp_path: Path) -> None:
    anchored = MODEL.replace("lifecycle: {active: 2015", "lifecycle: &dates {active: 2015")
    retire = ("retire", "desk", "--on", "2026-12-31")
    as_is = told(call, *retire)
    (tmp_path / "m.yaml").write_text(anchored)
    # It can be judged all the same.
    assert told(call, *retire) == as_is
    code, out, err = call("whatif", "retire", "desk", "--write")
    assert (code, out) == (2, "")
    assert "cannot be edited safely" in err
    assert (tmp_path / "m.yaml").read_text() == anchored
    (tmp_path / "m.yaml").write_text(f"{anchored}# bizalign: ignore[BAS103] -- accepted\n")
    code, _, err = call("whatif", "retire", "desk")
    assert code == 2
    assert "cannot be edited safely" in err


def test_every_change_that_schemas_speak_of_leads_somewhere() -> None:
    from bizalign_lint.rules.compiled.steps import Walker
    from bizalign_lint.rules.language.paths import parse
    from tests.workspace import shipped

    ontology = shipped().ontology
    walker = Walker(ontology, "2026-06-30")
    for kind in ontology.kinds.values():
        said = kind.changes
        for text in (*said.dates, *said.amounts, *said.spends, *said.shared, *said.redirects):
            walker.path(parse(text), (kind.type,))
        for name in said.redirects:
            assert name in kind.type.inverses, (kind.name, name)
