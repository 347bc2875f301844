"""The rules that people name."""

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
    """What is said of a rule that there is not, with the one that may be meant."""
    named = (rule.name for rule in rules.rules.values())
    known = [*rules.rules, *named, *(guideline.id for guideline in rules.guidelines)]
    instead = hint(name, known, "see bizalign-lint rule list")
    return UsageError(f"unknown rule {name}", hint=instead)
