"""Compiled rules that successive runs of a process share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from bizalign_lint.core.settings import Settings
from bizalign_lint.rules.compiled.compile import (
    CompiledMeasure,
    CompiledRule,
    compile_measure,
    compile_rule,
    merged,
)
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.rule import Rule, RuleSet
from bizalign_lint.schema.ontology import Ontology


class _Setup(NamedTuple):
    """The settings for which all rules of a run are compiled."""

    as_of: date
    languages: Mapping[str, str]
    reports_absence: bool


class Compiler:
    """Compiles the rules of one ontology, each only once while the settings stay the same.

    A compiled rule is for one graph at a time: to judge two graphs in turn, use two compilers.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._setup: _Setup | None = None
        self._walker: Walker
        self._rules: dict[str, CompiledRule]
        self._measures: tuple[RuleSet, Mapping[str, Any], list[CompiledMeasure]] | None

    def rules(self, rules: Iterable[Rule], settings: Settings) -> list[CompiledRule]:
        """The given rules, compiled, in order.

        Raises RuleError for a rule that contradicts the ontology.
        """
        self._renew(settings)
        return [self._rule(rule, settings) for rule in rules]

    def measures(self, rules: RuleSet, settings: Settings) -> list[CompiledMeasure]:
        """All measures, compiled.

        Raises RuleError for a measure that contradicts the ontology.
        """
        self._renew(settings)
        known = self._measures
        if known is None or known[0] is not rules or known[1] != settings.params:
            made = [
                compile_measure(one, self._walker, rules.rules, settings.params)
                for one in rules.measures
            ]
            known = self._measures = rules, settings.params, made
        return known[2]

    def _rule(self, rule: Rule, settings: Settings) -> CompiledRule:
        params = settings.params.get(rule.id, {})
        known = self._rules.get(rule.id)
        if known is None or known.rule is not rule or known.params != merged(rule, params):
            known = compile_rule(rule, self._walker, params, settings.reports_absence)
            self._rules[rule.id] = known
        return known

    def _renew(self, settings: Settings) -> None:
        """Forget what was compiled for another day, other languages or another profile."""
        setup = _Setup(settings.as_of, settings.languages, settings.reports_absence)
        if setup != self._setup:
            self._setup = setup
            self._walker = Walker(
                self._ontology, setup.as_of.isoformat(), languages=settings.languages
            )
            self._rules = {}
            self._measures = None
