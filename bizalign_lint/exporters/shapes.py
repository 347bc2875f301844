"""Shapes as blank nodes, put together as SHACL wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bizalign_lint.exporters.turtle import Blank, Collection, Pair
from bizalign_lint.exporters.vocabulary import sh
from bizalign_lint.rules.language.shapes import Shape

BOUNDS = frozenset(("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"))
LOGICAL = frozenset(("node", "not", "and", "or", "xone"))
ORDER = frozenset(("lessThan", "lessThanOrEquals"))
_ONCE = frozenset(
    sh(name)
    for name in (
        *BOUNDS,
        *("in", "minCount", "maxCount", "minLength", "maxLength", "pattern", "flags"),
    )
)
"""The parameters that a shape of SHACL may have only once."""


def logical(name: str, argument: Any, translate: Callable[[Shape], Blank]) -> Pair:
    """A constraint that puts shapes together."""
    if name == "node":
        return sh(name), node_shape(translate(argument))
    if name == "not":
        return sh(name), translate(argument)
    return sh(name), Collection(tuple(map(translate, argument)))


def any_of(shapes: list[Blank]) -> Pair:
    """At least one of several shapes."""
    if len(shapes) == 1:
        return sh("node"), node_shape(shapes[0])
    return sh("or"), Collection(tuple(shapes))


def node_shape(shape: Blank) -> Blank:
    """A shape as a node shape, which some parameters want."""
    return Blank((as_property(shape),)) if _has_path(shape) else shape


def as_property(shape: Blank) -> Pair:
    """A shape demanded of the value nodes of another."""
    return (sh("property") if _has_path(shape) else sh("node")), shape


def _has_path(shape: Blank) -> bool:
    return any(predicate == sh("path") for predicate, _ in shape.pairs)


def apart(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """A parameter that is there already goes into a shape of its own."""
    seen = set()
    for predicate, value in pairs:
        if predicate in seen and predicate in _ONCE:
            yield sh("node"), Blank(((predicate, value),))
        else:
            seen.add(predicate)
            yield predicate, value
