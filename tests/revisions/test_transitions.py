"""Rules about transitions, between revisions of real repositories."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bizalign_lint.cli.edge import run
from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Source
from bizalign_lint.engine.judge import compile_rules
from bizalign_lint.engine.load import load
from tests.revisions.repository import Repository
from tests.workspace import DAY

OBJECTIVE = """\
apiVersion: bizalign/v1
kind: Objective
metadata: {name: grow, title: Grow}
spec:
  period: {start: "2026-01-01", end: "2026-12-31"}
  keyResults:
    - name: share
      direction: increase
      baseline: 31
      target: 45
      due: "2026-03-31"
"""
MAIL_ORDER = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: mail-order, title: Mail order system}
spec: {}
"""
HUB = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: hub, title: Hub}
spec:
  successor: mail-order
"""


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What a check finds, each as ``path:line RULE message``."""
    run(["check", "--format", "json", *arguments])
    captured = capsys.readouterr()
    assert captured.err == ""
    report: dict[str, Any] = json.loads(captured.out)
    return [
        f"{f['path']}:{f['range']['start']['line']} {f['rule']} {f['message']}"
        for f in report["findings"]
    ]


def test_a_target_is_weakened_in_a_file_that_was_renamed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"objectives.yaml": OBJECTIVE})
    repository.git("mv", "objectives.yaml", "okr.yaml")
    repository.write({"okr.yaml": OBJECTIVE.replace("45", "40")})
    assert findings(capsys, "--select", "OUT123", "--since", "main") == [
        "okr.yaml:10 OUT123 the target of “share” was weakened inside its period, from 45 to 40"
    ]
    assert findings(capsys, "--select", "OUT123") == []


def test_a_due_date_is_pushed_over_the_history_of_a_file_that_was_renamed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"a/objectives.yaml": OBJECTIVE})
    repository.commit({"a/objectives.yaml": OBJECTIVE.replace("-03-31", "-05-31")})
    repository.commit({"other.yaml": MAIL_ORDER})
    repository.git("mv", "a/objectives.yaml", "okr.yaml")
    repository.commit()
    repository.commit({"okr.yaml": "broken: [\n"})
    repository.commit({"okr.yaml": OBJECTIVE.replace("-03-31", "-05-31").replace("45", "46")})
    repository.write({"okr.yaml": OBJECTIVE.replace("-03-31", "-06-30").replace("45", "46")})
    (found,) = findings(capsys, "--select", "OUT124", "--since", "HEAD")
    assert found.startswith("okr.yaml:11 OUT124 “share” is now due on 2026-06-30")
    assert found.endswith("was moved before: it was 2026-05-31, 2026-03-31")


def test_a_definition_that_is_named_is_deleted(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"mail-order.yaml": MAIL_ORDER, "hub.yaml": HUB})
    (repository.folder / "mail-order.yaml").unlink()
    assert findings(capsys, "--select", "MOD130", "--since", "main") == [
        "hub.yaml:5 MOD130 Mail order system was deleted, but is still named by Hub"
    ]


def test_a_definition_in_a_file_that_cannot_be_read_is_not_gone(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"mail-order.yaml": MAIL_ORDER, "hub.yaml": HUB})
    repository.write({"mail-order.yaml": MAIL_ORDER.replace("spec: {}", "spec: {")})
    assert findings(capsys, "--select", "MOD130", "--since", "main") == []


def test_an_accepted_transition_is_no_unused_suppression_later(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"objectives.yaml": OBJECTIVE})
    accepted = OBJECTIVE.replace("45", "40  # bizalign: ignore[OUT123] -- it was mistyped")
    repository.write({"objectives.yaml": accepted})
    assert not [f for f in findings(capsys, "--since", "HEAD") if "OUT123" in f]
    repository.commit()
    assert not [f for f in findings(capsys, "--since", "HEAD") if "OUT123" in f]
    assert not [f for f in findings(capsys) if "OUT123" in f]


RULE = """\
id: HSE101
guideline: model
severity: warning
summary: It changed.
rationale: It should not.
target: KeyResult
transition: changed
path: target
equals: previous/target
message: "{title} was {previous/target}"
help: Put it back.
"""


def _refusal(text: str) -> str:
    settings = Settings(as_of=DAY, select=("HSE",))

    def read() -> None:
        loaded = load(rules=[Source("rules/own.yaml", text.encode())])
        compile_rules(loaded, settings, with_transitions=True)

    with pytest.raises(RuleError) as raised:
        read()
    return raised.value.message


def test_steps_between_revisions_are_checked() -> None:
    loaded = load(rules=[Source("rules/own.yaml", RULE.encode())])
    settings = Settings(as_of=DAY, select=("HSE",))
    assert len(compile_rules(loaded, settings, with_transitions=True)) == 1
    assert compile_rules(loaded, settings) == []
    assert "KeyResult has no previous" in _refusal(RULE.replace("transition: changed\n", ""))
    assert "KeyResult has no previous" in _refusal(RULE.replace(": changed", ": removed"))
    assert "KeyResult has no namedBy" in _refusal(RULE.replace("previous/target", "namedBy"))
    assert "KeyResult has no targt" in _refusal(RULE.replace("previous/target", "previous/targt"))
    assert "give their kinds" in _refusal(RULE.replace("target: KeyResult", "target: Workspace"))
    assert "one of changed, removed" in _refusal(RULE.replace(": changed", ": other"))


def test_a_deletion_is_reported_once_where_it_is_named_and_not_as_a_dangling_reference_as_well(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    other = HUB.replace("hub", "shop").replace("Hub", "Shop")
    repository.commit({"mail-order.yaml": MAIL_ORDER, "hub.yaml": HUB, "shop.yaml": other})
    (repository.folder / "mail-order.yaml").unlink()
    chosen = ("--select", "MOD109,MOD130,MOD115", "--since", "main")
    told = "hub.yaml:5 MOD130 Mail order system was deleted, but is still named by Hub, Shop"
    (first, second) = findings(capsys, *chosen)
    assert first == told
    assert second.startswith("shop.yaml:5 MOD109 no ")
    (alone,) = findings(capsys, *chosen, "shop.yaml")
    assert alone == second
    (plain,) = findings(capsys, *chosen, "--ignore", "MOD130", "hub.yaml")
    assert plain.startswith("hub.yaml:5 MOD109")

    accepted = HUB.replace("mail-order", "mail-order  # bizalign: ignore[MOD109] -- it will come")
    repository.write({"hub.yaml": accepted})
    assert findings(capsys, *chosen) == [second]


def test_a_rule_reports_instead_of_rules_that_there_are() -> None:
    source = Source("rules/model/r.yaml", f"{RULE}insteadOf: [MOD190]\n".encode())
    with pytest.raises(RuleError, match=r"unknown rule MOD190; did you mean MOD1\d\d\?"):
        load((), (source,))
