"""What constraints and expressions mean for values; shared by everything that evaluates."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bizalign_lint.rules.language.shapes import BoundKeyword
from bizalign_lint.schema.patterns import Regex

Test = Callable[[Any], bool]

Get = Callable[[Any], Any]
"""Gets the only value that something leads to from a node; None if there is none."""

_ORDERED = (str, int, float)
"""The types of values that have an order. Values come from JSON: there are no heirs of these."""


def is_number(value: object) -> bool:
    """Whether a value is a number; true and false are none.

    Values come from JSON, so there are no heirs of the two types.
    """
    return type(value) is int or type(value) is float


def comparable(one: object, other: object) -> bool:
    """Whether two values have an order: two numbers or two texts (ISO dates are texts)."""
    return (is_number(one) and is_number(other)) or (
        isinstance(one, str) and isinstance(other, str)
    )


def same(one: object, other: object) -> bool:
    """Whether two values are equal; true is not 1."""
    return one is other or (one == other and isinstance(one, bool) == isinstance(other, bool))


def less(one: Any, other: Any) -> bool:
    """Whether one value is less than another; two that have no order are not compared."""
    return not comparable(one, other) or one < other


def less_or_equal(one: Any, other: Any) -> bool:
    """Whether one value is at most another; two that have no order are not compared."""
    return not comparable(one, other) or one <= other


_KEEPS: Mapping[BoundKeyword, Callable[[Any, Any], bool]] = {
    "minInclusive": operator.ge,
    "minExclusive": operator.gt,
    "maxInclusive": operator.le,
    "maxExclusive": operator.lt,
}


def bound(keyword: BoundKeyword, limit: Any) -> Test:
    """The test of minInclusive, minExclusive, maxInclusive or maxExclusive."""
    keeps = _KEEPS[keyword]
    ordered = (str,) if isinstance(limit, str) else (int, float) if is_number(limit) else ()
    return lambda value: type(value) not in ordered or keeps(value, limit)


def min_length(least: int) -> Test:
    """The test of minLength; what is no text has no length."""
    return lambda value: not isinstance(value, str) or len(value) >= least


def max_length(most: int) -> Test:
    """The test of maxLength; what is no text has no length."""
    return lambda value: not isinstance(value, str) or len(value) <= most


def pattern(regex: Regex) -> Test:
    """The test of pattern; what is no text matches."""
    matches = regex.matches
    return lambda value: not isinstance(value, str) or matches(value)


def aggregate(function: str) -> Callable[[Sequence[Any]], Any]:
    """The function that makes one value of many: count, sum, min, max or distinct.

    Of no values that have an order there is neither least nor greatest: None.
    """
    match function:
        case "count":
            return len
        case "distinct":
            return lambda values: len(set(values))
        case "sum":
            return lambda values: tidy(sum(value for value in values if is_number(value)))
        case "min":
            return lambda values: min(_ordered(values), default=None)
        case _:
            return lambda values: max(_ordered(values), default=None)


def _ordered(values: Sequence[Any]) -> Sequence[Any]:
    if len(values) == 1 and type(values[0]) in _ORDERED:
        return values
    return [value for value in values if comparable(value, values[0])]


def arithmetic(function: str, one: Any, other: Any) -> float | None:
    """The difference, distance or percentage of two numbers; None for anything else."""
    if not is_number(one) or not is_number(other):
        return None
    match function:
        case "difference":
            return tidy(one - other)
        case "distance":
            return tidy(abs(one - other))
        case _:
            return tidy(100 * one / other) if other else None


def tidy(number: float) -> float:
    """A number without the dust of binary fractions: six decimals, whole where it is whole."""
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def at(values: Any, path: tuple[str, ...]) -> Any:
    """The value at a path of nested objects, or None."""
    for name in path:
        if not isinstance(values, dict):
            return None
        values = values.get(name)
    return values
