"""The meaning of constraints and expressions for values; shared by all evaluators."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, assert_never

from bizalign_lint.core.limits import MAX_NUMBER
from bizalign_lint.rules.language.shapes import (
    AggregateFunction,
    ArithmeticFunction,
    BoundKeyword,
)
from bizalign_lint.schema.patterns import Regex

Test = Callable[[Any], bool]

Get = Callable[[Any], Any]
"""Gives the only value of a path or expression for a node; None if there is none."""

_ORDERED = (str, int, float)
"""The types of values that have an order. Values come from JSON, so there are no subclasses."""


def is_number(value: object) -> bool:
    """Whether a value is a number; true and false are not.

    Values come from JSON, so there are no subclasses of the two types.
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
    """Whether one value is less than another; true if the two are not comparable."""
    return not comparable(one, other) or one < other


def less_or_equal(one: Any, other: Any) -> bool:
    """Whether one value is at most another; true if the two are not comparable."""
    return not comparable(one, other) or one <= other


_KEEPS: Mapping[BoundKeyword, Callable[[Any, Any], bool]] = {
    "minInclusive": operator.ge,
    "minExclusive": operator.gt,
    "maxInclusive": operator.le,
    "maxExclusive": operator.lt,
}


def bound(keyword: BoundKeyword, limit: Any) -> Test:
    """The test for minInclusive, minExclusive, maxInclusive or maxExclusive."""
    keeps = _KEEPS[keyword]
    ordered = (str,) if isinstance(limit, str) else (int, float) if is_number(limit) else ()
    return lambda value: type(value) not in ordered or keeps(value, limit)


def min_length(least: int) -> Test:
    """The test for minLength; other values than text pass."""
    return lambda value: not isinstance(value, str) or len(value) >= least


def max_length(most: int) -> Test:
    """The test for maxLength; other values than text pass."""
    return lambda value: not isinstance(value, str) or len(value) <= most


def pattern(regex: Regex) -> Test:
    """The test for pattern; other values than text pass."""
    matches = regex.matches
    return lambda value: not isinstance(value, str) or matches(value)


def aggregate(function: AggregateFunction) -> Callable[[Sequence[Any]], Any]:
    """The function that computes one value from many: count, sum, min, max or distinct.

    The result of min and max is None if no value has an order.
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
        case "max":
            return lambda values: max(_ordered(values), default=None)
        case _:
            assert_never(function)


def _ordered(values: Sequence[Any]) -> Sequence[Any]:
    if len(values) == 1 and type(values[0]) in _ORDERED:
        return values
    return [value for value in values if comparable(value, values[0])]


def arithmetic(function: ArithmeticFunction, one: Any, other: Any) -> float | None:
    """The difference, distance or percentage of two numbers; None for anything else."""
    if not is_number(one) or not is_number(other):
        return None
    match function:
        case "difference":
            return tidy(one - other)
        case "distance":
            return tidy(abs(one - other))
        case "percent":
            return tidy(100 * one / other) if other else None
        case _:
            assert_never(function)


def tidy(number: float) -> float | None:
    """A number rounded to six decimals, an integer if it is whole; None beyond ``MAX_NUMBER``."""
    if not -MAX_NUMBER <= number <= MAX_NUMBER:
        return None
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def at(values: Any, path: tuple[str, ...]) -> Any:
    """The value at a path of nested objects, or None."""
    for name in path:
        if not isinstance(values, dict):
            return None
        values = values.get(name)
    return values
