"""Shapes of the rule language → shapes of SHACL Core, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any, assert_never

from bizalign_lint.exporters import vocabulary
from bizalign_lint.exporters.comparands import (
    NotExpressible,
    bound,
    computes,
    demand_text,
    sort,
    term,
    whole,
)
from bizalign_lint.exporters.paths import Predicates
from bizalign_lint.exporters.patterns import portable
from bizalign_lint.exporters.rdf import Shortcut
from bizalign_lint.exporters.shapes import (
    Logical,
    any_of,
    apart,
    as_property,
    logical,
    node_shape,
)
from bizalign_lint.exporters.turtle import Blank, Collection, Literal, Pair, Pairs, Term
from bizalign_lint.exporters.vocabulary import sh
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Constraint,
    PathExpression,
    PropertyPair,
    Shape,
)
from bizalign_lint.schema.ontology import ObjectType, Property
from bizalign_lint.schema.patterns import Regex


@dataclass(frozen=True, slots=True)
class Values:
    """What is known about the values that a constraint applies to."""

    domain: Domain
    has_path: bool
    repeats: bool
    """Whether equal plain values may occur, which RDF keeps only once."""


@dataclass(slots=True)
class Translator:
    """Translates the shapes of one rule, and collects the shortcuts that they need."""

    context: Context
    predicates: Predicates
    shortcuts: list[Shortcut] = field(default_factory=list)

    def shape(self, shape: Shape, origins: Domain) -> Blank:
        """A shape as a node shape or, when it has a path, as a property shape."""
        return Blank(tuple(self._shape(shape, origins)))

    def path(self, expression: PathExpression) -> Term:
        """A path as the value of ``sh:path``."""
        return self.predicates.path(expression.path)

    def values(self, expression: PathExpression, origins: Domain) -> Values:
        """What is known about the values of a path."""
        walked = self.context.walk(expression, origins)
        plain = any(isinstance(member, Property) for member in walked.domain)
        return Values(walked.domain, has_path=True, repeats=plain and not walked.single)

    def _shape(self, shape: Shape, origins: Domain) -> Iterator[Pair]:
        match shape.path:
            case None:
                values = Values(origins, has_path=False, repeats=False)
            case PathExpression() as expression:
                yield sh("path"), self.path(expression)
                values = self.values(expression, origins)
            case Aggregate(function) as aggregate if function in ("count", "distinct"):
                yield from _counted(self, aggregate, shape, origins)
                return
            case Aggregate(function, expression, None) if function in ("min", "max"):
                yield from _extreme(self, function, expression, shape, origins)
                return
            case other:
                raise computes(other)
        yield from apart(
            pair
            for constraint in shape.constraints
            for pair in self.constraint(constraint, values, origins)
        )

    def constraint(self, constraint: Constraint, values: Values, origins: Domain) -> Iterator[Pair]:
        """The SHACL parameters for a constraint; ``origins`` are the types of the focus node."""
        if isinstance(constraint, shapes.Test):
            yield from self._test(constraint, values)
            return
        name = shapes.keyword(constraint)
        match constraint:
            case shapes.MinCount(number) | shapes.MaxCount(number):
                yield sh(name), self._count(name, self.context.value(number), values)
            case shapes.HasValue(wanted):
                yield sh(name), term(self.context.value(wanted), values.domain)
            case (
                shapes.Equals() | shapes.Disjoint() | shapes.LessThan() | shapes.LessThanOrEquals()
            ):
                yield sh(name), self._other(constraint, values, origins)
            case shapes.QualifiedValueShape():
                yield from self._qualified(constraint, values)
            case shapes.UniqueValueWithin() | shapes.SameValueWithin():
                raise NotExpressible(f"{name}: SHACL Core does not compare a node with its peers")
            case _:
                assert_never(constraint)

    def _test(self, constraint: shapes.Test, values: Values) -> Iterator[Pair]:
        def translate(inner: Shape) -> Blank:
            return self.shape(inner, values.domain)

        name = shapes.keyword(constraint)
        match constraint:
            case shapes.In(members):
                terms = (term(self.context.value(member), values.domain) for member in members)
                yield sh(name), Collection(tuple(terms))
            case shapes.Bound(_, limit):
                yield sh(name), bound(self.context.value(limit), values.domain)
            case shapes.MinLength(number) | shapes.MaxLength(number):
                demand_text(values.domain)
                yield sh(name), whole(number)
            case shapes.Pattern(regex, pointer):
                demand_text(values.domain)
                yield from _pattern(self.context.pattern(regex, pointer))
            case shapes.Class(kinds):
                yield any_of([Blank(((sh(name), vocabulary.kind(kind)),)) for kind in kinds])
            case shapes.Property(inners):
                yield from (as_property(translate(inner)) for inner in inners)
            case shapes.Node() | shapes.Not() | shapes.And() | shapes.Or() | shapes.Xone():
                yield logical(constraint, translate)
            case _:
                assert_never(constraint)

    def _count(self, name: str, number: Any, values: Values) -> Literal:
        if not values.has_path:
            raise NotExpressible(f"{name} without a path")
        if values.repeats and number > (1 if name in ("minCount", "qualifiedMinCount") else 0):
            raise NotExpressible(f"{name} of plain values: RDF keeps equal ones only once")
        return whole(number)

    def _other(self, constraint: PropertyPair, values: Values, origins: Domain) -> Term:
        """The single predicate that SHACL Core compares with, for our path to other values."""
        name, expression = shapes.keyword(constraint), constraint.other
        if not values.has_path:
            raise NotExpressible(f"{name} without a path")
        ordered = isinstance(constraint, shapes.LessThan | shapes.LessThanOrEquals)
        if ordered and isinstance(expression, Aggregate) and expression.nodes is None:
            # To be less than the least value is to be less than every value.
            expression = expression.values if expression.function == "min" else expression
        if not isinstance(expression, PathExpression):
            raise computes(expression)
        others = self.context.walk(expression, origins)
        sorts = {sort(member) for member in (*values.domain, *others.domain)}
        if len(sorts) != 1 or (ordered and sorts == {"node"}):
            raise NotExpressible(f"{name} between values that may not be comparable")
        predicate = self.predicates.single(expression.path)
        if predicate is not None:
            return predicate
        if any(isinstance(member, ObjectType) and not member.name for member in others.domain):
            raise NotExpressible(f"{name} with a path to objects without a name")
        shortcut = Shortcut(expression.path, origins)
        self.shortcuts.append(shortcut)
        return shortcut.predicate

    def _qualified(self, qualified: shapes.QualifiedValueShape, values: Values) -> Iterator[Pair]:
        yield sh("qualifiedValueShape"), node_shape(self.shape(qualified.shape, values.domain))
        for name, number in (
            ("qualifiedMinCount", qualified.least),
            ("qualifiedMaxCount", qualified.most),
        ):
            if number is not None:
                yield sh(name), self._count(name, self.context.value(number), values)


def _pattern(pattern: Regex) -> Iterator[Pair]:
    yield sh("pattern"), Literal(portable(pattern.text))
    if pattern.ignores_case:
        yield sh("flags"), Literal("i")


_LIMITS: dict[shapes.BoundKeyword, Callable[[float], int]] = {
    "minInclusive": ceil,
    "minExclusive": lambda limit: floor(limit) + 1,
    "maxInclusive": floor,
    "maxExclusive": lambda limit: ceil(limit) - 1,
}
"""The least or greatest whole number within a bound on a count."""


def _counted(
    translator: Translator, aggregate: Aggregate, shape: Shape, origins: Domain
) -> Iterator[Pair]:
    """Constraints on a count of values, as cardinality constraints on the values."""
    if aggregate.nodes is None:
        values = translator.values(aggregate.values, origins)
        if aggregate.function == "count" and values.repeats:
            raise NotExpressible("count of plain values: RDF keeps equal ones only once")
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
        if isinstance(constraint, Logical):
            yield logical(constraint, of)
            return
        if not isinstance(constraint, shapes.Bound):
            raise NotExpressible(f"{shapes.keyword(constraint)} of a number of values")
        limit = _LIMITS[constraint.keyword](translator.context.value(constraint.limit))
        name = least if constraint.keyword.startswith("min") else most
        if limit < 0 and name == most:
            raise NotExpressible("less than no values")
        yield sh("property"), Blank((*what, (sh(name), whole(max(limit, 0)))))

    for constraint in shape.constraints:
        yield from translated(constraint)


def _nodes(
    translator: Translator, aggregate: Aggregate, nodes: PathExpression, origins: Domain
) -> Pairs:
    """The nodes that have a value, to be counted instead: each has at most one value."""
    found = translator.context.walk(nodes, origins)
    if aggregate.function == "distinct" and aggregate.filter_shape is None:
        both = Collection((translator.path(nodes), translator.path(aggregate.values)))
        return [(sh("path"), both)]
    if aggregate.function == "distinct":
        raise NotExpressible("distinct values of chosen nodes")
    if not translator.context.walk(aggregate.values, found.domain).single:
        raise NotExpressible("count over a property that may have several values")
    has_value = Blank(((sh("path"), translator.path(aggregate.values)), (sh("minCount"), whole(1))))
    wanted = [has_value]
    if aggregate.filter_shape is not None:
        wanted.append(translator.shape(aggregate.filter_shape, found.domain))
    return [
        (sh("path"), translator.path(nodes)),
        (sh("qualifiedValueShape"), Blank(((sh("and"), Collection(tuple(wanted))),))),
    ]


def _extreme(
    translator: Translator, function: str, expression: PathExpression, shape: Shape, origins: Domain
) -> Iterator[Pair]:
    """Constraints on the least or greatest value, as constraints on every or some value."""
    path = (sh("path"), translator.path(expression))
    values = translator.values(expression, origins)
    for constraint in shape.constraints:
        name = shapes.keyword(constraint)
        is_bound = isinstance(constraint, shapes.Bound)
        of_every = (is_bound and name.startswith(function)) or (
            isinstance(constraint, shapes.LessThan | shapes.LessThanOrEquals) and function == "max"
        )
        if not is_bound and not of_every:
            raise NotExpressible(f"{name} for the {function} of several values")
        pairs = tuple(translator.constraint(constraint, values, origins))
        if of_every:
            yield sh("property"), Blank((path, *pairs))
        else:
            none = Blank((path, (sh("maxCount"), whole(0))))
            some = ((sh("qualifiedValueShape"), Blank(pairs)), (sh("qualifiedMinCount"), whole(1)))
            yield any_of([none, Blank((path, *some))])
