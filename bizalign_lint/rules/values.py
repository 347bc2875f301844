"""What constraints and expressions mean for values; shared by everything that evaluates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Test = Callable[[Any], bool]


def is_number(value: object) -> bool:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


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


def bound(name: str, limit: Any) -> Test:
    """The test of minInclusive, minExclusive, maxInclusive or maxExclusive."""
    match name:
        case "minInclusive":
            return lambda value: not comparable(value, limit) or value >= limit
        case "minExclusive":
            return lambda value: not comparable(value, limit) or value > limit
        case "maxInclusive":
            return lambda value: not comparable(value, limit) or value <= limit
        case _:
            return lambda value: not comparable(value, limit) or value < limit


def length(name: str, limit: int) -> Test:
    """The test of minLength or maxLength; what is no text has no length."""
    if name == "minLength":
        return lambda value: not isinstance(value, str) or len(value) >= limit
    return lambda value: not isinstance(value, str) or len(value) <= limit


def aggregate(function: str, values: Sequence[Any]) -> list[Any]:
    """The value of count, sum, min, max or distinct, as a list of one; empty for nothing."""
    match function:
        case "count":
            return [len(values)]
        case "distinct":
            return [len(set(values))]
        case "sum":
            return [tidy(sum(value for value in values if is_number(value)))]
    ordered = [value for value in values if comparable(value, values[0])]
    if not ordered:
        return []
    return [min(ordered) if function == "min" else max(ordered)]


def arithmetic(function: str, left: Sequence[Any], right: Sequence[Any]) -> list[Any]:
    """The value of difference, distance or percent, as a list of one; empty for nothing."""
    if len(left) != 1 or len(right) != 1:
        return []
    one, other = left[0], right[0]
    if not is_number(one) or not is_number(other):
        return []
    match function:
        case "difference":
            return [tidy(one - other)]
        case "distance":
            return [tidy(abs(one - other))]
        case _:
            return [tidy(100 * one / other)] if other else []


def tidy(number: float) -> float:
    """A number without the dust of binary fractions: six decimals, whole where it is whole."""
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded
