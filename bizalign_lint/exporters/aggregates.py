"""Counts and extremes, which SHACL Core does not compute but can say in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor
from typing import TYPE_CHECKING

from bizalign_lint.exporters.comparands import NotExpressible, whole
from bizalign_lint.exporters.shapes import BOUNDS, LOGICAL, ORDER, any_of, logical
from bizalign_lint.exporters.turtle import Blank, Collection, Pair, Pairs
from bizalign_lint.exporters.vocabulary import sh
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.shapes import Aggregate, Constraint, PathExpression, Shape

if TYPE_CHECKING:
    from bizalign_lint.exporters.constraints import Translator

_LIMITS: dict[str, Callable[[float], int]] = {
    "minInclusive": ceil,
    "minExclusive": lambda limit: floor(limit) + 1,
    "maxInclusive": floor,
    "maxExclusive": lambda limit: ceil(limit) - 1,
}
"""A bound on a number of values, as the least or greatest whole number within it."""


def counted(
    translator: Translator, aggregate: Aggregate, shape: Shape, origins: Domain
) -> Iterator[Pair]:
    """What is demanded of a number of values, demanded of the values."""
    if aggregate.nodes is None:
        values = translator.values(aggregate.values, origins)
        if aggregate.function == "count" and values.repeats:
            raise NotExpressible("count of plain values, of which RDF keeps equal ones once")
        what: Pairs = [(sh("path"), translator.path(aggregate.values))]
    else:
        what = _nodes(translator, aggregate, aggregate.nodes, origins)
    least, most = (
        ("minCount", "maxCount") if len(what) == 1 else ("qualifiedMinCount", "qualifiedMaxCount")
    )

    def of(inner: Shape) -> Blank:
        if inner.path is not None:
            raise NotExpressible("a path that starts from a number")
        return Blank(tuple(pair for c in inner.constraints for pair in translated(c)))

    def translated(constraint: Constraint) -> Iterator[Pair]:
        if constraint.name in LOGICAL:
            yield logical(constraint.name, constraint.argument, of)
            return
        if constraint.name not in _LIMITS:
            raise NotExpressible(f"{constraint.name} of a number of values")
        limit = _LIMITS[constraint.name](translator.context.value(constraint.argument))
        name = least if constraint.name.startswith("min") else most
        if limit < 0 and name == most:
            raise NotExpressible("less than no values")
        yield sh("property"), Blank((*what, (sh(name), whole(max(limit, 0)))))

    for constraint in shape.constraints:
        yield from translated(constraint)


def _nodes(
    translator: Translator, aggregate: Aggregate, nodes: PathExpression, origins: Domain
) -> Pairs:
    """The nodes that have a value, where each has one at most and so stands for it."""
    found = translator.context.walk(nodes, origins)
    if aggregate.function == "distinct" and aggregate.filter_shape is None:
        both = Collection((translator.path(nodes), translator.path(aggregate.values)))
        return [(sh("path"), both)]
    if aggregate.function == "distinct":
        raise NotExpressible("distinct values of chosen nodes")
    if not translator.context.walk(aggregate.values, found.domain).single:
        raise NotExpressible("count of values of which a node may have several")
    has_value = Blank(((sh("path"), translator.path(aggregate.values)), (sh("minCount"), whole(1))))
    shapes = [has_value]
    if aggregate.filter_shape is not None:
        shapes.append(translator.shape(aggregate.filter_shape, found.domain))
    return [
        (sh("path"), translator.path(nodes)),
        (sh("qualifiedValueShape"), Blank(((sh("and"), Collection(tuple(shapes))),))),
    ]


def extreme(
    translator: Translator, function: str, expression: PathExpression, shape: Shape, origins: Domain
) -> Iterator[Pair]:
    """What is demanded of the least or greatest value: demanded of every value, or of some."""
    path = (sh("path"), translator.path(expression))
    values = translator.values(expression, origins)
    for constraint in shape.constraints:
        name = constraint.name
        of_every = (name in BOUNDS and name.startswith(function)) or (
            name in ORDER and function == "max"
        )
        if name not in BOUNDS and not of_every:
            raise NotExpressible(f"{name} of the {function} of several values")
        pairs = tuple(translator.constraint(constraint, values, origins))
        if of_every:
            yield sh("property"), Blank((path, *pairs))
        else:
            none = Blank((path, (sh("maxCount"), whole(0))))
            some = ((sh("qualifiedValueShape"), Blank(pairs)), (sh("qualifiedMinCount"), whole(1)))
            yield any_of([none, Blank((path, *some))])
