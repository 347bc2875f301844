"""Rules made ready for several runs of a process, one after the other."""

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


class _Way(NamedTuple):
    """What all rules of a run are compiled for."""

    as_of: date
    languages: Mapping[str, str]
    reports_absence: bool


class Compiler:
    """Compiles the rules of one ontology, each once as long as runs ask for the same.

    What it gives out is for one graph at a time: whoever holds a rule while another graph is
    judged compiles it with a compiler of its own.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._way: _Way | None = None
        self._walker: Walker
        self._rules: dict[str, CompiledRule]
        self._measures: tuple[RuleSet, Mapping[str, Any], list[CompiledMeasure]] | None

    def rules(self, rules: Iterable[Rule], settings: Settings) -> list[CompiledRule]:
        """Some rules as functions, in their order.

        Raises RuleError for a rule that the ontology contradicts.
        """
        self._turn(settings)
        return [self._rule(rule, settings) for rule in rules]

    def measures(self, rules: RuleSet, settings: Settings) -> list[CompiledMeasure]:
        """All measures as functions.

        Raises RuleError for a measure that the ontology contradicts.
        """
        self._turn(settings)
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

    def _turn(self, settings: Settings) -> None:
        """Forget what was compiled for another day, other words or another profile."""
        way = _Way(settings.as_of, settings.languages, settings.reports_absence)
        if way != self._way:
            self._way = way
            self._walker = Walker(
                self._ontology, way.as_of.isoformat(), languages=settings.languages
            )
            self._rules = {}
            self._measures = None
