"""``check --explain-silence``: each reason why a rule reports nothing about a definition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Call

CAPABILITY = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {{name: {name}, title: {name}, owner: it}}
spec: {{level: 1, tier: {tier}}}{comment}
---
"""
APPLICATION = """\
apiVersion: bizalign/v1
kind: Application
metadata: {{name: {name}, title: {name}, owner: it}}
spec: {{supports: [{supports}]{lifecycle}}}
---
"""
ENDING = ', lifecycle: {active: "2001-01-01", phaseOut: "2025-06-01"}'
MODEL = (
    """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: it, title: IT}
---
apiVersion: bizalign/v1
kind: Dispensation
metadata: {name: move, title: Until the move, owner: it}
spec:
  rules: [BAS101]
  targets: ["Capability:dispensed"]
  reason: it moves anyway
  approver: it
  expiresOn: "2026-12-31"
---
"""
    + "".join(
        CAPABILITY.format(name=name, tier=tier, comment=comment)
        for name, tier, comment in (
            ("plain", "supporting", ""),
            ("alive", "strategic", ""),
            ("vague", "strategic", ""),
            ("doubted", "strategic", ""),
            ("dispensed", "strategic", ""),
            ("agreed", "strategic", "  # bizalign: ignore[BAS101] -- so be it until=2027-01-31"),
            ("told", "strategic", ""),
        )
    )
    + APPLICATION.format(name="old", supports="dispensed, agreed, told, legacy", lifecycle=ENDING)
    + APPLICATION.format(
        name="new", supports="alive", lifecycle=', lifecycle: {active: "2020-01-01"}'
    )
    + APPLICATION.format(name="shy", supports="vague", lifecycle="")
    + APPLICATION.format(
        name="odd",
        supports="doubted",
        lifecycle=', lifecycle: {active: "2001-01-01", phaseOut: "2000-01-01"}',
    )
)
CONFIG = """\
asOf: 2026-06-30
ignore: [SCO]
overrides:
  - paths: [legacy.yaml]
    ignore: [BAS101]
"""


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a definition for each reason."""
    (tmp_path / ".bizalign.yaml").write_text(CONFIG)
    (tmp_path / "model.yaml").write_text(MODEL)
    legacy = CAPABILITY.format(name="legacy", tier="strategic", comment="")
    (tmp_path / "legacy.yaml").write_text(legacy)
    broken = CAPABILITY.format(name="broken", tier="[strategic", comment="")
    (tmp_path / "broken.yaml").write_text(broken)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(call: Call, rule: str, name: str, *options: str) -> tuple[int, str]:
    """The exit code, and the answer without its first line."""
    code, out, err = call("check", *options, "--explain-silence", rule, name)
    assert err == ""
    first, _, answer = out.partition("\n")
    assert first.startswith(f"{rule} ")
    return code, answer


REASONS = {
    ("BAS101", "Application:old"): r"not a target: the rule is about Capability, and this is "
    r"of kind Application\n",
    ("BAS101", "Capability:plain"): r"not in where: the rule does not apply to this definition\n"
    r"  it would apply if this held:\n  - .*is `strategic`\n  - `supportedBy` reaches something\n"
    r"  .*ier: supporting\n  supportedBy: -\n",
    ("BAS101", "Capability:alive"): r"held: the definition meets the rule\n  .*: new\n",
    ("BAS101", "Capability:vague"): r"unknown: a fact is missing\n"
    r"  missing: lifecycle of Application:default/shy\n",
    (
        "BAS101",
        "Capability:doubted",
    ): r"distrusted: it depends on something that has a finding of its own\n"
    r"  model\.yaml:\d+:\d+: MOD113 .*\n",
    ("BAS101", "Capability:dispensed"): r"accepted by a dispensation until 2026-12-31\n"
    r"  Dispensation:default/move: it moves anyway\n  model\.yaml:\d+:\d+: BAS101 .*\n",
    ("BAS101", "Capability:agreed"): r"accepted by a comment until 2027-01-31\n"
    r"  model\.yaml:\d+:\d+: so be it\n  model\.yaml:\d+:\d+: BAS101 .*\n",
    ("BAS101", "Capability:legacy"): r"ignored: an override turns the rule off for legacy\.yaml\n"
    r"  \.bizalign\.yaml:5:14: ignore: BAS101\n",
    ("BAS101", "Capability:broken"): r"not judged: the definition could not be read\n"
    r"  broken\.yaml:\d+:\d+: MOD101 .*\n",
    ("SCO101", "Capability:told"): r"ignored: the configuration turns the rule off\n"
    r"  \.bizalign\.yaml:2:10: ignore: SCO\n",
    ("MOD131", "Capability:told"): r"ignored: the rule is optional and not enabled"
    r"\n  severity: {MOD131: \w+} turns it on\n",
    ("MOD109", "Capability:told"): r"held: this definition has nothing that the rule reports\n",
    ("MOD109", "Application:odd"): r"nothing it reports was found; parts with these "
    r"findings were not checked\n  model\.yaml:\d+:\d+: MOD113 .*\n",
    ("MOD130", "Capability:told"): r"the rule runs only with --since; .*\n",
    ("FIN111", "Capability:told"): r"unknown: a fact is missing\n"
    r"  missing: costs or initiatives of .*\n",
}


@pytest.mark.parametrize(("rule", "name"), REASONS)
def test_each_reason_is_reported(rule: str, name: str, call: Call) -> None:
    code, answer = told(call, rule, name)
    assert re.fullmatch(REASONS[rule, name], answer), answer
    assert code == 0


def test_what_is_not_silent_is_reported_too(call: Call) -> None:
    code, answer = told(call, "BAS101", "Capability:told")
    assert code == 1
    assert answer.startswith("it does report a finding\n  model.yaml:")


def test_the_baseline_is_a_reason(call: Call) -> None:
    assert call("baseline", "write")[0] == 0
    code, answer = told(call, "BAS101", "Capability:told")
    assert answer.startswith("in the baseline: the finding existed when the baseline was written\n")
    assert code == 0
    assert told(call, "BAS101", "Capability:told", "--no-baseline")[0] == 1


def test_what_is_selected_is_a_reason(call: Call) -> None:
    not_selected = "ignored: the rule is not selected\n"
    assert told(call, "BAS101", "Capability:told", "--select", "MOD") == (
        0,
        f"{not_selected}  --select MOD\n",
    )
    code, answer = told(call, "FIN111", "Capability:told", "--profile", "starter")
    assert re.fullmatch(rf"{not_selected}  profile starter:\d+:\d+: select\n", answer)
    assert code == 0
    code, answer = told(call, "BAS101", "Capability:told", "--ignore", "BAS")
    assert answer == "ignored: the configuration turns the rule off\n  --ignore BAS\n"


def test_a_flawed_dispensation_is_a_reason(workspace: Path, call: Call) -> None:
    text = (workspace / "model.yaml").read_text()
    (workspace / "model.yaml").write_text(text.replace('expiresOn: "2026', 'expires: "2026'))
    code, answer = told(call, "BAS101", "Capability:dispensed")
    assert re.match(r"distrusted: .*\n  model\.yaml:13:3: MOD107 unknown property", answer)
    assert code == 0


def test_a_place_reported_within_another_finding(workspace: Path, call: Call) -> None:
    lost = (APPLICATION.format(name=name, supports="gone", lifecycle="") for name in "ab")
    (workspace / "lost.yaml").write_text("".join(lost))
    code, answer = told(call, "MOD109", "Application:b")
    first, *lines = answer.splitlines()
    assert first == "it does report a finding, which covers several places"
    assert [line.split(": ")[0] for line in lines] == ["  lost.yaml:4:19", "  lost.yaml:9:19"]
    assert code == 1


def test_what_is_asked_of_none_is_said(workspace: Path, call: Call) -> None:
    (workspace / "data.yaml").write_text(PERSONAL.partition("---")[0])
    code, answer = told(call, "MOD119", "DataObject:people")
    reason = "unknown: no DataObject has the fact, so none is reported\n"
    assert (code, answer) == (0, f"{reason}  missing: owner of DataObject:default/people\n")


PERSONAL = """\
apiVersion: bizalign/v1
kind: DataObject
metadata: {name: people, title: People}
spec: {personalData: special}
---
apiVersion: bizalign/v1
kind: DataObject
metadata: {name: orders, title: Orders, owner: it}
spec: {}
"""


def test_another_rule_that_reports_the_same_is_a_reason(workspace: Path, call: Call) -> None:
    (workspace / "data.yaml").write_text(PERSONAL)
    code, answer = told(call, "MOD119", "DataObject:people")
    assert re.match(r"folded: another rule reports the same mistake\n  data\.yaml:3:18: ", answer)
    assert code == 0


def test_the_guide_shows_what_is_printed(call: Call) -> None:
    guide = (Path(__file__).parent.parent / "docs" / "fixes-and-baseline.md").read_text("utf-8")
    shown = re.findall(
        r"```console\n\$ bizalign-lint check --explain-silence (\S+) (\S+)\n(.*?)```", guide, re.S
    )
    assert len(shown) == 2
    for rule, name, output in shown:
        assert call("check", "--explain-silence", rule, name) == (0, output, "")


@pytest.mark.parametrize(
    ("rule", "name", "message", "hint"),
    [
        ("BAS10", "Capability:told", "unknown rule BAS10", "did you mean BAS1"),
        ("BAS101", "Capability:alife", "no Capability is named alife", "Capability:alive?"),
        ("BAS101", "Capabilty:told", "unknown kind Capabilty", "did you mean Capability?"),
        ("BAS101", "told", "told has no kind", "Capability:told"),
    ],
)
def test_what_there_is_not_is_refused(
    rule: str, name: str, message: str, hint: str, call: Call
) -> None:
    code, out, err = call("check", "--explain-silence", rule, name)
    assert (code, out) == (2, "")
    assert message in err
    assert hint in err


@pytest.mark.parametrize("options", [["--fix"], ["--since", "main"], ["--ratchet"]])
def test_it_is_asked_by_itself(options: list[str], call: Call) -> None:
    code, _, err = call("check", *options, "--explain-silence", "BAS101", "Capability:told")
    assert code == 2
    assert "--explain-silence cannot be combined" in err
