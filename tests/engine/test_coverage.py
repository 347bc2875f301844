"""Measures of alignment: what is counted, and what of it conforms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.report import Coverage, Report
from bizalign_lint.core.types import Source, places
from bizalign_lint.engine.load import load
from bizalign_lint.rules.language.rule import Measure
from tests.conftest import Call
from tests.faults.meridian import Model, fresh
from tests.workspace import DAY, report, shipped

RULES = shipped().rules
BY_RULES = [measure for measure in RULES.measures if measure.rules]
DRIFT = Path(__file__).parents[2] / "examples" / "meridian-drift"


def coverage(model: Model) -> dict[str, Coverage]:
    return by_name(model.check(thresholds={}))


def by_name(outcome: Report) -> dict[str, Coverage]:
    return {measure.name: measure for measure in outcome.coverage}


def test_nothing_is_measured_unless_asked_for() -> None:
    assert report("{}").coverage == ()


def test_there_is_a_measure_for_each_guideline() -> None:
    measured = {measure.guideline for measure in RULES.measures}
    assert measured == {guideline.id for guideline in RULES.guidelines}


def test_every_measure_counts_something_in_the_example() -> None:
    measures = coverage(fresh())
    assert len(measures) >= 15
    assert [name for name, measure in measures.items() if not measure.total] == []


@pytest.mark.parametrize(
    ("measure", "id_"),
    [(measure, id_) for measure in BY_RULES for id_ in measure.rules],
    ids=lambda value: getattr(value, "name", value),
)
def test_what_the_rules_find_is_what_a_measure_lacks(measure: Measure, id_: str) -> None:
    rule = RULES.rules[id_]
    for model in (rule.bad, rule.good):
        outcome = report(model, *measure.rules, thresholds={}, as_of=rule.as_of or DAY)
        found = {finding.entity for finding in outcome.findings}
        assert found == set(by_name(outcome)[measure.name].lacking)
        assert (id_ in {finding.rule for finding in outcome.findings}) is (model is rule.bad)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", [measure.name for measure in BY_RULES])
def test_findings_and_coverage_agree_on_a_model_with_much_to_find(name: str) -> None:
    files = {path.name: path.read_text("utf-8") for path in DRIFT.rglob("*.yaml")}
    (measure,) = (measure for measure in BY_RULES if measure.name == name)
    outcome = report(files, *measure.rules, thresholds={})
    found = [*outcome.findings, *(entry.finding for entry in outcome.suppressed)]
    # What a finding keeps silent about, because something flawed was read, is lacking all the same.
    assert {f.entity for f in places(found)} <= set(by_name(outcome)[name].lacking)


def _objectives_need_nothing(model: Model) -> None:
    for value in model.each("Objective"):
        value["spec"].pop("capabilities", None)


def _pools_pass_nothing_on(model: Model) -> None:
    for value in model.each("CostPool"):
        value["spec"].pop("allocations", None)


@pytest.mark.parametrize(
    ("name", "kind", "take_out"),
    [
        ("capabilities-that-an-objective-drives", "Capability", _objectives_need_nothing),
        ("cost-that-reaches-a-capability", "Cost", _pools_pass_nothing_on),
    ],
)
def test_a_measure_with_a_shape_of_its_own(name: str, kind: str, take_out: object) -> None:
    before = coverage(fresh())[name]
    assert before.lacking == ()
    model = fresh()
    assert callable(take_out)
    take_out(model)
    after = coverage(model)[name]
    assert after.total == before.total
    assert after.held + after.broken == after.total
    assert after.held < before.held
    assert after.lacking[0].startswith(f"{kind}:")


def test_every_measure_is_tried_above() -> None:
    own = {measure.name for measure in RULES.measures if not measure.rules}
    assert own == {"capabilities-that-an-objective-drives", "cost-that-reaches-a-capability"}


def test_several_rules_count_a_node_once_and_all_of_them_have_to_be_kept() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Disruption
        metadata: {name: never-assessed}
        spec: {}
        ---
        apiVersion: bizalign/v1
        kind: Disruption
        metadata: {name: overdue}
        spec: {assessedOn: 2025-01-01, reviewInterval: P1M}
        ---
        apiVersion: bizalign/v1
        kind: Disruption
        metadata: {name: fresh}
        spec: {assessedOn: 2026-06-01, reviewInterval: P6M}
        """
    outcome = by_name(report(model, thresholds={}))["disruptions-assessed-on-time"]
    assert (outcome.held, outcome.total) == (1, 3)
    assert outcome.lacking == ("Disruption:default/never-assessed", "Disruption:default/overdue")


def test_a_fact_that_nothing_has_is_lacking() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: crm}
        spec: {lifecycle: {active: 2020-01-01}}
        """
    outcome = by_name(report(model, thresholds={}))["applications-with-a-cost"]
    assert (outcome.held, outcome.broken, outcome.unknown) == (0, 1, 0)
    assert outcome.percent == 0
    assert outcome.lacking == ("Application:default/crm",)


def test_a_fact_that_is_missing_does_not_count_as_good() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: crm}
        spec: {lifecycle: {active: 2020-01-01}}
        ---
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: hosted}
        spec: {lifecycle: {active: 2020-01-01}, components: []}
        ---
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: planned}
        spec: {lifecycle: {plan: 2020-01-01}}
        ---
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: anybody-knows}
        spec: {}
        """
    outcome = by_name(report(model, thresholds={}))["applications-on-supported-components"]
    assert (outcome.held, outcome.broken, outcome.unknown) == (1, 0, 2)
    assert outcome.percent == 33.3
    assert outcome.unjudged == ("Application:default/crm", "Application:default/anybody-knows")


def test_a_measure_of_money_is_counted_in_money() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Capability
        metadata: {name: sales}
        spec: {}
        ---
        apiVersion: bizalign/v1
        kind: Cost
        metadata: {name: one}
        spec: {amount: 90, currency: EUR, costObject: "Capability:sales"}
        ---
        apiVersion: bizalign/v1
        kind: Cost
        metadata: {name: other}
        spec: {amount: 10, currency: EUR}
        """
    measure = "cost-that-reaches-a-capability"
    outcome = by_name(report(model, thresholds={}))[measure]
    assert (outcome.held, outcome.broken, outcome.unit, outcome.percent) == (90, 10, "EUR", 90)
    mixed = model.replace("10, currency: EUR", "10, currency: CHF")
    outcome = by_name(report(mixed, thresholds={}))[measure]
    assert (outcome.held, outcome.broken, outcome.unit, outcome.percent) == (1, 1, "", 50)


@pytest.mark.parametrize(
    ("kind", "spec", "evident", "name"),
    [
        (
            "Capability",
            "{tier: strategic}",
            "kind: Objective\nmetadata: {name: grow}\nspec: {}",
            "capabilities-that-an-objective-drives",
        ),
        (
            "Cost",
            '{amount: 1, currency: EUR, costObject: "License:crm-licence"}',
            "kind: Capability\nmetadata: {name: sales}\nspec: {}",
            "cost-that-reaches-a-capability",
        ),
    ],
)
def test_a_measure_waits_until_the_model_can_know(
    kind: str, spec: str, evident: str, name: str
) -> None:
    model = (
        f"apiVersion: bizalign/v1\nkind: {kind}\nmetadata: {{name: one}}\nspec: {spec}\n---\n"
        "apiVersion: bizalign/v1\nkind: License\nmetadata: {name: crm-licence}\nspec: {}\n"
    )
    before = by_name(report(model, thresholds={}))[name]
    assert (before.broken, before.unknown) == (0, 1)
    more = f"{model}---\napiVersion: bizalign/v1\n{evident}\n"
    after = by_name(report(more, thresholds={}))[name]
    assert (after.broken, after.unknown) == (1, 0)


def test_a_measure_goes_by_the_thresholds_of_its_rules() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: Application
        metadata: {name: crm}
        spec: {lifecycle: {active: 2010-01-01}, reviewedOn: 2026-03-01}
        """
    name, params = "applications-reviewed-lately", {"BAS113": {"maxAge": "P30D"}}
    assert by_name(report(model, thresholds={}))[name].percent == 100
    assert by_name(report(model, thresholds={}, params=params))[name].percent == 0


MEASURE = """\
guideline: finance
title: Ours
rationale: It matters.
rules: [FIN105]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("[FIN105]", "[FIN999]", 4, "unknown rule FIN999"),
        ("[FIN105]", "[FIN105, MOD101]", 4, "MOD101 is not a rule about nodes"),
        ("[FIN105]", "[OUT123]", 4, "OUT123 is not a rule about nodes"),
        ("[FIN105]", "[costs]", 4, "must be the id of a rule"),
        ("rules: [FIN105]\n", "", 1, "a measure needs rules, or a target and a shape"),
        ("rules:", "evidence: [Cost]\nrules:", 1, "a measure needs rules, or a target and a shape"),
        ("rules:", "target: Cost\nrules:", 1, "a measure needs rules, or a target and a shape"),
        ("guideline: finance", "guideline: finanse", 1, "did you mean finance?"),
    ],
)
def test_what_is_wrong_with_a_measure_is_reported(
    old: str, new: str, line: int, message: str
) -> None:
    source = Source("rules/ours.measure.yaml", MEASURE.replace(old, new).encode())
    with pytest.raises(RuleError) as raised:
        load(rules=[source])
    assert message in raised.value.message
    assert raised.value.location is not None
    assert raised.value.location.path == "rules/ours.measure.yaml"
    assert raised.value.location.span.line == line


def test_a_misspelt_kind_in_the_evidence_of_a_measure_is_reported() -> None:
    own = "target: Cost\nevidence: [Capabilty]\nshape: {path: costObject, minCount: 1}\n"
    text = MEASURE.replace("rules: [FIN105]\n", own)
    loaded = load(rules=[Source("rules/ours.measure.yaml", text.encode())])
    with pytest.raises(RuleError, match="did you mean Capability") as raised:
        report("{}", loaded=loaded, thresholds={})
    assert raised.value.location is not None
    assert raised.value.location.span.line == 5


def _measured(held: float, broken: float, unknown: float = 0, **more: Any) -> Coverage:
    return Coverage("m", "g", "t", held, broken, unknown, (), (), **more)


def test_percentages_are_rounded_down() -> None:
    assert _measured(2, 1).percent == 66.6
    assert _measured(2, 0, 1).percent == 66.6
    assert _measured(0, 0).percent is None
    assert _measured(999, 1, threshold=100).fails
    assert _measured(999, 0, 1, threshold=100).fails
    assert not _measured(999, 1, threshold=99.9).fails


@pytest.mark.parametrize("unknown", [0, 5])
def test_a_threshold_of_what_cannot_be_measured_is_reported_or_missed(unknown: int) -> None:
    nothing = _measured(0, 0, unknown, threshold=50)
    assert nothing.unmeasurable
    assert not nothing.fails
    assert nothing._replace(is_required=True).fails


@pytest.mark.parametrize(("config", "code"), [("", 0), ("unmeasured: missed\n", 1)])
def test_the_configuration_says_whether_it_is_missed(
    config: str, code: int, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    threshold = "select: [FIN]\ncoverage: {applications-with-a-cost: 50}\n"
    Path(".bizalign.yaml").write_text(threshold + config)
    Path("a.yaml").write_text(
        "apiVersion: bizalign/v1\nkind: Capability\nmetadata: {name: sell, title: Sales}\n"
        "spec: {level: 1, tier: supporting}\n"
    )
    assert call("check")[0] == code
