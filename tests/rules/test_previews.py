"""Rules that are new and off, and ids that keep their meaning (docs/upgrading.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bizalign_lint import __version__
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Severity, Source
from bizalign_lint.engine.judge import is_selected
from bizalign_lint.engine.load import load
from bizalign_lint.workspace.config import Config
from bizalign_lint.workspace.loosened import SetUp, loosened
from tests.conftest import Call
from tests.workspace import DAY, shipped

IDS = Path(__file__).with_name("ids.txt")
FIRST = "0.1.0"
"""Before it was released, there was nobody for whom a rule could be new."""

RULE = """\
id: HSE101
guideline: model
severity: warning
preview: true
summary: A capability has no tags.
rationale: Tags group what belongs together.
target: Capability
path: tags
minCount: 1
message: "{title} has no tags"
help: Give it one.
bad: |
  apiVersion: bizalign/v1
  kind: Capability
  metadata:
    name: sell  # <- HSE101
  spec: {level: 1}
good: |
  apiVersion: bizalign/v1
  kind: Capability
  metadata: {name: sell, tags: [core]}
  spec: {level: 1}
"""
MODEL = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: sell, title: Sell}
spec: {level: 1}
"""


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        ({}, False),
        ({"select": ("HSE",)}, False),
        ({"select": ("model",)}, False),
        ({"select": ("HSE101",)}, True),
        ({"extend_select": ("HSE101",)}, True),
        ({"severities": {"HSE101": Severity.INFO}}, True),
        ({"preview": True}, True),
        ({"preview": True, "ignore": ("HSE",)}, False),
        ({"preview": True, "select": ("BAS",)}, False),
        ({"preview": True, "select": ("HSE",)}, True),
    ],
)
def test_a_preview_is_off_until_asked_for(settings: dict[str, Any], runs: bool) -> None:
    loaded = load(rules=[Source("HSE101.yaml", RULE.encode())])
    chosen = Settings(as_of=DAY, **settings)
    assert is_selected(loaded.rules.rules["HSE101"], chosen) == runs


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "capability-without-tags.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "model.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / ".bizalign.yaml").write_text("rules: [rules]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_is_shown_as_such(workspace: Path, call: Call) -> None:
    assert (
        "HSE101  warning  A capability has no tags. (preview: off by default)"
        in (call("rule", "list", "HSE")[1])
    )
    assert "Preview: new, and off by default" in call("rule", "show", "HSE101")[1]
    silent = call("check", "--explain-silence", "HSE101", "Capability:sell")[1]
    assert "ignored: the rule is a preview and not enabled" in silent
    assert call("docs", "--output", "pages")[0] == 0
    page = (workspace / "pages" / "rules" / "HSE101.md").read_text("utf-8")
    assert "new, and off by default" in page
    index = (workspace / "pages" / "rules" / "README.md").read_text("utf-8")
    assert "warning, preview" in index


def test_reports_say_which_ran(workspace: Path, call: Call) -> None:
    def told() -> tuple[list[str], list[str]]:
        found = json.loads(call("check", "--format", "json")[1])
        named = [one["rule"] for one in found["findings"] if one["rule"] == "HSE101"]
        return named, found["judged"]["rules"]["preview"]

    assert told() == ([], [])
    (workspace / ".bizalign.yaml").write_text("rules: [rules]\npreview: true\n", encoding="utf-8")
    assert told() == (["HSE101"], ["HSE101"])
    sarif = json.loads(call("check", "--format", "sarif")[1])
    (driver,) = (run["tool"] for run in sarif["runs"])
    rules = [
        *driver["driver"].get("rules", []),
        *driver.get("extensions", [{}])[0].get("rules", []),
    ]
    assert [rule["id"] for rule in rules if "preview" in rule["properties"]["tags"]] == ["HSE101"]


def test_its_own_cases_run_although_it_is_off(workspace: Path, call: Call) -> None:
    assert call("rule", "test", "--own")[1] == "1 rule: 2 passed, 0 failed\n"


def _known() -> dict[str, str]:
    lines = IDS.read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if not line.startswith("#"))


def test_no_id_goes_or_changes_its_name() -> None:
    now = {rule.id: rule.name for rule in shipped().rules.rules.values()}
    withdrawn = {id_ for id_, name in _known().items() if name == "-"}
    assert withdrawn.isdisjoint(now)
    kept = {id_: name for id_, name in _known().items() if name != "-"}
    assert {id_: now.get(id_) for id_ in kept} == kept


def test_what_is_new_is_a_preview() -> None:
    """Whoever puts one on by default adds it to the list, and to the changelog."""
    if __version__ != FIRST:
        known = _known()
        rules = shipped().rules.rules.values()
        assert [r.id for r in rules if r.id not in known and not r.preview] == []


def test_it_loosens_a_check_to_do_without_them() -> None:
    def told(before: bool, after: bool) -> list[str]:
        then, now = (SetUp(Config(preview=on), {}, {}, {}, (), {}) for on in (before, after))
        return list(loosened(then, now, {}))

    assert told(True, False) == ["preview is false, not true"]
    assert told(False, True) == told(True, True) == []
