"""What somebody has accepted is not reported, as long as the acceptance holds."""

from __future__ import annotations

import pytest

from tests.workspace import findings, report

MODEL = """\
apiVersion: bizalign/v1
kind: Capability
metadata:
  name: order-management
  title: Manage orders   {comment}
spec: {{}}
"""
RULE = "MOD120"


def found(comment: str, *select: str) -> list[str]:
    return [
        text.split()[1] for text in findings(MODEL.format(comment=comment), *select or ("MOD",))
    ]


def test_the_finding_without_a_suppression() -> None:
    assert RULE in found("")


@pytest.mark.parametrize(
    ("comment", "rules"),
    [
        (f"# bizalign: ignore[{RULE}] -- the business calls it so", []),
        (f"# bizalign: ignore[{RULE}] -- agreed, until=2026-06-30", []),
        (f"# bizalign: ignore[{RULE}] -- agreed, until=2026-06-29", [RULE, "MOD116"]),
        (f"# bizalign: ignore[{RULE}]", ["MOD117"]),
        ("# bizalign: ignore[MOD111] -- no circle here", [RULE, "MOD115"]),
        ("# bizalign: ignore[XYZ999] -- no such rule", [RULE, "MOD170"]),
        ("# bizalign: ignore[mod120] -- in small letters", [RULE, "MOD170"]),
        (f"# bizalign: ignore[{RULE}] -- TODO", ["MOD117"]),
        (f"# bizalign: ignore[{RULE}] -- agreed, until=31.12.2026", [RULE, "MOD171"]),
        (f"# bizalign: ignore[{RULE}] -- agreed, until=2026-1-31", [RULE, "MOD171"]),
        (
            f"# bizalign: ignore[{RULE}] -- agreed, until=2027-01-01 until=2026-06-01",
            [RULE, "MOD116"],
        ),
        (f"# bizalign: ignore[{RULE}, MOD111] -- both", ["MOD115"]),
        ("# nothing of the sort", [RULE]),
    ],
)
def test_a_comment_suppresses_a_rule(comment: str, rules: list[str]) -> None:
    wanted = {RULE, "MOD111", "MOD115", "MOD116", "MOD117", "MOD170", "MOD171"}
    assert sorted(r for r in found(comment) if r in wanted) == sorted(rules)


def test_a_rule_that_does_not_run_leaves_its_suppressions_alone() -> None:
    assert found("# bizalign: ignore[BAS101] -- agreed", "MOD115") == []


def test_what_is_suppressed_is_reported_with_its_reason() -> None:
    comment = f"# bizalign: ignore[{RULE}] -- agreed, until=2026-12-31"
    (suppressed,) = report(MODEL.format(comment=comment), RULE).suppressed
    assert suppressed.finding.rule == RULE
    assert (suppressed.by, suppressed.reason, suppressed.until) == (
        "comment",
        "agreed",
        "2026-12-31",
    )


def test_a_comment_in_a_nested_node_is_about_that_node() -> None:
    objective = """
        apiVersion: bizalign/v1
        kind: Objective
        metadata: {name: grow}
        spec:
          keyResults:
            - name: share
              target: 3   # bizalign: ignore[OUT102] -- measured elsewhere
            - name: speed
              target: 3
        """
    lines = [text.split()[0] for text in findings(objective, "OUT102")]
    assert lines
    assert all(line.startswith(("model.yaml:9", "model.yaml:10")) for line in lines)


def test_a_comment_in_one_document_is_not_about_the_next() -> None:
    first = MODEL.format(comment=f"# bizalign: ignore[{RULE}] -- agreed")
    second = MODEL.format(comment="").replace("order-management", "pay")
    assert [t.split()[1] for t in findings(f"{first}---\n{second}", RULE)] == [RULE]


def test_a_comment_outside_of_any_definition_is_about_none() -> None:
    comment = f"# bizalign: ignore[{RULE}] -- agreed\n"
    model = MODEL.format(comment="")
    for text, told in (
        (f"{comment}{model}", []),
        (f"other: yaml\n{comment}---\n{model}", [RULE]),
        (f"{model}---\n{comment}---\n{model.replace('order', 'pay')}", [RULE, RULE]),
        (f"{model}---\nother: yaml\n{comment}", [RULE]),
    ):
        assert [line.split()[1] for line in findings(text, RULE)] == told, text


DISPENSATION = """
apiVersion: bizalign/v1
kind: Dispensation
metadata: {{name: until-cutover}}
spec:
  rules: [{rule}]
  targets: ["Capability:order-management"]
  reason: The name stays until the cutover.
  approver: Architecture board
  expiresOn: {until}
"""


@pytest.mark.parametrize(
    ("rule", "until", "reported"),
    [
        (RULE, "2026-06-30", False),
        (RULE, "2026-06-29", True),
        ("MOD121", "2026-12-31", True),
    ],
)
def test_a_dispensation_sets_a_rule_aside(rule: str, until: str, reported: bool) -> None:
    text = MODEL.format(comment="") + "---" + DISPENSATION.format(rule=rule, until=until)
    outcome = report(text, RULE)
    assert [f.rule for f in outcome.findings] == ([RULE] if reported else [])
    assert len(outcome.suppressed) == (not reported)
    if not reported:
        assert outcome.suppressed[0].by == "dispensation"
        assert "The name stays until the cutover." in outcome.suppressed[0].reason


@pytest.mark.parametrize(
    ("rules", "reported"),
    [
        ("", [RULE]),
        ("rules: []", [RULE]),
        ("rules: 3", [RULE, "MOD106"]),
        # It may be meant: until that is clear, nothing is said of what the rule finds.
        (f"rules: {RULE}", ["MOD106"]),
    ],
)
def test_a_dispensation_without_a_list_of_rules(rules: str, reported: list[str]) -> None:
    dispensation = DISPENSATION.replace("rules: [{rule}]", rules).format(until="2026-12-31")
    outcome = report(MODEL.format(comment="") + "---" + dispensation, RULE, "MOD106")
    assert [finding.rule for finding in outcome.findings] == reported
    assert outcome.suppressed == ()


def test_a_rule_named_twice_in_a_comment_is_named_once() -> None:
    assert sorted(found("# bizalign: ignore[MOD111, MOD111] -- no circle here")) == ["MOD115", RULE]


def test_a_comment_with_a_thousand_names_is_not_reported_a_thousand_times() -> None:
    names = ",".join(f"X{number}" for number in range(1000))
    assert 100 <= found(f"# bizalign: ignore[{names}] -- no such rules").count("MOD170") <= 101


def test_so_many_useless_comments() -> None:
    model = MODEL.format(comment="") + "# bizalign: ignore[XYZ999] -- no such rule\n" * 1_500
    assert len(findings(model, "MOD170")) == 1_000


def test_each_comment_belongs_to_the_nested_node_on_its_line() -> None:
    items = "".join(
        f"    - {{name: k{n}, metric: m}} # bizalign: ignore[OUT102] -- {n}\n" for n in range(20)
    )
    model = f"""\
apiVersion: bizalign/v1
kind: Objective
metadata: {{name: grow}}
spec:
  keyResults:
{items}"""
    told = report(model, "OUT102").suppressed
    assert {(e.finding.entity, e.reason) for e in told} == {
        (f"KeyResult:default/grow#k{n}", str(n)) for n in range(20)
    }


KEY_RESULTS = """\
apiVersion: bizalign/v1
kind: Objective
metadata: {{name: grow}}
spec:
  keyResults:
    - name: k1
      title: one{end}
{above}    - {{name: k2, title: two}}
{below}    - name: k3
      title: three
{last}"""
IGNORE = "# bizalign: ignore[OUT102] -- agreed"


@pytest.mark.parametrize(
    ("comment", "accepted"),
    [
        ({"end": f"  {IGNORE}"}, {"k1"}),
        ({"above": f"    {IGNORE}\n"}, {"k2"}),
        ({"above": f"      {IGNORE}\n"}, {"k1"}),
        ({"above": f"      # first\n\n      {IGNORE}\n"}, {"k1"}),
        ({"above": f"    {IGNORE}\n    # agreed in March\n\n"}, {"k2"}),
        ({"above": f"{IGNORE}\n"}, {"k2"}),
        ({"below": f"    {IGNORE}\n"}, {"k3"}),
        ({"below": f"      {IGNORE}\n"}, {"k2"}),
        ({"last": f"      {IGNORE}\n"}, {"k3"}),
        ({"last": f"  {IGNORE}\n"}, {"k1", "k2", "k3"}),
    ],
)
def test_a_comment_is_about_what_it_is_at(comment: dict[str, str], accepted: set[str]) -> None:
    model = KEY_RESULTS.format(**{"end": "", "above": "", "below": "", "last": "", **comment})
    told = report(model, "OUT102", "MOD115")
    assert {e.finding.entity.rpartition("#")[2] for e in told.suppressed if e.finding.entity} == (
        accepted
    )
    left = {f.entity.rpartition("#")[2] for f in told.findings if f.entity}
    assert left == {"k1", "k2", "k3"} - accepted


def test_a_comment_at_the_end_of_a_document_of_one_line_is_about_what_is_nested_there() -> None:
    model = (
        "{apiVersion: bizalign/v1, kind: Objective, metadata: {name: grow}, "
        f"spec: {{keyResults: [{{name: k1}}]}}}}  {IGNORE}"
    )
    told = report(model, "OUT102", "MOD115")
    assert [e.finding.entity for e in told.suppressed] == ["KeyResult:default/grow#k1"]
    assert told.findings == ()


def test_a_comment_within_a_nested_node_accepts_what_earlier_stages_find_there() -> None:
    comment = f"   {IGNORE.replace('OUT102', 'MOD107')}"
    model = KEY_RESULTS.format(end=f"\n      basline: 1{comment}", above="", below="", last="")
    told = report(model, "MOD107")
    assert [e.finding.rule for e in told.suppressed] == ["MOD107"]
    assert told.findings == ()


def test_a_dispensation_of_an_unknown_rule_is_reported() -> None:
    text = MODEL.format(comment="") + "---" + DISPENSATION.format(rule="MOD999", until="2026-12-31")
    assert [f.rule for f in report(text, "MOD170", RULE).findings] == [RULE, "MOD170"]
