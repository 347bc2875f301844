"""``bizalign-lint diff`` between revisions of real repositories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bizalign_lint import compare as diffs
from bizalign_lint.cli.edge import run
from bizalign_lint.reporters.markdown import LONGEST
from tests.revisions.repository import Repository

MODEL = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell, title: Sell, description: Sells., owner: sales}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: buy, title: Buy, description: Buys., owner: sales}
spec: {level: 1}
---
apiVersion: bizalign/v1
kind: Capability
metadata: {name: pricing, title: Pricing, description: Sets prices., owner: sales}
spec: {level: 2, parent: sell}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: hub, title: Hub, owner: sales, tags: [a, b]}
spec:
  supports: [pricing, buy]
  lifecycle: {active: "2020-01-01", endOfLife: "2027-12-31"}
  allocations: [{to: pricing, share: 60}, {to: buy, share: 40}]
---
apiVersion: bizalign/v1
kind: Cost
metadata: {name: hub-2026, title: Hub in 2026, owner: sales}
spec: {costObject: "Application:hub", amount: 1000, currency: EUR}
---
apiVersion: bizalign/v1
kind: Objective
metadata: {name: grow, title: Grow, owner: sales}
spec:
  period: {start: "2026-01-01", end: "2026-12-31"}
  keyResults:
    - {name: share, title: Share, direction: increase, baseline: 31, target: 45, current: 40}
    - {name: returns, title: Returns, direction: decrease, baseline: 9, target: 6}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sales, title: Sales, owner: sales}
spec: {}
"""


def difference(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """The JSON difference, which its schema describes."""
    assert run(["diff", "--format", "json", *arguments]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    schema = json.loads((Path(diffs.__file__).parent / "json.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def told(value: dict[str, Any]) -> list[str]:
    return [
        f"{c['sort']} {c['entity'].replace('default/', '')} {c['property']} "
        f"{c['before']} → {c['after']}"
        for c in value["changes"]
    ]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("parent: sell", "parent: buy", ["re-parented Capability:pricing parent Sell → Buy"]),
        ("target: 45", "target: 40", ["retargeted KeyResult:grow#share target 45 → 40"]),
        ("baseline: 9", "baseline: 8", ["retargeted KeyResult:grow#returns baseline 9 → 8"]),
        ("current: 40", "current: 41", ["other KeyResult:grow#share current 40 → 41"]),
        (
            "2027-12-31",
            "2028-12-31",
            ["lifecycle Application:hub lifecycle/endOfLife 2027-12-31 → 2028-12-31"],
        ),
        (
            '  lifecycle: {active: "2020-01-01", endOfLife: "2027-12-31"}\n',
            "",
            [
                "lifecycle Application:hub lifecycle/active 2020-01-01 → –",
                "lifecycle Application:hub lifecycle/endOfLife 2027-12-31 → –",
            ],
        ),
        ("amount: 1000", "amount: 250000.5", ["money Cost:hub-2026 amount 1,000 → 250,000.5"]),
        ("EUR", "NOK", ["money Cost:hub-2026 currency EUR → NOK"]),
        ("title: Pricing", "title: Prices", ["renamed Capability:pricing title Pricing → Prices"]),
        ("[pricing, buy]", "[buy, sell]", ["other Application:hub supports Pricing → Sell"]),
        ("[pricing, buy]", "[buy, pricing]", []),
        ("[a, b]", "[b, c]", ["other Application:hub tags a → c"]),
        (
            "{to: buy, share: 40}",
            "{to: sell, share: 40}",
            ["other Application:hub allocations 2 (1 gone) → 2 (1 new)"],
        ),
        (
            "name: returns, title: Returns",
            "name: back, title: Returns",
            ["renamed KeyResult:grow#back name grow#returns → grow#back"],
        ),
        (
            "    - {name: returns, title: Returns, direction: decrease, baseline: 9, target: 6}\n",
            "",
            ["removed KeyResult:grow#returns None None → None"],
        ),
        ("# comment", "# comment", []),
    ],
)
def test_a_change_is_reported_for_what_it_is(
    repository: Repository,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    expected: list[str],
) -> None:
    repository.commit({"model.yaml": f"# comment\n{MODEL}"})
    repository.write({"model.yaml": f"# comment\n{MODEL}".replace(old, new)})
    assert told(difference(capsys, "main")) == expected


def test_what_comes_and_goes_is_reported_as_a_whole(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    first, rest = MODEL.split("---\n", 1)
    objective = next(part for part in MODEL.split("---\n") if "kind: Objective" in part)
    repository.commit({"first.yaml": first, "rest.yaml": rest})
    repository.git("mv", "rest.yaml", "all.yaml")
    (repository.folder / "first.yaml").unlink()
    repository.write(
        {
            "all.yaml": rest.replace("parent: sell", "parent: buy"),
            "more.yaml": objective.replace("grow", "last").replace("Grow", "Last"),
        }
    )
    value = difference(capsys, "main")
    assert told(value) == [
        "added Objective:last None None → None",
        "removed Capability:sell None None → None",
        "re-parented Capability:pricing parent Sell → Buy",
    ]
    assert [change["path"] for change in value["changes"][:2]] == ["more.yaml", "first.yaml"]


def test_a_renamed_definition_is_the_same_and_those_that_name_it_have_not_changed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"model.yaml": MODEL})
    renamed = MODEL.replace("name: pricing", "name: prices").replace("[pricing,", "[prices,")
    repository.write({"model.yaml": renamed.replace("to: pricing", "to: prices")})
    assert told(difference(capsys, "main"))[0] == "renamed Capability:prices name pricing → prices"
    assert difference(capsys, "main")["summary"]["other"] == 1  # the allocations


def test_two_revisions_are_compared_without_the_work_tree(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"model.yaml": MODEL})
    repository.git("tag", "v1")
    repository.commit({"model.yaml": MODEL.replace("target: 45", "target: 46")})
    repository.write({"model.yaml": MODEL.replace("target: 45", "target: 47")})
    value = difference(capsys, "v1", "main")
    assert told(value) == ["retargeted KeyResult:grow#share target 45 → 46"]
    assert (value["old"], value["new"]) == ("v1", "main")
    assert told(difference(capsys, "main", "v1")) == [
        "retargeted KeyResult:grow#share target 46 → 45"
    ]


def test_what_it_does_to_alignment_is_reported(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    other = MODEL + "---\n" + MODEL.split("---\n")[3].replace("name: hub", "name: till")
    repository.commit({"model.yaml": other})
    repository.write({"model.yaml": other.replace("[pricing, buy]", "[]", 1)})
    (shift,) = (
        shift
        for shift in difference(capsys, "main")["coverage"]
        if shift["measure"] == "applications-that-support-a-capability"
    )
    assert shift["before"] == {
        "held": 2,
        "broken": 0,
        "unknown": 0,
        "total": 2,
        "unit": None,
        "percent": 100.0,
    }
    assert shift["after"] == {**shift["before"], "held": 1, "broken": 1, "percent": 50.0}
    run(["diff", "main"])
    text = capsys.readouterr().out
    assert (
        "Applications in use that support a capability: 100.0 % (2 of 2) → 50.0 % (1 of 2)" in text
    )
    assert text.endswith("1 changed from main to the work tree, as of 2026-06-30\n")


def test_text_and_markdown_say_the_same(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"model.yaml": MODEL})
    changed = MODEL.replace("amount: 1000", "amount: 2000").replace("title: Hub,", "title: a|b,")
    repository.write({"model.yaml": changed})
    run(["diff", "main"])
    assert "Money\n  Cost Hub in 2026: amount: 1,000 → 2,000 (model.yaml)\n" in (
        capsys.readouterr().out
    )
    run(["diff", "main", "--format", "markdown"])
    markdown = capsys.readouterr().out
    assert "| Cost | Hub in 2026 | amount: 1,000 → 2,000 | `model.yaml` |\n" in markdown
    assert "| Application | a\\|b | title: Hub → a\\|b | `model.yaml` |\n" in markdown


def test_markdown_fits_into_a_comment(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"model.yaml": MODEL})
    many = "---\n".join(
        f"apiVersion: bizalign/v1\nkind: Provider\nmetadata: {{name: p{i}, title: Provider {i}}}\n"
        for i in range(2000)
    )
    repository.write({"providers.yaml": many, "model.yaml": MODEL.replace("[pricing, buy]", "[]")})
    run(["diff", "main", "--format", "markdown"])
    text = capsys.readouterr().out
    assert LONGEST - 2_000 < len(text) <= LONGEST
    assert "more changes; run `bizalign-lint diff`" in text
    assert "#### Alignment coverage" in text


def test_nothing_changed_is_said(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"model.yaml": MODEL})
    run(["diff", "main"])
    captured = capsys.readouterr()
    assert captured.out == (
        "Nothing changed in the model from main to the work tree, as of 2026-06-30\n"
    )
    assert captured.err == ""
    run(["diff", "main", "--format", "markdown"])
    assert "Nothing changed in the model" in capsys.readouterr().out


def test_what_cannot_be_read_is_not_taken_for_gone_and_said_aside(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"model.yaml": MODEL})
    repository.write({"model.yaml": MODEL.replace("spec: {level: 1}\n", "spec: {level: 1\n", 1)})
    assert run(["diff", "main"]) == 0
    captured = capsys.readouterr()
    assert "Capability Sell" not in captured.out
    assert "they are not compared: the work tree" in captured.err


def test_a_revision_that_is_not_there_is_reported(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"model.yaml": MODEL})
    assert run(["diff", "main", "topic"]) == 2
    assert "unknown revision topic" in capsys.readouterr().err


def test_no_model_on_either_side_is_reported(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"notes.yaml": "a: b\n"})
    assert run(["diff", "main"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "there is nothing to compare" in captured.err
    repository.write({"model.yaml": MODEL})
    assert run(["diff", "main"]) == 0


SUPPORT = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: billing, title: Usage-based billing}
spec: {lifecycle: {active: 2020-01-01}, components: [os]}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: os, title: OS}
spec: {category: software, vendorSupport: {endOfSupport: 2028-03-01}}
"""
SOONER = SUPPORT.replace("2028-03-01", "2027-06-01")


def test_what_is_brought_forward_or_put_off(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write({".bizalign.yaml": "asOf: 2026-06-30\nselect: [BAS103]\n"})
    repository.commit({"m.yaml": SUPPORT})
    repository.write({"m.yaml": SOONER})
    run(["diff", "HEAD"])
    sentence = "BAS103 for Usage-based billing: 2028-03-01 → 2027-06-01"
    assert f"  brought forward: {sentence}\n" in capsys.readouterr().out
    run(["diff", "HEAD", "--format", "markdown"])
    assert "| brought forward | error BAS103 |" in capsys.readouterr().out
    (move,) = difference(capsys, "HEAD")["ahead"]["findings"]
    assert (move["sort"], move["after"]) == ("forward", [{"first": "2027-06-01", "last": None}])
    assert difference(capsys, "HEAD", "--for", "P6M")["ahead"]["findings"] == []
    run(["check", "--since", "HEAD", "--ahead", "P3Y"])
    assert f"Ahead\n  brought forward: {sentence}\n" in capsys.readouterr().out
    run(["check", "--since", "HEAD", "--ahead", "P3Y", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["since"]["ahead"] == [f"brought forward: {sentence}"]
    repository.commit()
    repository.write({"m.yaml": SUPPORT})
    run(["diff", "HEAD"])
    assert "postponed: BAS103 for Usage-based billing: 2027-06-01" in capsys.readouterr().out


def test_looking_ahead_needs_a_revision(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"m.yaml": SUPPORT})
    assert run(["check", "--ahead", "P3Y"]) == 2
    assert "--ahead needs --since" in capsys.readouterr().err
    assert run(["check", "--since", "HEAD", "--ahead", "3"]) == 2
    assert "'3' is not a duration" in capsys.readouterr().err
