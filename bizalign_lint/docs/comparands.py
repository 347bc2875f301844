"""What values are compared with, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizalign_lint.core.durations import in_words
from bizalign_lint.docs.markdown import code
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.shapes import AsOf, BoundKeyword, Comparand, Literal, Param
from bizalign_lint.schema.ontology import Property


def member(comparand: Comparand, params: Mapping[str, Any]) -> str:
    """A value that is asked for."""
    match comparand:
        case Literal(bool() as value):
            return "true" if value else "false"
        case Literal(value):
            return code(value)
        case Param(name):
            return f"{code(params[name])} ({code(name)})"
        case AsOf():
            return _day(comparand, params)


def amount(comparand: Comparand, params: Mapping[str, Any]) -> str:
    """How many."""
    if isinstance(comparand, Literal):
        return str(comparand.value)
    return member(comparand, params)


def bound(
    keyword: BoundKeyword, comparand: Comparand, params: Mapping[str, Any], dates: bool
) -> str:
    """What minInclusive, minExclusive, maxInclusive or maxExclusive ask for."""
    words = _DATES if dates or isinstance(comparand, AsOf) else _NUMBERS
    return f"{words[keyword]} {amount(comparand, params)}"


_NUMBERS: Mapping[BoundKeyword, str] = {
    "minInclusive": "is at least",
    "minExclusive": "is more than",
    "maxInclusive": "is at most",
    "maxExclusive": "is less than",
}
_DATES: Mapping[BoundKeyword, str] = {
    "minInclusive": "is not earlier than",
    "minExclusive": "is later than",
    "maxInclusive": "is not later than",
    "maxExclusive": "is earlier than",
}
OPPOSITE: Mapping[BoundKeyword, BoundKeyword] = {
    "minInclusive": "maxExclusive",
    "minExclusive": "maxInclusive",
    "maxInclusive": "minExclusive",
    "maxExclusive": "minInclusive",
}
"""The bound that holds when another does not."""


def is_date(domain: Domain) -> bool:
    """Whether values are dates."""
    return any(isinstance(found, Property) and found.datatype == "date" for found in domain)


def _day(day: AsOf, params: Mapping[str, Any]) -> str:
    if day.duration is None:
        return "the as-of date"
    if isinstance(day.duration, Param):
        name = day.duration.name
        length = f"{in_words(str(params[name]))} ({code(name)})"
    else:
        length = in_words(str(day.duration.value))
    return f"{length} {'after' if day.sign > 0 else 'before'} the as-of date"
