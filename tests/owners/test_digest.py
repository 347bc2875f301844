"""``digest`` and ``owners``: what there is to say to each owner, and the level each has reached."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import bizalign_lint.digest
from bizalign_lint.core.report import Report
from bizalign_lint.digest.levels import Level, reached
from bizalign_lint.engine.judge import judge
from tests.conftest import Call

MERIDIAN_DRIFT = Path(__file__).parents[2] / "examples" / "meridian-drift"
SCHEMA = json.loads(
    (Path(bizalign_lint.digest.__file__).parent / "json.schema.json").read_text("utf-8")
)
MODEL = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: claims-it, title: Claims IT}
spec: {}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: "<b>Sales</b>"}
spec: {}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk, owner: claims-it}
spec: {lifecycle: {active: 2015-01-01}}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: fax, title: Fax gateway, owner: sales}
spec: {components: [faxd, paper], lifecycle: {active: 2015-01-01}}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: faxd, title: Faxd}
spec: {category: software, vendorSupport: {endOfSupport: 2015-01-01}}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: old, title: Old, owner: claims-it}
spec: {components: [paper], lifecycle: {active: 2015-01-01}}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: paper, title: Paper}
spec: {category: software, vendorSupport: {endOfSupport: 2026-08-31}}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [BAS103]\n")
    (tmp_path / "m.yaml").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def digests(call: Call, *arguments: str) -> dict[str | None, dict[str, Any]]:
    """The JSON digests by title; they are valid by their schema."""
    code, out, err = call("digest", "--format", "json", *arguments)
    assert (code, err) == (0, "")
    value = json.loads(out)
    jsonschema_rs.validator_for(SCHEMA).validate(value)
    return {digest["title"]: digest for digest in value["digests"]}


def test_everything_is_said_to_whoever_is_responsible(workspace: Path, call: Call) -> None:
    found = digests(call)
    assert [*found] == ["<b>Sales</b>", "Claims IT", None]
    it, sales, nobody = found["Claims IT"], found["<b>Sales</b>"], found[None]
    assert [finding["entity"] for finding in sales["findings"]] == ["Application:default/fax"]
    assert it["findings"] == [] == nobody["findings"]
    assert [event["first"] for event in it["coming"]] == ["2026-08-31"]
    missing = [one["title"] for gap in it["missing"] for one in gap["definitions"]]
    assert missing == ["Claims desk"]
    assert (it["definitions"], sales["definitions"], nobody["definitions"]) == (2, 1, 4)


def test_how_far_it_looks_ahead_is_asked_for(workspace: Path, call: Call) -> None:
    assert digests(call, "--for", "P1M")["Claims IT"]["coming"] == []
    code, _, err = call("digest", "--for", "soon")
    assert code == 2 and "not a duration" in err


def test_one_owner_is_asked_for(workspace: Path, call: Call) -> None:
    assert [*digests(call, "--owner", "claims-it")] == ["Claims IT"]
    code, _, err = call("digest", "--owner", "claim-it")
    assert code == 2
    assert "did you mean claims-it?" in err


def test_what_is_known_is_left_out_and_counts_for_the_level(workspace: Path, call: Call) -> None:
    call("baseline", "write")
    found = digests(call)["<b>Sales</b>"]
    assert found["findings"] == []
    assert found["levels"][0]["broken"] == 1


def test_markdown_is_harmless(workspace: Path, call: Call) -> None:
    out = call("digest", "--owner", "sales")[1]
    assert out.startswith("## \\<b\\>Sales\\</b\\>\n\n1 definition: 1 error, as of 2026-06-30. ")
    assert "- 🔴 **BAS103** " in out


@pytest.mark.parametrize(("others", "rest"), [(49, []), (50, ["check", "forecast"])])
def test_fifty_findings_and_fifty_to_come_are_listed(
    others: int, rest: list[str], workspace: Path, call: Call
) -> None:
    parts = [part for part in MODEL.split("---\n") if "name: fax" in part]
    for number in range(others):
        text = "---\n".join(parts).replace("faxd", f"faxd-{number}")
        (workspace / f"{number}.yaml").write_text(
            text.replace("name: fax,", f"name: fax-{number},")
        )
    lines = call("digest", "--owner", "sales")[1].splitlines()
    assert sum("**BAS103** Fax gateway relies on Faxd" in line for line in lines) == 50
    assert [line for line in lines if " more: " in line] == [
        f"- … and 1 more: `bizalign-lint {command} --owner sales`" for command in rest
    ]


def test_levels_are_profiles(workspace: Path, call: Call) -> None:
    found = digests(call)
    assert [level["profile"] for level in found[None]["levels"]] == [
        "starter",
        "standard",
        "strict",
    ]
    # BAS103 is all that is selected: it waits for a fact of one unit, and finds what another has.
    assert found["Claims IT"]["levels"][0] == {
        "profile": "starter",
        "met": 0,
        "broken": 0,
        "unknown": 1,
        "percent": 0.0,
        "reached": False,
    }
    assert found["<b>Sales</b>"]["levels"][0]["broken"] == 1
    (workspace / "m.yaml").write_text(
        MODEL.replace("spec: {lifecycle", "spec: {components: [], lifecycle")
    )
    assert digests(call)["Claims IT"]["level"] == "strict"


@pytest.mark.parametrize(
    ("met", "level"),
    [((2, 2, 2), "c"), ((2, 2, 1), "b"), ((1, 2, 2), None), ((0, 0, 0), None)],
)
def test_a_level_is_reached_with_those_before_it(met: tuple[int, ...], level: str | None) -> None:
    unknown = 0 if met == (0, 0, 0) else 2
    levels = [
        Level(name, number, 0, unknown - number) for name, number in zip("abc", met, strict=True)
    ]
    assert reached(levels) == level
    assert [one.percent for one in levels] == [n * 50.0 if unknown else None for n in met]


def test_what_is_in_force_is_judged_once(
    workspace: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = []

    def judged(*given: Any) -> Report:
        by.append(given[3])
        return judge(*given)

    monkeypatch.setattr("bizalign_lint.engine.judge.judge", judged)
    assert call("owners", "--profile", "strict")[0] == 0
    assert len(by) == 3 and by[0] not in by[1:]


def test_owners_are_compared(workspace: Path, call: Call) -> None:
    code, out, err = call("owners")
    assert (code, err) == (0, "")
    assert out.splitlines()[2].split() == [
        *("Claims", "IT", "2", "0", "0", "0", "1", "1", "–", "0.0", "%", "0.0", "%", "0.0", "%")
    ]
    assert out.endswith("2 owners, as of 2026-06-30; coming until 2026-09-30\n")
    rows = [*csv.DictReader(io.StringIO(call("owners", "--format", "csv")[1]))]
    assert [(row["owner"], row["errors"], row["missing"]) for row in rows] == [
        ("<b>Sales</b>", "1", "0"),
        ("Claims IT", "0", "1"),
        ("Nobody is responsible", "0", "0"),
    ]
    assert "| \\<b\\>Sales\\</b\\> | 1 | 1 |" in call("owners", "--format", "markdown")[1]


def test_no_cell_is_a_formula(workspace: Path, call: Call) -> None:
    (workspace / "m.yaml").write_text(MODEL.replace("<b>Sales</b>", "=1+1"))
    rows = [*csv.DictReader(io.StringIO(call("owners", "--format", "csv")[1]))]
    assert "'=1+1" in [row["owner"] for row in rows]


def test_all_findings_of_a_whole_enterprise_are_in_one_digest(call: Call) -> None:
    arguments = [str(MERIDIAN_DRIFT), "--format", "json"]
    report = json.loads(call("check", *arguments)[1])
    told = json.loads(call("digest", *arguments)[1])

    def prints(findings: list[dict[str, Any]]) -> list[str]:
        return sorted(place["fingerprint"] for f in findings for place in f["occurrences"] or [f])

    split = [finding for digest in told["digests"] for finding in digest["findings"]]
    assert prints(split) == prints(report["findings"])


def test_rules_about_any_definition_count_for_every_owner(workspace: Path, call: Call) -> None:
    (workspace / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [MOD106]\n")
    levels = [digest["levels"][0] for digest in digests(call).values()]
    assert [(level["met"], level["broken"]) for level in levels] == [(1, 0)] * len(levels)
    assert len(levels) > 1
