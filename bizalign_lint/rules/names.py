"""Rules looked up by id or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint

if TYPE_CHECKING:
    from bizalign_lint.rules.language.rule import Rule, RuleSet


def find(name: str, rules: RuleSet) -> Rule:
    """The rule with that id or name. Raises UsageError if there is none."""
    by_name = {rule.name: rule for rule in rules.rules.values()}
    found = rules.rules.get(name.upper()) or by_name.get(name)
    if found is None:
        raise unknown_rule(name, rules)
    return found


def unknown_rule(name: str, rules: RuleSet) -> UsageError:
    """The error about an unknown rule, with the rule that was probably meant."""
    named = (rule.name for rule in rules.rules.values())
    known = [*rules.rules, *named, *(guideline.id for guideline in rules.guidelines)]
    advice = hint(name, known, "see bizalign-lint rule list")
    return UsageError(f"unknown rule {name}", hint=advice)
