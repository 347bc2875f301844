"""The paths that a shape follows, and the conjuncts that it consists of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import assert_never

from bizalign_lint.rules.language import paths
from bizalign_lint.rules.language.paths import Path
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    And,
    Arithmetic,
    Expression,
    Node,
    Number,
    PathExpression,
    Property,
    Shape,
    children,
)

PathParts = tuple[str, ...]
"""A path from the focus node, as the texts of its parts."""


@cache
def path_parts(path: Path) -> PathParts:
    """A path as the texts of its parts."""
    parts = path.parts if isinstance(path, paths.Sequence) else (path,)
    return tuple(map(paths.text, parts))


def related(one: PathParts, other: PathParts) -> bool:
    """Whether one of two paths is a prefix of the other."""
    return all(a == b for a, b in zip(one, other, strict=False))


def traversed(shape: Shape) -> frozenset[PathParts]:
    """The paths that a shape follows from the focus node."""
    return frozenset(_of_shape(shape, ()))


def conjuncts(shape: Shape) -> Iterator[Shape]:
    """The shapes of which a shape is the conjunction."""
    if shape.path is not None:
        yield shape
        return
    for constraint in shape.constraints:
        match constraint:
            case And(parts) | Property(parts):
                for part in parts:
                    yield from conjuncts(part)
            case Node(inner):
                yield from conjuncts(inner)
            case _:
                yield shape._replace(constraints=(constraint,))


def _of_shape(shape: Shape, base: PathParts) -> Iterator[PathParts]:
    bases = [base]
    if shape.path is not None:
        bases = [(*base, *found) for found in _of_expression(shape.path)]
        yield from bases
    for child in children(shape):
        if isinstance(child, Shape):
            for one in bases:
                yield from _of_shape(child, one)
        else:
            yield from ((*base, *found) for found in _of_expression(child))


def _of_expression(expression: Expression) -> list[PathParts]:
    match expression:
        case PathExpression(path):
            return [path_parts(path)]
        case Arithmetic(_, left, right):
            return [*_of_expression(left), *_of_expression(right)]
        case Aggregate():
            nodes: list[PathParts] = [()]
            if expression.nodes is not None:
                nodes = [path_parts(expression.nodes.path)]
            found = [(*one, *path_parts(expression.values.path)) for one in nodes]
            if expression.filter_shape is not None:
                found += [w for one in nodes for w in _of_shape(expression.filter_shape, one)]
            return found
        case Number():
            return []
        case _:
            assert_never(expression)
