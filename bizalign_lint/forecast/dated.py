"""Which rules depend on the day: their findings change with time, though the model does not."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from bizalign_lint.engine.load import Loaded
from bizalign_lint.rules.compiled.compiler import Compiler
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.language.shapes import AsOf
from bizalign_lint.rules.reads import reads

_KNOWN: WeakKeyDictionary[Compiler, dict[str, tuple[Rule, bool]]] = WeakKeyDictionary()
"""Whether rules are dated, by id; kept as long as the compiler of their ontology exists."""


def dated(loaded: Loaded, rules: Iterable[Rule]) -> frozenset[str]:
    """The ids of those rules about nodes whose verdicts depend on the day."""
    known = _KNOWN.setdefault(loaded.compiler, {})
    # What a rule reads is the same on any day.
    walker = Walker(loaded.ontology, "")
    found = []
    for rule in rules:
        entry = known.get(rule.id)
        if entry is None or entry[0] is not rule:
            entry = known[rule.id] = rule, _is_dated(rule, walker)
        if entry[1]:
            found.append(rule.id)
    return frozenset(found)


def _is_dated(rule: Rule, walker: Walker) -> bool:
    return _has_day(rule.where) or _has_day(rule.shape) or _derives_by_day(rule, walker)


def _has_day(part: object) -> bool:
    """Whether ``$asOf`` is anywhere in a shape, which consists of nested tuples."""
    return isinstance(part, AsOf) or (isinstance(part, tuple) and any(map(_has_day, part)))


def _derives_by_day(rule: Rule, walker: Walker) -> bool:
    for step, type_ in reads(rule, walker).steps:
        property_ = type_.properties.get(step.name)
        derivation = property_.derivation if property_ is not None else None
        if derivation is not None and derivation.traits.daily:
            return True
    return False
