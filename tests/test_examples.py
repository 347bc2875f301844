"""The examples give what they say that they give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bizalign_lint.cli.edge import run
from tests.conftest import Call
from tests.expected import Golden

ROOT = Path(__file__).parent.parent
DRIFT = ROOT / "examples" / "meridian-drift"
README = (DRIFT / "README.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(("suffix", "format_"), [("txt", "text"), ("json", "json")])
def test_output_is_as_expected(suffix: str, format_: str, call: Call, golden: Golden) -> None:
    code, printed, _ = call("check", "examples/meridian-drift", "--format", format_)
    assert code == 1
    golden(DRIFT / f"expected.{suffix}", printed)


def test_the_drifted_example_lists_every_rule_that_reports(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["check", "examples/meridian-drift", "--quiet"])
    found = capsys.readouterr().out.splitlines()
    rules = {name[1] for line in found if (name := re.search(r"\[([A-Z]{3}\d{3})\]", line))}
    table = "".join(line for line in README.splitlines(keepends=True) if line.startswith("|"))
    assert set(re.findall(r"\b[A-Z]{3}\d{3}\b", table)) == rules
    assert f"finds what went wrong: {len(found)} things." in README


def test_the_other_example_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "examples/meridian", "--fail-on", "info"]) == 0
    assert capsys.readouterr().out.startswith("All aligned: no findings · ")
