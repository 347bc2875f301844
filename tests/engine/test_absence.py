"""An absent fact is told once, then one by one; and adding a fact never brings a flood."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Severity
from bizalign_lint.findings.baseline import apply, entries
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.rules.absence import MOST
from tests.workspace import report, shipped

LINKS = ("FIN118", "OUT107", "OUT113", "SCO104", "SCO111")
"""The links that the guidelines are about."""
ABSENCES = sorted(rule.id for rule in shipped().rules.rules.values() if rule.absence)
UNIT = "--- {apiVersion: bizalign/v1, kind: OrganizationUnit, metadata: {name: it}, spec: {}}\n"
CAPABILITY = "--- {apiVersion: bizalign/v1, kind: Capability, metadata: {name: sell}, spec: {}}\n"


def _application(number: int, owner: bool = False, supports: bool = False, more: str = "") -> str:
    metadata = f"name: app-{number}, title: App {number}" + (", owner: it" if owner else "")
    spec = ("supports: [sell]" if supports else "") + more
    return (
        f"--- {{apiVersion: bizalign/v1, kind: Application, metadata: {{{metadata}}}, "
        f"spec: {{{spec}}}}}\n"
    )


def _owned(owned: int, count: int, more: str = "") -> str:
    return UNIT + "".join(_application(n, n < owned, more=more) for n in range(count))


def _told(found: Report) -> list[tuple[str, int]]:
    return [(finding.message, len(finding.places)) for finding in found.findings]


def test_what_none_has_cannot_be_judged() -> None:
    found = report(_owned(0, 40), "MOD119")
    assert found.findings == ()
    (gap,) = found.judged.gaps
    assert (gap.kind, gap.fact, len(gap.lacking)) == ("Application", "owner", 40)


def test_what_none_has_is_found_where_that_is_asked_for() -> None:
    found = report(_owned(0, 40), "MOD119", reports_absence=True)
    assert _told(found) == [("nobody owns any of the 40 definitions of kind Application", 40)]


def test_as_long_as_few_have_it_is_one_finding_with_the_gravest_by_name() -> None:
    model = _owned(1, 39) + _application(39, more="criticality: missionCritical")
    (found,) = report(model, "MOD119").findings
    assert found.message == (
        "nobody owns 39 of 40 definitions of kind Application: App 39, App 1, App 2 and 36 more"
    )
    assert found.location.span.line == 41, "it stands at the gravest"
    assert found.entity is None
    assert [place.entity for place in found.occurrences][:2] == [
        "Application:default/app-1",
        "Application:default/app-2",
    ]
    assert found.occurrences[0].message == "nobody owns the Application App 1"


def test_once_most_have_it_each_is_a_finding() -> None:
    assert [places for _, places in _told(report(_owned(6, 10), "MOD119"))] == [1] * 4
    assert [places for _, places in _told(report(_owned(4, 10), "MOD119"))] == [6]
    strict = {"MOD119": {"share": 90}}
    assert [places for _, places in _told(report(_owned(6, 10), "MOD119", params=strict))] == [4]
    assert len(_told(report(_owned(40, 40 + MOST), "MOD119"))) == MOST
    ((message, places),) = _told(report(_owned(40, 41 + MOST), "MOD119"))
    assert message.startswith("nobody owns 6 of 46 definitions of kind Application: App 40, App 41")
    assert places == MOST + 1


def test_each_kind_is_judged_by_itself() -> None:
    found = report(_owned(8, 10) + CAPABILITY, "MOD119")
    assert {finding.entity for finding in found.findings} == {
        "Application:default/app-8",
        "Application:default/app-9",
    }


def test_a_link_is_reported_where_none_has_it() -> None:
    apps = "".join(_application(n) for n in range(10))
    (found,) = report(CAPABILITY + apps, "SCO111").findings
    assert found.message == "none of the 10 applications names a capability that it supports"
    assert found.severity is Severity.WARNING
    assert len(found.occurrences) == 10
    assert report(apps, "SCO111").findings == (), "there is nothing that they could name"


def test_what_is_missed_by_all_is_a_warning_at_most() -> None:
    strategy = "--- {apiVersion: bizalign/v1, kind: Strategy, metadata: {name: s}, spec: {}}\n"
    objectives = "".join(
        f"--- {{apiVersion: bizalign/v1, kind: Objective, metadata: {{name: o-{n}}}, spec: {{}}}}\n"
        for n in range(3)
    )
    (found,) = report(strategy + objectives, "OUT107").findings
    assert {found.severity, *(place.severity for place in found.places)} == {Severity.WARNING}
    wanted = {"OUT107": Severity.ERROR}
    (found,) = report(strategy + objectives, "OUT107", severities=wanted).findings
    assert found.severity is Severity.ERROR, "unless somebody says so"


def test_what_says_that_there_is_none_is_reported_by_itself() -> None:
    model = CAPABILITY + "".join(_application(n) for n in range(3))
    model += _application(3, more="supports: []")
    messages = [finding.message for finding in report(model, "SCO111").findings]
    assert messages == [
        "3 of 4 applications support no capability: App 0, App 1 and App 2",
        "App 3 supports no capability",
    ]


def test_places_that_are_accepted_are_not_named() -> None:
    model = _owned(1, 5).replace(
        "name: app-1,", "name: app-1,  # bizalign: ignore[MOD119] -- soon\n"
    )
    found = report(model, "MOD119", "MOD115")
    (finding,) = found.findings
    assert finding.message.endswith(": App 2, App 3 and App 4")
    assert [entry.finding.entity for entry in found.suppressed] == ["Application:default/app-1"]


def test_one_more_without_it_is_reported_at_its_place() -> None:
    known = entries(report(_owned(2, 12), "MOD119").findings)
    (found,) = apply(report(_owned(2, 13), "MOD119"), known).findings
    assert found.message == "nobody owns the Application App 12"
    assert apply(report(_owned(6, 12), "MOD119"), known).findings == ()


# ---------------------------------------------------------------------------- properties

FACTS: dict[str, Any] = {
    "owner": ("metadata", "it"),
    "description": ("metadata", "What it is for."),
    "supports": ("spec", ["sell"]),
    "reviewedOn": ("spec", "2026-06-01"),
    "costs": ("cost", None),
}


@st.composite
def portfolios(draw: st.DrawFn) -> list[set[str]]:
    """The facts that each of some applications has."""
    return draw(st.lists(st.sets(st.sampled_from(sorted(FACTS))), min_size=1, max_size=30))


def _model(portfolio: list[set[str]]) -> str:
    return UNIT + CAPABILITY + "".join(_definitions(portfolio))


def _definitions(portfolio: list[set[str]]) -> Iterator[str]:
    for number, facts in enumerate(portfolio):
        name = f"app-{number}"
        metadata: dict[str, Any] = {"name": name}
        spec: dict[str, Any] = {"lifecycle": {"active": "2020-01-01"}}
        sections = {"metadata": metadata, "spec": spec}
        for fact in sorted(facts):
            section, value = FACTS[fact]
            if section == "cost":
                cost = {"costObject": f"Application:{name}", "amount": 1, "currency": "EUR"}
                whole = {"apiVersion": "bizalign/v1", "kind": "Cost", "metadata": {"name": name}}
                yield f"---\n{json.dumps({**whole, 'spec': cost})}\n"
            else:
                sections[section][fact] = value
        head = {"apiVersion": "bizalign/v1", "kind": "Application"}
        yield f"---\n{json.dumps({**head, **sections})}\n"


@pytest.mark.slow
@settings(max_examples=60)
@given(portfolio=portfolios(), data=st.data())
def test_adding_a_fact_never_brings_a_flood(portfolio: list[set[str]], data: st.DataObject) -> None:
    """Of each rule, no more findings come than are told one by one."""
    number = data.draw(st.integers(0, len(portfolio) - 1))
    fact = data.draw(st.sampled_from(sorted(FACTS)))
    more = [facts | ({fact} if n == number else set()) for n, facts in enumerate(portfolio)]
    before, after = report(_model(portfolio), *ABSENCES), report(_model(more), *ABSENCES)
    for rule in ABSENCES:
        then = sum(finding.rule == rule for finding in before.findings)
        now = sum(finding.rule == rule for finding in after.findings)
        assert now <= then + MOST
    assert len(after.findings) <= len(before.findings) + MOST


@settings(max_examples=40)
@given(portfolio=portfolios())
def test_deleting_the_last_mapping_never_makes_a_model_clean(portfolio: list[set[str]]) -> None:
    bare = [facts - {"supports"} for facts in portfolio]
    assert len(report(_model(bare), "SCO111").findings) == 1


@pytest.mark.parametrize("rule", LINKS)
def test_every_link_is_reported_in_every_profile(rule: str) -> None:
    for name, source in resources.profiles().items():
        assert rule in read_document(source).value.get("select", [rule]), name
