"""What was there when the line was drawn is left out; the line only tightens."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.core.errors import ConfigError
from bizalign_lint.core.types import Finding, Location, Severity, Span
from bizalign_lint.core.words import counted
from bizalign_lint.findings.baseline import Entry, entries, match, read, render
from tests.conftest import Call

FILE = ".bizalign-baseline.json"
UNITS = """\
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: norway, owner: nobody}
spec: {}
---
apiVersion: bizalign/v1
kind: OrganizationUnit
metadata: {name: sweden, owner: nobody, labels: {a: no, b: no}}
spec: {}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with four findings, in which the test stands."""
    folder = tmp_path.resolve() / "ws"
    folder.mkdir()
    (folder / ".bizalign.yaml").write_text("select: [MOD101, MOD103, MOD109]\nasOf: 2026-06-30\n")
    (folder / "units.yaml").write_text(UNITS)
    monkeypatch.chdir(folder)
    return folder


def test_what_is_in_the_baseline_is_left_out(workspace: Path, call: Call) -> None:
    assert call("check")[0] == 1
    assert call("baseline", "write") == (0, f"4 findings in {FILE}\n", "")
    code, out, _ = call("check")
    assert code == 0
    assert out == (
        "All aligned: no findings · 2 definitions in 1 file · 3 of 3 rules could judge · "
        "as of 2026-06-30; 4 in the baseline\n"
    )
    assert call("check", "--no-baseline")[0] == 1
    report = json.loads(call("check", "--format", "json")[1])
    assert report["summary"]["baseline"] == report["summary"]["suppressed"] == 4
    assert {entry["suppression"]["by"] for entry in report["suppressed"]} == {"baseline"}


def test_what_is_new_is_reported(workspace: Path, call: Call) -> None:
    call("baseline", "write")
    (workspace / "units.yaml").write_text(UNITS.replace("b: no", "b: no, c: on"))
    code, out, _ = call("check", "--fail-on", "warning")
    assert code == 1
    assert "on is text here" in out
    assert "1 warning · 2 definitions in 1 file · 3 of 3 rules could judge" in out


def test_lines_may_move_and_files_be_renamed(workspace: Path, call: Call) -> None:
    (workspace / "broken.yaml").write_text("apiVersion: bizalign/v1\nkind: [\n")
    call("baseline", "write")
    one, two = UNITS.split("---\n")
    (workspace / "units.yaml").unlink()
    (workspace / "other").mkdir()
    (workspace / "other" / "b.yaml").write_text(f"# first\n\n{two}---\n{one}")
    (workspace / "broken.yaml").rename(workspace / "other" / "c.yaml")
    assert call("check")[0] == 0
    assert call("baseline", "check")[0] == 0


ORDER = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: order, title: Order management system, description: The ability to order.}
spec: {level: 2, parent: gone}
"""
ORDERS = ORDER.replace("order,", "orders,")


@pytest.fixture
def order(workspace: Path, call: Call) -> Path:
    """A file with a capability of which the baseline knows two things, one with its title."""
    (workspace / ".bizalign.yaml").write_text("select: [MOD109, MOD122]\nasOf: 2026-06-30\n")
    (workspace / "units.yaml").unlink()
    (workspace / "order.yaml").write_text(ORDER)
    assert call("baseline", "write")[1] == f"2 findings in {FILE}\n"
    return workspace / "order.yaml"


def test_a_renamed_definition_is_not_new(order: Path, call: Call) -> None:
    order.write_text(ORDERS)
    order.rename(order.with_name("orders.yaml"))
    assert call("check", "--fail-on", "info")[0] == 0
    assert call("baseline", "check")[0] == 0
    assert call("baseline", "update")[1] == f"2 findings in {FILE}: 0 gone\n"
    assert "Capability:default/orders" in order.with_name(FILE).read_text()
    assert 'Capability:default/order"' not in order.with_name(FILE).read_text()
    assert call("check", "--fail-on", "info")[0] == 0


@pytest.mark.parametrize(
    ("text", "known"),
    [
        # What is also found of it under its new name is new.
        (ORDERS.replace("gone", "lost"), 1),
        (ORDERS.replace("Order management", "Purchase"), 0),
        # It is still there: the other one only looks like it.
        (f"{ORDER}---\n{ORDERS}", 2),
        # It may have become either of them.
        (f"{ORDERS}---\n{ORDERS.replace('orders', 'ordering')}", 0),
        (ORDERS.replace("Capability", "Application").replace("level: 2, parent: gone", ""), 0),
    ],
)
def test_what_only_looks_like_it_is_new(order: Path, call: Call, text: str, known: int) -> None:
    order.write_text(text)
    said = call("baseline", "update")[1]
    assert said == f"{counted(known, 'finding')} in {FILE}: {2 - known} gone\n"


def test_two_runs_write_the_same(workspace: Path, call: Call) -> None:
    call("baseline", "write")
    before = (workspace / FILE).read_bytes()
    assert call("baseline", "write")[1] == f"4 findings in {FILE}: 0 new, 0 gone\n"
    assert call("baseline", "update")[1] == f"4 findings in {FILE}: 0 gone\n"
    assert (workspace / FILE).read_bytes() == before
    lines = before.decode().splitlines()[3:-2]
    assert lines == sorted(lines)


def test_what_is_fixed_is_stale_and_comes_out(workspace: Path, call: Call) -> None:
    call("baseline", "write")
    (workspace / "units.yaml").write_text(UNITS.replace("norway, owner: nobody", "norway"))
    assert call("check")[0] == 0
    code, out, _ = call("baseline", "check")
    assert code == 1
    assert out == (
        "stale[MOD109] OrganizationUnit:default/norway: "
        "no OrganizationUnit or Person is named nobody\n"
        f"1 entry is stale, 3 findings left in {FILE}; "
        "take out with bizalign-lint baseline update\n"
    )
    assert call("baseline", "update")[1] == f"3 findings in {FILE}: 1 gone\n"
    assert call("baseline", "check") == (0, f"Nothing is stale: 3 findings left in {FILE}\n", "")
    (workspace / "units.yaml").write_text(UNITS)
    assert call("check")[0] == 1, "what has come out does not come back unseen"


def test_one_of_two_that_are_alike_is_fixed(workspace: Path, call: Call) -> None:
    call("baseline", "write")
    (workspace / "units.yaml").write_text(UNITS.replace("a: no, ", ""))
    assert call("baseline", "check")[0] == 1


def test_update_lets_nothing_in_and_write_says_what_it_lets_in(workspace: Path, call: Call) -> None:
    call("baseline", "write")
    (workspace / "units.yaml").write_text(UNITS.replace("b: no", "b: yes"))
    assert call("baseline", "update")[1] == f"3 findings in {FILE}: 1 gone\n"
    assert call("check", "--fail-on", "warning")[0] == 1
    assert call("baseline", "write")[1] == f"4 findings in {FILE}: 1 new, 0 gone\n"
    assert call("check", "--fail-on", "warning")[0] == 0


def test_what_is_in_the_baseline_is_not_fixed(workspace: Path, call: Call) -> None:
    call("baseline", "write")
    assert call("check", "--fix")[2] == ""
    assert (workspace / "units.yaml").read_text() == UNITS


def test_the_baseline_of_a_workspace_is_found_from_within(workspace: Path, call: Call) -> None:
    assert call("baseline", "write", "units.yaml")[0] == 0
    assert call("check", "units.yaml")[0] == 0


@pytest.mark.parametrize("command", ["check", "update"])
def test_without_a_baseline(workspace: Path, call: Call, command: str) -> None:
    code, _, err = call("baseline", command)
    assert code == 2
    assert "there is no baseline" in err
    assert "create one with bizalign-lint baseline write" in err


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"version": 3, "findings": []}',
        '{"version": 1, "findings": [1]}',
        '{"version": 1, "findings": [{"rule": "X"}]}',
        '{"version": 1, "findings": [{"rule": "X", "entity": null, "message": 1}]}',
        '{"version": 1, "findings": [{"rule":1,"entity":null,"message":"","fingerprint":""}]}',
        '{"version": 1}',
        '{"version": 1, "findings": 3}',
        "\xff",
    ],
)
def test_a_file_that_is_no_baseline(workspace: Path, call: Call, content: str) -> None:
    (workspace / FILE).write_bytes(content.encode("latin-1"))
    code, out, err = call("check")
    assert (code, out) == (2, "")
    assert f"error: {FILE} " in err
    assert call("baseline", "write")[0] == 0
    assert call("check")[0] == 0


def _finding(rule: str, entity: str | None, message: str, number: int) -> Finding:
    place = Location("a.yaml", Span(1, 1, 1, 2))
    print_ = f"{number:x}"
    return Finding(rule, "n", "g", Severity.ERROR, message, place, print_, entity)


FINDINGS = st.lists(
    st.builds(
        _finding,
        st.sampled_from(["A", "B"]),
        st.sampled_from([None, "K:default/x"]),
        st.text(max_size=5),
        st.integers(0, 30),
    ),
    unique_by=lambda finding: finding.fingerprint,
    max_size=8,
)


@given(FINDINGS)
def test_a_baseline_is_read_as_it_was_written(findings: list[Finding]) -> None:
    kept = entries(findings)
    assert list(read("".join(render(kept)).encode(), FILE)) == kept
    assert entries(reversed(findings)) == kept
    matched = match(kept, findings)
    assert (matched.new, matched.stale) == ((), ())


@given(FINDINGS, FINDINGS)
def test_each_finding_is_known_or_new_and_each_entry_used_once(
    before: list[Finding], now: list[Finding]
) -> None:
    matched = match(entries(before), now)
    assert len(matched.known) + len(matched.new) == len(now)
    assert len(matched.known) + len(matched.stale) == len(before)
    left: set[Entry] = set(matched.stale)
    assert left <= set(entries(before))


def test_no_baseline_has_an_entry_of_another_form() -> None:
    with pytest.raises(ConfigError):
        read(b"{}", FILE)


CAPABILITY = """\
apiVersion: bizalign/v1
kind: Capability
metadata: {name: a, title: A, description: The ability to do A.}
spec: {%s}
"""


@pytest.fixture
def capability(workspace: Path) -> Path:
    """The file of a workspace in which all rules of model integrity run."""
    (workspace / ".bizalign.yaml").write_text("select: [MOD]\nignore: [MOD119]\nasOf: 2026-06-30\n")
    (workspace / "units.yaml").unlink()
    return workspace / "a.yaml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("level: abc", "tier: abc"),
        ("level: abc", "maturity: {current: abc}"),
        ("maturity: {current: abc}", "maturity: {target: abc}"),
    ],
)
def test_a_mistake_at_another_property_is_new(
    capability: Path, call: Call, before: str, after: str
) -> None:
    capability.write_text(CAPABILITY % before)
    call("baseline", "write")
    assert call("check")[0] == 0
    capability.write_text(CAPABILITY % after)
    assert call("check")[0] == 1


def test_the_position_in_a_list_does_not_count(capability: Path, call: Call) -> None:
    application = CAPABILITY.replace("Capability", "Application")
    capability.write_text(application % "supports: [lost, gone]")
    call("baseline", "write")
    capability.write_text(application % "supports: [newest, gone, lost]")
    out = call("check", "-q")[1]
    assert "newest" in out
    assert "gone" not in out
    assert "lost" not in out


def test_a_baseline_of_version_1_is_kept_whole_and_rewritten(workspace: Path, call: Call) -> None:
    """As it was written before fingerprints had the property: of the rule, the definition, the
    value and how often that had been there before."""
    call("baseline", "write")
    value = json.loads((workspace / FILE).read_text())
    assert value["version"] == 2
    seen: Counter[str] = Counter()
    former = []
    for entry in value["findings"]:
        subject = {"MOD103": "no", "MOD109": "nobody"}[entry["rule"]]
        identity = f"{entry['rule']}\0{entry['entity']}\0{subject}"
        seen[identity] += 1
        if seen[identity] > 1:
            identity += f"\0{seen[identity]}"
        former.append({**entry, "fingerprint": sha256(identity.encode()).hexdigest()[:20]})
    (workspace / FILE).write_text(json.dumps({"version": 1, "findings": former}))
    assert call("check")[0] == 0
    assert call("baseline", "check")[0] == 0
    assert call("baseline", "update")[1] == f"4 findings in {FILE}: 0 gone\n"
    assert json.loads((workspace / FILE).read_text()) == value


@pytest.mark.parametrize(
    "broken",
    [
        CAPABILITY % "parent: gone" + "  broken: [\n",
        (CAPABILITY % "parent: gone").replace("kind: Capability", "kind: Capabilty"),
        (CAPABILITY % "parent: gone").replace("bizalign/v1", "bizalign/v7"),
        CAPABILITY % "parent: [gone]",
    ],
)
def test_what_cannot_be_judged_is_not_taken_for_fixed(
    capability: Path, call: Call, broken: str
) -> None:
    whole = CAPABILITY % "parent: gone"
    capability.write_text(whole)
    call("baseline", "write")
    capability.write_text(broken)
    code, _, err = call("baseline", "check")
    assert code == 0
    assert "1 entry stays in the baseline" in err
    for command in ("update", "write"):
        call("baseline", command)
        capability.write_text(whole)
        assert call("check")[0] == 0
        capability.write_text(broken)
