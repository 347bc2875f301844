"""The shipped rules: each has its cases, and its cases are strong enough."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bizalign_lint.core.conditions import CONDITIONS
from bizalign_lint.engine.rule_tests import try_case
from tests.rules.mutations import Laboratory

LABORATORY = Laboratory()
RULES = LABORATORY.loaded.rules.rules
EQUIVALENT = {
    line.split("  #")[0].strip()
    for line in (Path(__file__).parent / "equivalent.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
}
"""Changes that make no difference; each line says why."""


@pytest.mark.parametrize("id_", RULES)
def test_its_cases_pass(id_: str) -> None:
    outcomes = [try_case(case, LABORATORY.loaded) for case in LABORATORY.cases(RULES[id_])]
    failed = [(o.case.name, o.status, o.details) for o in outcomes if o.status != "passed"]
    assert failed == []


def test_each_has_enough_cases() -> None:
    for id_, rule in RULES.items():
        cases = LABORATORY.cases(rule)
        found = [case for case in cases if re.search(rf"# <- .*{id_}", case.model)]
        assert rule.bad, id_
        assert rule.good, id_
        assert len(cases) - len(found) >= 2, id_
        assert len(found) >= 1, id_


@pytest.mark.sampled(5, 60)
@pytest.mark.parametrize("id_", [id_ for id_, rule in RULES.items() if rule.condition is None])
def test_its_cases_notice_every_small_change(id_: str) -> None:
    survivors = {f"{id_}: {what}" for what in LABORATORY.survivors(RULES[id_])}
    assert survivors - EQUIVALENT == set()
    known = {line for line in EQUIVALENT if line.startswith(id_)}
    assert known - survivors == set(), "no longer survives; take it off the list"


def test_each_keeps_to_the_form_of_a_rule() -> None:
    for id_, rule in RULES.items():
        folder, name = os.path.split(rule.document.source.path)
        assert os.path.basename(folder) == rule.guideline, id_
        assert name == f"{rule.name}.yaml", id_
        assert not re.match(r"(no|disallow|require)-", rule.name), id_
        assert rule.summary.endswith("."), id_
        assert rule.help.endswith((".", "?", "!", "…")), id_
        assert not rule.message.endswith("."), id_
        assert len(rule.rationale) > 80, id_
        assert rule.references, id_


def test_each_condition_has_one_rule() -> None:
    reported = [rule.condition for rule in RULES.values() if rule.condition is not None]
    assert sorted(reported) == sorted(CONDITIONS)


def test_every_guideline_has_rules_and_one_prefix() -> None:
    for guideline in LABORATORY.loaded.rules.guidelines:
        prefixes = {rule.id[:3] for rule in RULES.values() if rule.guideline == guideline.id}
        assert prefixes, guideline.id
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
