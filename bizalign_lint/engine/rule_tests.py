"""Tests rules on small models, whose comments mark the expected findings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bizalign_lint.core.conditions import DANGLING, SUPPRESSIONS, VENDOR
from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.suggest import with_nearest
from bizalign_lint.core.types import Document, Location, Pointer, Source, places
from bizalign_lint.engine.judge import Earlier, compile_rules, judge
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import Model, read_model
from bizalign_lint.lifecycles import LOCK_NAME
from bizalign_lint.lifecycles.complete import Completer
from bizalign_lint.lifecycles.lock import read_lock
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.parsing.ignore_comments import MARK
from bizalign_lint.parsing.positions import locate
from bizalign_lint.rules import run
from bizalign_lint.rules.language.places import day, fail
from bizalign_lint.rules.language.read import texts
from bizalign_lint.rules.language.rule import REMOVED, Rule, RuleSet
from bizalign_lint.schema.messages import objections, shown

_FILE = "model.yaml"
_DEFAULT_DAY = date(2026, 6, 30)
_MARK = re.compile(r"# <- ((?:[A-Z]{3}[0-9]{3})(?:, ?[A-Z]{3}[0-9]{3})*)")


@dataclass(frozen=True, slots=True)
class Case:
    """A small model for one rule."""

    rule: Rule
    name: str
    model: str
    previous: tuple[str, ...]
    """The earlier revisions of the model, oldest first."""
    as_of: date
    params: Mapping[str, Any] = field(default_factory=dict)
    expects: bool | None = None
    """Whether the model must have a mark; None if it may or may not."""
    lifecycles: Mapping[str, Any] | None = None
    """The content of a lock file with vendors' dates; None for that of the rule, if it has one."""
    unknown: tuple[str, ...] | None = None
    """The names of nodes that must have the verdict unknown; None if that is not checked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a case: ``passed``, ``missing``, ``noisy`` or ``broken``, and the reasons."""

    case: Case
    status: str
    details: tuple[str, ...] = ()


def collect(
    rules: Iterable[Rule], tests: Mapping[str, Source], schema: dict[str, Any]
) -> Iterator[Case]:
    """The cases of some rules: their own examples, and those of their test files.

    ``tests`` are the test files by the path of the rule file. Raises RuleError.
    """
    for rule in rules:
        usual = rule.as_of or _DEFAULT_DAY
        if rule.bad:
            yield Case(
                rule, name="bad", model=rule.bad, previous=rule.previous, as_of=usual, expects=True
            )
        if rule.good:
            yield Case(
                rule,
                name="good",
                model=rule.good,
                previous=rule.previous,
                as_of=usual,
                expects=False,
            )
        source = tests.get(rule.document.source.path)
        if source is None:
            continue
        document = read_document(source)
        for place, message in objections(schema, document):
            raise RuleError(message, Location(source.path, locate(place)))
        for number, case in enumerate(document.value["cases"]):
            here: Pointer = ("cases", number)
            params = case.get("params", {})
            for name, value in params.items():
                _check_param(rule, document, (*here, "params", name), value)
            as_of = day(document, (*here, "asOf"), case["asOf"]) if "asOf" in case else usual
            previous = texts(case.get("previous", ()))
            unknown = tuple(case["unknown"]) if "unknown" in case else None
            known = case.get("lifecycles")
            yield Case(
                rule,
                name=case["name"],
                model=case["model"],
                previous=previous,
                as_of=as_of,
                params=params,
                lifecycles=known,
                unknown=unknown,
            )


def _check_param(rule: Rule, document: Document, pointer: Pointer, value: Any) -> None:
    name = str(pointer[-1])
    parameter = rule.params.get(name)
    if parameter is None:
        message = with_nearest(f"unknown parameter {name} of {rule.id}", name, rule.params)
        raise fail(document, pointer, message, key=True)
    if expected_type := parameter.expected_type(value):
        raise fail(document, pointer, f"{name} must be {expected_type}, not {shown(value)}")


def try_case(case: Case, loaded: Loaded) -> Outcome:
    """Run one case."""
    loaded = with_lifecycles(loaded, case.lifecycles or case.rule.lifecycles)
    source = Source(_FILE, case.model.encode())
    expected = Counter(_marked(case))
    if case.expects is not None and bool(expected) != case.expects:
        problem = "it has no mark" if case.expects else "it has a mark"
        return Outcome(case, "broken", (problem,))
    params = {case.rule.id: case.params} if case.params else {}
    # Whether a suppression is used depends on every rule; anything else on this rule alone.
    select = () if MARK in source.content else (case.rule.id, *_integrity(loaded.rules))
    # A severity also enables optional and preview rules.
    severities = {case.rule.id: case.rule.severity}
    settings = Settings(as_of=case.as_of, select=select, severities=severities, params=params)
    model = read_model(loaded, [source])
    report = judge(loaded, model, [source], settings, earlier=earlier(case.previous, loaded))
    conditions = set(_integrity(loaded.rules, case.rule))
    broken = [
        f"line {f.location.span.line}: {f.rule} {f.message}"
        for f in places(report.findings)
        if f.rule in conditions and f.rule != case.rule.id
    ]
    found = [f for f in places(report.findings) if f.rule == case.rule.id]
    lines = Counter(f.location.span.line for f in found)
    missing = [f"line {line}: nothing found" for line in (expected - lines).elements()]
    answered, guessed = _unknown(case, loaded, settings, model)
    missing += [f"{name}: the rule gives a verdict, but should report unknown" for name in answered]
    extra = lines - expected
    noisy = [
        f"line {f.location.span.line}: {f.message}" for f in found if extra[f.location.span.line]
    ]
    noisy += [f"{name}: the rule reports unknown, but should give a verdict" for name in guessed]
    for status, details in (("broken", broken), ("missing", missing), ("noisy", noisy)):
        if details:
            return Outcome(case, status, (*broken, *missing, *noisy))
    return Outcome(case, "passed")


def _unknown(
    case: Case, loaded: Loaded, settings: Settings, model: Model
) -> tuple[list[str], list[str]]:
    """The names that have a verdict but should be unknown, and those that are unknown but should
    have one."""
    if case.unknown is None:
        return [], []
    rules = [rule for rule in compile_rules(loaded, settings) if rule.rule.id == case.rule.id]
    unjudged = run.judge(rules, model.graph).unjudged
    names = {entry.node.name or entry.node.type.name for entry in unjudged}
    return sorted(set(case.unknown) - names), sorted(names - set(case.unknown))


def with_lifecycles(loaded: Loaded, known: Mapping[str, Any] | None) -> Loaded:
    """The domain knowledge with vendors' dates from the content of a lock file, if given."""
    if known is None:
        return loaded
    lock = read_lock(Source(LOCK_NAME, json.dumps(known, indent=2).encode()))
    return loaded._replace(completer=Completer(loaded.ontology, lock))


def earlier(previous: Sequence[str], loaded: Loaded) -> Earlier | None:
    """The earlier revision that a small model is compared with; None if there is none.

    ``previous`` are the texts of its earlier revisions, oldest first.
    """
    versions = [Source(_FILE, text.encode()) for text in reversed(previous)]
    if not versions:
        return None
    return Earlier(
        read_model(loaded, versions[:1]).graph, lambda paths: dict.fromkeys(paths, versions)
    )


def _marked(case: Case) -> Iterator[int]:
    for number, line in enumerate(case.model.splitlines(), start=1):
        for found in _MARK.finditer(line):
            for rule in found[1].split(","):
                if rule.strip() == case.rule.id:
                    yield number


def _integrity(rules: RuleSet, about: Rule | None = None) -> Sequence[str]:
    """The ids of rules that must have no findings for a case to be sound.

    A case for a rule about removed definitions may have references to them.
    """
    apart = SUPPRESSIONS | VENDOR
    if about is not None and about.transition == REMOVED:
        apart |= {DANGLING}
    return [
        rule.id
        for rule in rules.rules.values()
        if rule.condition is not None and rule.condition not in apart and not rule.optional
    ]
