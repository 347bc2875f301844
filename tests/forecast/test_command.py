"""``bizalign-lint forecast``: what it prints, in each form, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bizalign_lint import forecast
from tests.conftest import Call

MODEL = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: claims-it, title: Claims IT}
spec: {}
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk, owner: claims-it}
spec:
  lifecycle: {active: 2015-01-01, endOfLife: 2028-06-01}
  reviewedOn: 2026-05-04
  components: [faxd]
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: faxd, title: Faxd}
spec: {category: software, vendorSupport: {endOfSupport: 2027-03-01}}
"""


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [BAS103, BAS113]\n")
    (tmp_path / "m.yaml").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(call: Call, *arguments: str) -> dict[str, Any]:
    """The JSON forecast, which its schema describes."""
    code, out, _ = call("forecast", "--format", "json", *arguments)
    assert code == 0
    value: dict[str, Any] = json.loads(out)
    schema = json.loads((Path(forecast.__file__).parent / "json.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def spans(value: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(event["finding"]["rule"], event["first"], event["last"]) for event in value["events"]]


def test_days_are_the_first_and_the_last_on_which_a_check_finds_it(call: Call) -> None:
    value = told(call)
    # One until nobody uses it, the other until the end is half a year away.
    assert spans(value) == [
        ("BAS113", "2026-11-04", "2028-05-31"),
        ("BAS103", "2027-03-01", "2027-12-03"),
    ]
    assert [event["lapse"] for event in value["events"]] == [True, False]
    for day, rules in (("2027-02-28", {"BAS113"}), ("2027-03-01", {"BAS103", "BAS113"})):
        _, out, _ = call("check", "--format", "json", "--as-of", day)
        assert {finding["rule"] for finding in json.loads(out)["findings"]} == rules


def test_the_way_leads_to_the_date(call: Call) -> None:
    chain = told(call)["events"][1]["chain"]
    assert [link["title"] for link in chain] == ["Claims desk", "Faxd"]
    assert (chain[-1]["property"], chain[-1]["date"]) == (
        "vendorSupport/endOfSupport",
        "2027-03-01",
    )


def test_what_is_accepted_begins_when_that_ends(call: Call, workspace: Path) -> None:
    comment = "# bizalign: ignore[BAS103] until=2027-08-31 -- the move is under way"
    text = MODEL.replace("components: [faxd]", f"components: [faxd]  {comment}")
    (workspace / "m.yaml").write_text(text)
    assert spans(told(call, "--select", "BAS103")) == [("BAS103", "2027-09-01", "2027-12-03")]


def test_text_lists_facts_and_counts_lapses(call: Call) -> None:
    code, out, _ = call("forecast")
    assert code == 0
    assert "2027, quarter 1" in out
    assert "2027-03-01 (until 2027-12-03) error[BAS103] Claims desk relies on Faxd" in out
    assert "2026-11  1  BAS113" in out


def test_markdown_is_a_table(call: Call) -> None:
    _, out, _ = call("forecast", "--format", "markdown")
    assert "| 2027-03-01 | 2027-12-03 | error BAS103 |" in out


def test_a_calendar_keeps_uids_when_days_move(call: Call, workspace: Path) -> None:
    def events() -> list[dict[str, str]]:
        _, out, _ = call("forecast", "--format", "ics")
        assert max(len(line.encode()) for line in out.split("\r\n")) == 75
        assert out.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
        assert out.endswith("END:VCALENDAR\r\n")
        lines = out.replace("\r\n ", "").split("\r\n")
        parts = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
        return [dict(line.split(":", 1) for line in part.splitlines()) for part in parts]

    (before,) = events()
    (workspace / "m.yaml").write_text(MODEL.replace("2027-03-01", "2027-04-01"))
    (after,) = events()
    assert before["UID"] == after["UID"]
    assert before["DTSTART;VALUE=DATE"] == "20270301"
    assert after["DTSTART;VALUE=DATE"] == "20270401"


def test_only_what_somebody_answers_for(call: Call) -> None:
    assert len(told(call, "--owner", "claims it")["events"]) == 2
    code, _, err = call("forecast", "--owner", "Claims TI")
    assert code == 2
    assert "did you mean claims it?" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--until", "2026-06-30"), "the last day, 2026-06-30, must be after"),
        (("--until", "2020-01-01"), "the last day, 2020-01-01, must be after"),
        (("--until", "soon"), "is not a date"),
        (("--until", "2099-01-01"), "too far ahead"),
        (("--for", "P9999Y"), "too far ahead"),
        (("--for", "3 years"), "not a duration"),
        (("--for", "P1Y", "--until", "2027-01-01"), "cannot be combined"),
    ],
)
def test_days_that_cannot_be_looked_ahead_to(
    call: Call, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = call("forecast", *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_a_workspace_without_definitions(call: Call, workspace: Path) -> None:
    (workspace / "m.yaml").write_text("a: b\n")
    assert call("forecast")[0] == 3
