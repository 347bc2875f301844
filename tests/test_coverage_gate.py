"""Coverage as a gate: thresholds, the ratchet, and the profiles that set them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bizalign_lint.cli.edge import run

MODEL = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: crm}
spec: {supports: [sell], lifecycle: {active: 2020-01-01}}
--- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: sell}, spec: {}}
"""
SECOND = """\
---
apiVersion: bizalign/v1
kind: Application
metadata: {name: erp}
spec: {lifecycle: {active: 2020-01-01}}
"""
MEASURE = "applications-that-support-a-capability"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model.yaml").write_text(MODEL)
    (tmp_path / ".bizalign.yaml").write_text("asOf: 2026-06-30\nselect: [MOD101]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_measure_is_reported_when_asked_for(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--coverage"]) == 0
    out = capsys.readouterr().out
    assert "100.0 %        1        0        0  Applications in use that support a" in out
    assert "–        0        0        0  Key results that can be measured" in out


def test_json_has_the_figures_and_what_is_lacking(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "second.yaml").write_text(SECOND)
    assert run(["check", "--coverage", "--format", "json"]) == 0
    measures = {m["measure"]: m for m in json.loads(capsys.readouterr().out)["coverage"]}
    assert measures[MEASURE]["percent"] == 50
    assert measures[MEASURE]["lacking"] == ["Application:default/erp"]


def test_a_threshold_fails_the_check(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".bizalign.yaml").write_text(f"select: [MOD101]\ncoverage: {{{MEASURE}: 60}}\n")
    assert run(["check"]) == 0
    (home / "second.yaml").write_text(SECOND)
    assert run(["check", "--quiet"]) == 1
    out = capsys.readouterr().out
    assert "50.0 %" in out
    assert "(the minimum is 60 %)" in out


def test_the_ratchet_only_tightens(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = home / ".bizalign-coverage.yaml"
    (home / "second.yaml").write_text(SECOND)
    assert run(["check", "--ratchet"]) == 0
    assert f"\n{MEASURE}: 50\n" in figures.read_text()
    (home / "second.yaml").unlink()
    assert run(["check", "--ratchet"]) == 0
    reached = figures.read_text()
    assert f"\n{MEASURE}: 100\n" in reached
    (home / "second.yaml").write_text(SECOND)
    assert run(["check", "--ratchet"]) == 1
    assert figures.read_text() == reached
    assert "(the minimum is 100 %)" in capsys.readouterr().out


def test_a_wrong_ratchet_file_is_reported(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".bizalign-coverage.yaml").write_text(f"{MEASURE}: much\n")
    assert run(["check", "--ratchet"]) == 2
    assert "must be a percentage, not 'much'" in capsys.readouterr().err


def test_an_unknown_measure_is_reported(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".bizalign.yaml").write_text(f"coverage: {{{MEASURE[:-1]}: 60}}\n")
    assert run(["check"]) == 2
    assert f"did you mean {MEASURE}?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "config", "code"),
    [
        (["--profile", "starter"], "", 0),
        (["--profile", "standard"], "", 0),
        (["--profile", "strict"], "", 1),
        ([], "profile: strict", 1),
        (["--profile", "standard"], "profile: strict", 0),
        ([], "profile: strict\nfailOn: never\ncoverage: {}", 1),
    ],
)
def test_profiles(home: Path, arguments: list[str], config: str, code: int) -> None:
    (home / ".bizalign.yaml").write_text(f"asOf: 2026-06-30\n{config}\n")
    (home / "second.yaml").write_text(SECOND)  # a warning, and half of a measure
    assert run(["check", *arguments]) == code


def test_what_is_said_nearer_wins_over_a_profile(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".bizalign.yaml").write_text("profile: strict\nfailOn: never\n")
    for folder in (home, home.parent):
        monkeypatch.chdir(folder)
        assert run(["config", "show", str(home)]) == 0
        out = capsys.readouterr().out
        assert "failOn: never" in out
        assert "# profile strict:" in out


@pytest.mark.parametrize(
    ("arguments", "config", "place"),
    [
        (["--profile", "strikt"], "", "--profile: "),
        ([], "profile: strikt", ".bizalign.yaml:1:10: "),
    ],
)
def test_an_unknown_profile_is_reported(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    config: str,
    place: str,
) -> None:
    (home / ".bizalign.yaml").write_text(config)
    assert run(["check", *arguments]) == 2
    error = capsys.readouterr().err
    assert place in error
    assert "did you mean strict?" in error


def test_the_time_of_each_rule_is_reported_on_standard_error(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--select", "BAS101,SCO111,MOD101", "--profile-rules"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert sorted(line.split()[-1] for line in lines) == ["BAS101", "SCO111", "rules"]
    assert lines[-1].split()[-2:] == ["2", "rules"]
