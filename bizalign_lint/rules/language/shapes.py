"""Shapes: what a rule requires of a node, in the terms of SHACL Core (W3C 2017), as values.

A shape is a tree of constraints, paths and expressions. Code that interprets constraints matches
on ``Constraint`` and ends in ``assert_never``; code that only walks the tree uses ``children``.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any, NamedTuple, assert_never

from bizalign_lint.core.types import Pointer
from bizalign_lint.rules.language.paths import Path
from bizalign_lint.schema.patterns import Regex


class Literal(NamedTuple):
    """A value that is written in the rule."""

    value: Any


class Param(NamedTuple):
    """``$params.name``: the value of a parameter."""

    name: str


class AsOf(NamedTuple):
    """``$asOf``: the as-of date, shifted by a duration (in ISO 8601, or a parameter with one)."""

    sign: int = 0
    duration: Literal | Param | None = None


Comparand = Literal | Param | AsOf


class PathExpression(NamedTuple):
    """The values that a path leads to."""

    path: Path
    text: str
    pointer: Pointer


AggregateFunction = typing.Literal["count", "sum", "min", "max", "distinct"]


class Aggregate(NamedTuple):
    """One number (or date) computed from the values that a path leads to.

    The path starts from each node at ``nodes`` that conforms to ``filter_shape``.
    """

    function: AggregateFunction
    values: PathExpression
    nodes: PathExpression | None
    filter_shape: Shape | None
    pointer: Pointer


ArithmeticFunction = typing.Literal["difference", "distance", "percent"]


class Arithmetic(NamedTuple):
    """One number computed from two."""

    function: ArithmeticFunction
    left: Expression
    right: Expression
    pointer: Pointer


class Number(NamedTuple):
    """A number as an operand."""

    value: float


Expression = PathExpression | Aggregate | Arithmetic | Number


class MinCount(NamedTuple):
    """There are at least ``least`` values."""

    least: Comparand
    pointer: Pointer


class MaxCount(NamedTuple):
    """There are at most ``most`` values."""

    most: Comparand
    pointer: Pointer


class HasValue(NamedTuple):
    """One of the values is ``value``."""

    value: Comparand
    pointer: Pointer


class In(NamedTuple):
    """Each value is one of ``members``."""

    members: tuple[Comparand, ...]
    pointer: Pointer


class Class(NamedTuple):
    """Each value is a node of one of ``kinds``."""

    kinds: tuple[str, ...]
    pointer: Pointer


class Pattern(NamedTuple):
    """Each value that is text contains a match of ``regex``."""

    regex: Regex
    pointer: Pointer


class MinLength(NamedTuple):
    """Each value that is text has at least ``least`` characters."""

    least: int
    pointer: Pointer


class MaxLength(NamedTuple):
    """Each value that is text has at most ``most`` characters."""

    most: int
    pointer: Pointer


BoundKeyword = typing.Literal["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]


class Bound(NamedTuple):
    """Each value that is comparable with ``limit`` is within it."""

    keyword: BoundKeyword
    limit: Comparand
    pointer: Pointer


class Equals(NamedTuple):
    """The values are the same set as the values of ``other``, which starts from the focus node."""

    other: Expression
    pointer: Pointer


class Disjoint(NamedTuple):
    """No value is one of the values of ``other``, which starts from the focus node."""

    other: PathExpression
    pointer: Pointer


class LessThan(NamedTuple):
    """Each value is less than each value of ``other``, which starts from the focus node."""

    other: Expression
    pointer: Pointer


class LessThanOrEquals(NamedTuple):
    """Each value is at most each value of ``other``, which starts from the focus node."""

    other: Expression
    pointer: Pointer


class UniqueValueWithin(NamedTuple):
    """No other target with the same values of ``scope`` has any of the values."""

    scope: PathExpression
    pointer: Pointer


class SameValueWithin(NamedTuple):
    """Each value is also one of the first target with the same values of ``scope`` that has any."""

    scope: PathExpression
    pointer: Pointer


class Node(NamedTuple):
    """Each value conforms to ``shape``."""

    shape: Shape
    pointer: Pointer


class Property(NamedTuple):
    """Each value conforms to all of ``shapes``; each breach of them is reported separately."""

    shapes: tuple[Shape, ...]
    pointer: Pointer


class Not(NamedTuple):
    """No value conforms to ``shape``."""

    shape: Shape
    pointer: Pointer


class And(NamedTuple):
    """Each value conforms to all of ``shapes``."""

    shapes: tuple[Shape, ...]
    pointer: Pointer


class Or(NamedTuple):
    """Each value conforms to at least one of ``shapes``."""

    shapes: tuple[Shape, ...]
    pointer: Pointer


class Xone(NamedTuple):
    """Each value conforms to exactly one of ``shapes``."""

    shapes: tuple[Shape, ...]
    pointer: Pointer


class QualifiedValueShape(NamedTuple):
    """At least ``least`` and at most ``most`` of the values conform to ``shape``."""

    shape: Shape
    least: Comparand | None
    most: Comparand | None
    pointer: Pointer


Test = (
    In | Class | Pattern | MinLength | MaxLength | Bound | Node | Property | Not | And | Or | Xone
)
"""The constraints that each value satisfies or breaks on its own."""

PropertyPair = Equals | Disjoint | LessThan | LessThanOrEquals
"""The constraints that compare the values with other values of the focus node."""

PeerConstraint = UniqueValueWithin | SameValueWithin
"""The constraints that compare the values with those of other targets."""

Constraint = (
    Test | PropertyPair | PeerConstraint | MinCount | MaxCount | HasValue | QualifiedValueShape
)


class Shape(NamedTuple):
    """What must hold for a node, or for the values that ``path`` leads to."""

    path: Expression | None
    constraints: tuple[Constraint, ...]
    pointer: Pointer
    message: str = ""
    """What to report instead of the rule's own message."""


def keyword(constraint: Constraint) -> str:
    """The key of a constraint in a rule file, which is its name in SHACL."""
    if isinstance(constraint, Bound):
        return constraint.keyword
    name = type(constraint).__name__
    return name[0].lower() + name[1:]


def children(shape: Shape) -> Iterator[Shape | Expression]:
    """The shapes and expressions in the constraints of a shape, without its own path.

    The shapes apply to the values at the path (to the focus node if there is no path); the
    expressions start from the focus node.
    """
    for constraint in shape.constraints:
        match constraint:
            case Node(inner) | Not(inner) | QualifiedValueShape(inner):
                yield inner
            case Property(inners) | And(inners) | Or(inners) | Xone(inners):
                yield from inners
            case Equals(other) | Disjoint(other) | LessThan(other) | LessThanOrEquals(other):
                yield other
            case UniqueValueWithin(scope) | SameValueWithin(scope):
                yield scope
            case MinCount() | MaxCount() | HasValue() | In() | Class() | Pattern():
                pass
            case MinLength() | MaxLength() | Bound():
                pass
            case _:
                assert_never(constraint)
