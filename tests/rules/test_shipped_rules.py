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

each_rule = pytest.mark.parametrize("id_", RULES)


@each_rule
def test_its_cases_pass(id_: str) -> None:
    outcomes = [try_case(case, LABORATORY.loaded) for case in LABORATORY.cases(RULES[id_])]
    failed = [(o.case.name, o.status, o.details) for o in outcomes if o.status != "passed"]
    assert failed == []


@each_rule
def test_it_has_enough_cases(id_: str) -> None:
    cases = LABORATORY.cases(RULES[id_])
    found = [case for case in cases if re.search(rf"# <- .*{id_}", case.model)]
    assert RULES[id_].bad
    assert RULES[id_].good
    assert len(cases) - len(found) >= 2
    assert len(found) >= 1


@pytest.mark.sampled(12, 60)
@pytest.mark.parametrize("id_", [id_ for id_, rule in RULES.items() if rule.condition is None])
def test_its_cases_notice_every_small_change(id_: str) -> None:
    survivors = {f"{id_}: {what}" for what in LABORATORY.survivors(RULES[id_])}
    assert survivors - EQUIVALENT == set()
    known = {line for line in EQUIVALENT if line.startswith(id_)}
    assert known - survivors == set(), "no longer survives; take it off the list"


@each_rule
def test_it_keeps_to_the_form_of_a_rule(id_: str) -> None:
    rule = RULES[id_]
    folder, name = os.path.split(rule.document.source.path)
    assert os.path.basename(folder) == rule.guideline
    assert name == f"{rule.name}.yaml"
    assert not re.match(r"(no|disallow|require)-", rule.name)
    assert rule.summary.endswith(".")
    assert rule.help.endswith((".", "?", "!", "…"))
    assert not rule.message.endswith(".")
    assert len(rule.rationale) > 80
    assert rule.references


def test_each_condition_has_one_rule() -> None:
    reported = [rule.condition for rule in RULES.values() if rule.condition is not None]
    assert sorted(reported) == sorted(CONDITIONS)


def test_every_guideline_has_rules_and_one_prefix() -> None:
    for guideline in LABORATORY.loaded.rules.guidelines:
        prefixes = {rule.id[:3] for rule in RULES.values() if rule.guideline == guideline.id}
        assert prefixes, guideline.id
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
