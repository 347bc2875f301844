"""Measures of alignment: what is counted, and what of it conforms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bizalign_lint.report import Coverage
from tests.faults.meridian import Model, fresh
from tests.workspace import report, shipped

Break = tuple[str, Callable[[Model], None]]
"""The kind that a measure counts, and how to take out of a model what it looks for."""


def coverage(model: Model) -> dict[str, Coverage]:
    return {measure.name: measure for measure in model.check(thresholds={}).coverage}


def test_nothing_is_measured_unless_asked_for() -> None:
    assert report("{}").coverage == ()


def test_there_is_a_measure_for_each_guideline() -> None:
    loaded = shipped()
    measured = {measure.guideline for measure in loaded.rules.measures}
    assert measured == {guideline.id for guideline in loaded.rules.guidelines}


def test_every_measure_counts_something_in_the_example() -> None:
    measures = coverage(fresh())
    assert len(measures) >= 15
    assert [name for name, measure in measures.items() if not measure.total] == []


def _first(kind: str, key: str) -> Break:
    """The first definition of the kind that has it loses a property."""

    def take_out(model: Model) -> None:
        for value in model.each(kind):
            for holder in (value["metadata"], value["spec"]):
                if key in holder:
                    del holder[key]
                    return

    return kind, take_out


def _all(kind: str, holder: str, key: str) -> Break:
    """All definitions of another kind lose a property."""

    def take_out(model: Model) -> None:
        for value in model.each(holder):
            value.get("spec", {}).pop(key, None)

    return kind, take_out


def _technology(model: Model) -> None:
    for value in model.each("Strategy"):
        if value["spec"].get("domain") == "technology":
            value["spec"].pop("capabilities", None)


def _key_result(key: str) -> Break:
    def take_out(model: Model) -> None:
        for value in model.each("Objective"):
            for result in value["spec"].get("keyResults", ()):
                result.pop(key, None)

    return "KeyResult", take_out


def _unsupported(model: Model) -> None:
    for value in model.each("ITComponent"):
        value["spec"]["vendorSupport"] = {"endOfSupport": "2020-01-01"}


def _unanswered(model: Model) -> None:
    for kind, key in (("Decision", "drivers"), ("Initiative", "addresses")):
        for value in model.each(kind):
            value["spec"].pop(key, None)
    for value in model.each("Objective"):
        value["spec"].pop("addresses", None)


def _uncosted(model: Model) -> None:
    gone = ("Cost", "Tower", "ITService")
    for values in model.files.values():
        values[:] = [value for value in values if value["kind"] not in gone]


BREAKS: dict[str, Break] = {
    "definitions-with-an-owner": _first("Capability", "owner"),
    "applications-that-support-a-capability": _first("Application", "supports"),
    "capabilities-with-an-application": _all("Capability", "Application", "supports"),
    "decisions-with-a-business-driver": _all("Decision", "Decision", "drivers"),
    "business-scope-in-technology-strategy": ("Capability", _technology),
    "capabilities-that-an-objective-drives": _all("Capability", "Objective", "capabilities"),
    "measurable-key-results": _key_result("baseline"),
    "key-results-measured-lately": _key_result("measuredOn"),
    "initiatives-that-advance-a-key-result": _all("Initiative", "Initiative", "keyResults"),
    "applications-on-supported-components": ("Application", _unsupported),
    "applications-reviewed-lately": _first("Application", "reviewedOn"),
    "components-with-support-dates": _all("ITComponent", "ITComponent", "vendorSupport"),
    "disruptions-assessed-on-time": _first("Disruption", "assessedOn"),
    "disruptions-assessed-for-both-sides": _first("Disruption", "impact"),
    "grave-disruptions-with-a-response": ("Disruption", _unanswered),
    "cost-that-reaches-a-capability": _all("Cost", "CostPool", "allocations"),
    "applications-with-a-cost": ("Application", _uncosted),
    "initiatives-with-a-budget": _first("Initiative", "budget"),
}


@pytest.mark.parametrize("name", [measure.name for measure in shipped().rules.measures])
def test_a_measure_falls_when_what_it_counts_is_taken_out(name: str) -> None:
    before = coverage(fresh())[name]
    model = fresh()
    kind, take_out = BREAKS[name]
    take_out(model)
    after = coverage(model)[name]
    assert after.satisfied < before.satisfied
    assert len(after.lacking) == after.total - after.satisfied
    assert after.lacking[0].startswith(f"{kind}:")


def test_percentages_are_rounded_down() -> None:
    assert Coverage("m", "g", "t", 2, 3, ()).percent == 66.6
    assert Coverage("m", "g", "t", 0, 0, ()).percent is None
    assert Coverage("m", "g", "t", 999, 1000, (), threshold=100).fails
    assert not Coverage("m", "g", "t", 999, 1000, (), threshold=99.9).fails
    assert not Coverage("m", "g", "t", 0, 0, (), threshold=100).fails
