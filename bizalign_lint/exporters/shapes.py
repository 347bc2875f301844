"""SHACL shapes as blank nodes, and how they are combined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never, get_args

from bizalign_lint.exporters.turtle import Blank, Collection, Pair
from bizalign_lint.exporters.vocabulary import sh
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.shapes import Shape

Logical = shapes.Node | shapes.Not | shapes.And | shapes.Or | shapes.Xone
"""The constraints that combine shapes."""

_ONCE = frozenset(
    sh(name)
    for name in (
        *get_args(shapes.BoundKeyword),
        *("in", "minCount", "maxCount", "minLength", "maxLength", "pattern", "flags"),
    )
)
"""The parameters that a SHACL shape may have only once."""


def logical(constraint: Logical, translate: Callable[[Shape], Blank]) -> Pair:
    """The SHACL parameter for a constraint that combines shapes."""
    match constraint:
        case shapes.Node(inner):
            return sh("node"), node_shape(translate(inner))
        case shapes.Not(inner):
            return sh("not"), translate(inner)
        case shapes.And(inners) | shapes.Or(inners) | shapes.Xone(inners):
            return sh(shapes.keyword(constraint)), Collection(tuple(map(translate, inners)))
        case _:
            assert_never(constraint)


def any_of(alternatives: list[Blank]) -> Pair:
    """The parameter that demands at least one of several shapes."""
    if len(alternatives) == 1:
        return sh("node"), node_shape(alternatives[0])
    return sh("or"), Collection(tuple(alternatives))


def node_shape(shape: Blank) -> Blank:
    """A shape as a node shape, which some parameters require."""
    return Blank((as_property(shape),)) if _has_path(shape) else shape


def as_property(shape: Blank) -> Pair:
    """The parameter that demands a shape of the value nodes of another shape."""
    return (sh("property") if _has_path(shape) else sh("node")), shape


def _has_path(shape: Blank) -> bool:
    return any(predicate == sh("path") for predicate, _ in shape.pairs)


def apart(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The parameters, with each repeated one moved to a shape of its own."""
    seen = set()
    for predicate, value in pairs:
        if predicate in seen and predicate in _ONCE:
            yield sh("node"), Blank(((predicate, value),))
        else:
            seen.add(predicate)
            yield predicate, value
