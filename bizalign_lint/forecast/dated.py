"""Which rules may say something else tomorrow although nobody has changed anything."""

from __future__ import annotations

from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.language.shapes import AsOf
from bizalign_lint.rules.reads import reads


def is_dated(rule: Rule, walker: Walker) -> bool:
    """Whether what a rule about nodes says depends on the day."""
    return _has_day(rule.where) or _has_day(rule.shape) or _derives_by_day(rule, walker)


def _has_day(part: object) -> bool:
    """Whether ``$asOf`` is anywhere in a shape: all that makes it up is tuples."""
    return isinstance(part, AsOf) or (isinstance(part, tuple) and any(map(_has_day, part)))


def _derives_by_day(rule: Rule, walker: Walker) -> bool:
    for step, type_ in reads(rule, walker).steps:
        property_ = type_.properties.get(step.name)
        derivation = property_.derivation if property_ is not None else None
        if derivation is not None and derivation.traits.daily:
            return True
    return False
