"""The rough cost of a shape, in steps: decides on the order of tests and on what is remembered."""

from __future__ import annotations

from functools import cache

from bizalign_lint.rules.language.paths import Path, Repeat, Step
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Expression,
    Number,
    PathExpression,
    Shape,
    children,
)

_REPEATED = 10
"""The cost of a step that is repeated any number of times."""


def of_shape(shape: Shape) -> int:
    """The number of steps of all paths in a shape, including nested shapes."""
    own = 0 if shape.path is None else of_expression(shape.path)
    return own + sum(
        of_shape(child) if isinstance(child, Shape) else of_expression(child)
        for child in children(shape)
    )


def of_expression(expression: Expression) -> int:
    """The number of steps of all paths in an expression."""
    match expression:
        case PathExpression(path):
            return of_path(path)
        case Number():
            return 0
        case Arithmetic(_, left, right):
            return of_expression(left) + of_expression(right)
        case Aggregate():
            nodes = 0 if expression.nodes is None else of_expression(expression.nodes)
            keeps = 0 if expression.filter_shape is None else of_shape(expression.filter_shape)
            return nodes + keeps + of_expression(expression.values)


@cache
def of_path(path: Path) -> int:
    """The number of steps of a path."""
    if isinstance(path, Step):
        return 1
    if isinstance(path, Repeat):
        return of_path(path.part) * (_REPEATED if path.many else 1)
    return sum(map(of_path, path.parts))
