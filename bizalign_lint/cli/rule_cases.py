"""The cases of rules, run and reported: for ``rule test`` and ``pack test``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.core.words import counted
from bizalign_lint.reporters.style import Style

if TYPE_CHECKING:
    from bizalign_lint.core.types import Source
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.engine.rule_tests import Outcome
    from bizalign_lint.rules.language.rule import Rule


class Tried(NamedTuple):
    """What became of some cases."""

    lines: tuple[str, ...]
    passed: int
    failed: int


def try_rules(
    loaded: Loaded, rules: Sequence[Rule], tests: Mapping[str, Source], style: Style, verbose: bool
) -> Tried:
    """Run the cases of some rules; a rule without examples counts as failed."""
    from bizalign_lint.engine.rule_tests import collect, try_case
    from bizalign_lint.parsing.documents import form

    outcomes = [try_case(case, loaded) for case in collect(rules, tests, form("cases"))]
    failed = [outcome for outcome in outcomes if outcome.status != "passed"]
    lines = [line for one in (outcomes if verbose else failed) for line in _told(one, style)]
    untested = [rule for rule in rules if not (rule.bad and rule.good)]
    lines += (
        f"{rule.id} {rule.name}: needs an example under bad and one under good" for rule in untested
    )
    return Tried(tuple(lines), len(outcomes) - len(failed), len(failed) + len(untested))


def summed(number: int, thing: str, tried: Tried) -> str:
    """How many there were, and how it went."""
    return f"{counted(number, thing)}: {tried.passed} passed, {tried.failed} failed"


def _told(outcome: Outcome, style: Style) -> Iterator[str]:
    case = outcome.case
    role = "help" if outcome.status == "passed" else "error"
    yield f"{style(role, outcome.status)} {case.rule.id} {case.rule.name}: {case.name}"
    yield from (f"    {detail}" for detail in outcome.details)
