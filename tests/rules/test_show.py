"""What ``rule show`` tells of a rule: all that its file says, and nothing that it does not."""

from __future__ import annotations

import pytest

from bizalign_lint.cli.rule_show import show
from bizalign_lint.rules.language.rule import Rule
from tests.workspace import shipped

RULES = shipped().rules.rules
GUIDELINES = {guideline.id: guideline for guideline in shipped().rules.guidelines}


def told(rule: Rule, width: int = 200) -> str:
    return "\n".join(show(rule, GUIDELINES[rule.guideline], width))


@pytest.mark.parametrize("guideline", GUIDELINES)
def test_what_a_rule_says_is_shown(guideline: str) -> None:
    rules = {id_: rule for id_, rule in RULES.items() if rule.guideline == guideline}
    assert rules
    for id_, rule in rules.items():
        assert_shown(id_, rule)


def assert_shown(id_: str, rule: Rule) -> None:
    text = told(rule)
    assert text.startswith(
        f"{id_} {rule.name}\n{rule.severity.value} · {GUIDELINES[rule.guideline].title}\n"
    )
    for said in (rule.summary, rule.help, *rule.bad.splitlines(), *rule.good.splitlines()):
        assert " ".join(said.split()) in " ".join(text.split())
    assert all(parameter.description in text for parameter in rule.params.values())
    assert all(f"  {name}: " in text for name in rule.params)
    assert all(reference.url in text for reference in rule.references)
    assert f"# bizalign: ignore[{id_}] -- why" in text
    assert ("Parameters" in text) == bool(rule.params)
    assert ("Runs only if the model has" in text) == bool(rule.evidence)
    assert ("Runs only when the model is compared" in text) == bool(rule.transition)
    assert ("Replaces" in text) == bool(rule.instead_of)
    assert ("Optional: runs only if enabled" in text) == rule.optional
    assert ("Before" in text) == bool(rule.previous)


def test_each_part_is_shown_of_some_rule_and_not_of_all() -> None:
    for part in ("params", "evidence", "transition", "instead_of", "optional", "previous"):
        assert {bool(getattr(rule, part)) for rule in RULES.values()} == {True, False}


def test_prose_is_wrapped_and_models_are_not() -> None:
    lines = told(RULES["BAS101"], 60).splitlines()
    models = {f"  {line}" for line in (RULES["BAS101"].bad + RULES["BAS101"].good).splitlines()}
    assert max(len(line) for line in lines if line not in models and "http" not in line) <= 60
