"""A severity from a day on: what a check says, what the forecast knows, what loosens it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.core.clock import Clock
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import Override, Settings, severity_on
from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.engine.judge import judge
from bizalign_lint.engine.model import read_model
from bizalign_lint.forecast.move import Sort
from bizalign_lint.forecast.moves import moves
from bizalign_lint.forecast.outlook import finding_periods
from bizalign_lint.workspace import config
from tests.conftest import Call
from tests.owners.test_check import UNITS, wrong
from tests.revisions.repository import Repository
from tests.workspace import DAY, shipped, sources

DESK = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: desk, title: Claims desk}
spec: {lifecycle: {active: 2015-01-01}, components: [faxd]}
---
apiVersion: bizalign/v1
kind: ITComponent
metadata: {name: faxd, title: Faxd}
spec: {category: software, vendorSupport: {endOfSupport: 2026-07-15}}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "m.yaml").write_text(f"{UNITS}---\n{wrong('sell', 'sales')}---\n{wrong('pay')}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(workspace: Path, severity: str, more: str = "") -> None:
    text = f"asOf: 2026-06-30\nselect: [MOD109]\nseverity: {severity}\n{more}"
    (workspace / ".bizalign.yaml").write_text(text)


def severities(call: Call, *arguments: str) -> list[str]:
    report: dict[str, Any] = json.loads(call("check", "--format", "json", *arguments)[1])
    return [finding["severity"] for finding in report["findings"]]


STEPS = "{MOD109: {info: 2026-01-01, warning: 2026-10-01, error: 2027-01-01}}"


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("2025-12-31", "error"),  # as the rule has it
        ("2026-01-01", "info"),
        ("2026-09-30", "info"),
        ("2026-10-01", "warning"),
        ("2026-12-31", "warning"),
        ("2027-01-01", "error"),
    ],
)
def test_a_severity_holds_from_its_day_on(
    day: str, severity: str, workspace: Path, call: Call
) -> None:
    configure(workspace, STEPS)
    assert severities(call, "--as-of", day) == [severity] * 2
    assert call("check", "--as-of", day, "--quiet")[0] == (severity == "error")


def test_the_order_in_the_file_does_not_matter() -> None:
    steps = (("2026-01-01", Severity.INFO), ("2027-01-01", Severity.ERROR))
    assert severity_on(steps, date(2026, 5, 1), Severity.WARNING) is Severity.INFO
    assert severity_on(None, date(2026, 5, 1), Severity.WARNING) is Severity.WARNING
    settings = Settings(as_of=date(2027, 5, 1), severities={"MOD109": steps})
    assert settings.severity("MOD109", Severity.INFO) is Severity.ERROR


def test_files_can_differ(workspace: Path, call: Call) -> None:
    (workspace / "new.yaml").write_text(wrong("new"))
    more = "overrides:\n  - paths: [new.yaml]\n    severity: {MOD109: {error: 2026-06-30}}\n"
    configure(workspace, "{MOD109: {warning: 2026-01-01}}", more)
    assert severities(call) == ["warning", "warning", "error"]
    assert severities(call, "--as-of", "2026-06-29") == ["warning"] * 3


def test_a_profile_and_what_extends_it_are_replaced(workspace: Path) -> None:
    (workspace / "base.yaml").write_text("severity: {MOD109: {error: 2027-01-01}, MOD120: info}\n")
    configure(
        workspace,
        "{MOD109: {warning: 2026-01-01}, MOD120: {error: 2027-01-01}}",
        "extends: base.yaml\n",
    )
    found = config.load(str(workspace), profile="strict").severity
    assert found["MOD109"] == (("2026-01-01", Severity.WARNING),)
    assert found["MOD120"] == (("2027-01-01", Severity.ERROR),)


def test_the_forecast_knows_the_day(workspace: Path, call: Call) -> None:
    configure(workspace, STEPS)
    code, out, _ = call("forecast", "--for", "P1Y")
    assert code == 0
    assert "  2026-10-01  2  MOD109 " in out and "info → warning\n" in out
    assert "  2027-01-01  2  MOD109 " in out and "warning → error\n" in out
    assert "; 2 present findings will become more severe; as of" in out
    value = json.loads(call("forecast", "--for", "P1Y", "--format", "json")[1])
    assert value["events"] == []
    assert [(one["first"], one["was"], one["severity"]) for one in value["campaigns"]] == [
        ("2026-10-01", "info", "warning"),
        ("2027-01-01", "warning", "error"),
    ]
    assert "DTSTART;VALUE=DATE:20270101" in call("forecast", "--format", "ics")[1]
    assert "| 2027-01-01 | MOD109 " in call("forecast", "--format", "markdown")[1]
    owned = json.loads(call("forecast", "--owner", "sales", "--format", "json")[1])
    assert [one["findings"] for one in owned["campaigns"]] == [1, 1]


def test_less_severe_is_nothing_to_tell(workspace: Path, call: Call) -> None:
    configure(workspace, "{MOD109: {info: 2026-10-01}}")
    value = json.loads(call("forecast", "--format", "json")[1])
    assert value["events"] == [] == value["campaigns"]


def test_digests_tell_it(workspace: Path, call: Call) -> None:
    configure(workspace, STEPS)
    out = call("digest", "--owner", "sales", "--for", "P4M")[1]
    assert "- 2026-10-01 **MOD109** " in out
    assert "warning instead of info (1 finding)" in out


def test_config_show_says_it(workspace: Path, call: Call) -> None:
    configure(workspace, "{MOD109: {error: 2027-01-01}}")
    assert '  MOD109: {error: "2027-01-01"}' in call("config", "show")[1]


@pytest.mark.parametrize(
    ("severity", "message"),
    [
        ("{MOD109: {}}", ":20: error: MOD109"),
        ("{MOD109: {eror: 2027-01-01}}", "did you mean error"),
        ("{MOD109: {error: soon}}", "must be a date such as 2026-06-30"),
        ("{MOD109: {error: 2027-02-30}}", "2027-02-30 is not a date"),
        ("{MOD109: {error: 2027-01-01, warning: 2027-01-01}}", "cannot be both"),
        ("{MOD109: [error]}", "must be one of error, warning, info"),
        ("{MOD190: {error: 2027-01-01}}", "unknown rule MOD190"),
    ],
)
def test_what_means_nothing_is_an_error_with_its_place(
    severity: str, message: str, workspace: Path, call: Call
) -> None:
    configure(workspace, severity)
    code, out, err = call("check")
    assert (code, out) == (2, "")
    assert err.startswith(".bizalign.yaml:3:")
    assert message in err


def test_a_later_day_loosens_a_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    repository = Repository(tmp_path / "repository")
    monkeypatch.chdir(repository.folder)
    base = "asOf: 2026-06-30\nseverity: {MOD109: {warning: 2026-01-01, error: %s}}\n"
    repository.commit({".bizalign.yaml": base % "2027-01-01", "units.yaml": UNITS})
    repository.write({".bizalign.yaml": base % "2028-01-01"})
    _, _, err = call("check", "--since", "HEAD", "--config-from-base")
    assert "severity: MOD109 is warning from 2027-01-01 on, not error" in err
    repository.write({".bizalign.yaml": base % "2026-12-01"})
    assert "MOD109" not in call("check", "--since", "HEAD", "--config-from-base")[2]


def test_every_day_has_the_severity_that_a_check_reports() -> None:
    steps = (("2026-07-10", Severity.WARNING), ("2026-08-01", Severity.ERROR))
    legacy = Override(Globs(["a.yaml"]), severities={"BAS103": (("2026-07-20", Severity.INFO),)})
    settings = Settings(
        DAY,
        ("BAS103", "MOD109"),
        severities={"BAS103": steps, "MOD109": steps},
        overrides=(legacy,),
    )
    files = sources(
        {
            "a.yaml": DESK,
            "b.yaml": DESK.replace("desk", "b").replace("faxd", "b"),
            "c.yaml": wrong("c"),
        }
    )
    model = read_model(shipped(), files)
    clock = Clock(DAY, date(2026, 9, 30))
    periods = [*finding_periods(shipped(), model, files, settings, clock)]
    assert len(periods) == 7
    for number, day in enumerate(clock.days):
        report = judge(shipped(), model, files, settings._replace(as_of=date.fromisoformat(day)))
        told = [p.finding for p in periods if p.start <= number < p.end]
        assert said(told) == said(report.findings), day


def said(findings: Iterable[Finding]) -> set[tuple[str, Severity]]:
    return {(finding.fingerprint, finding.severity) for finding in findings}


def test_a_campaign_moves_nothing_by_itself() -> None:
    """What is brought forward is about findings, not about how much they matter."""
    steps = (("2026-07-10", Severity.WARNING), ("2026-08-01", Severity.ERROR))
    settings = Settings(DAY, ("BAS103", "MOD109"), severities={"BAS103": steps, "MOD109": steps})
    files = sources({"a.yaml": DESK, "c.yaml": wrong("c")})
    later = sources({"a.yaml": DESK.replace("2026-07-15", "2026-08-15"), "c.yaml": wrong("c")})
    before, after = (read_model(shipped(), some) for some in (files, later))
    until = date(2026, 9, 30)
    assert moves(shipped(), (before, files), (before, files), settings, until) == []
    (moved,) = moves(shipped(), (before, files), (after, later), settings, until)
    assert (moved.finding.rule, moved.sort) == ("BAS103", Sort.OFF)
    assert [spell.first for spell in (*moved.before, *moved.after)] == ["2026-07-15", "2026-08-15"]
