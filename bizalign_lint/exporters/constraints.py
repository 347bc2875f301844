"""Shapes of the rule language → shapes of SHACL Core, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bizalign_lint.exporters import aggregates, vocabulary
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
    BOUNDS,
    ORDER,
    any_of,
    apart,
    as_property,
    logical,
    node_shape,
)
from bizalign_lint.exporters.turtle import Blank, Collection, Literal, Pair, Term
from bizalign_lint.exporters.vocabulary import sh
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Constraint,
    Expression,
    PathExpression,
    Qualified,
    Shape,
)
from bizalign_lint.schema.ontology import ObjectType, Property


@dataclass(frozen=True, slots=True)
class Values:
    """What is known of the values that a constraint speaks about."""

    domain: Domain
    has_path: bool
    repeats: bool
    """Whether a plain value may be there twice, which RDF does not tell from once."""


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
        """What is known of the values that a path leads to."""
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
                yield from aggregates.counted(self, aggregate, shape, origins)
                return
            case Aggregate(function, expression, None) if function in ("min", "max"):
                yield from aggregates.extreme(self, function, expression, shape, origins)
                return
            case other:
                raise computes(other)
        yield from apart(
            pair
            for constraint in shape.constraints
            for pair in self.constraint(constraint, values, origins)
        )

    def constraint(self, constraint: Constraint, values: Values, origins: Domain) -> Iterator[Pair]:
        """The parameters that say the same; ``origins`` is what the focus may be."""
        name, argument = constraint.name, constraint.argument
        value = self.context.value
        match name:
            case "minCount" | "maxCount":
                yield sh(name), self._count(name, value(argument), values)
            case "in":
                members = (term(value(member), values.domain) for member in argument)
                yield sh(name), Collection(tuple(members))
            case "hasValue":
                yield sh(name), term(value(argument), values.domain)
            case "minLength" | "maxLength":
                demand_text(values.domain)
                yield sh(name), whole(value(argument))
            case "pattern":
                demand_text(values.domain)
                yield from _pattern(argument)
            case "class":
                yield any_of([Blank(((sh(name), vocabulary.kind(kind)),)) for kind in argument])
            case "equals" | "disjoint" | "lessThan" | "lessThanOrEquals":
                yield sh(name), self._other(name, argument, values, origins)
            case "property":
                yield from (as_property(self.shape(inner, values.domain)) for inner in argument)
            case "qualifiedValueShape":
                yield from self._qualified(argument, values)
            case "uniqueValueWithin":
                raise NotExpressible(f"{name}: SHACL Core does not compare a node with its peers")
            case _ if name in BOUNDS:
                yield sh(name), bound(value(argument), values.domain)
            case _:
                yield logical(name, argument, lambda inner: self.shape(inner, values.domain))

    def _count(self, name: str, number: Any, values: Values) -> Literal:
        if not values.has_path:
            raise NotExpressible(f"{name} without a path")
        if values.repeats and number > (1 if name in ("minCount", "qualifiedMinCount") else 0):
            raise NotExpressible(f"{name} of plain values, of which RDF keeps equal ones once")
        return whole(number)

    def _other(self, name: str, expression: Expression, values: Values, origins: Domain) -> Term:
        """The one predicate that SHACL Core takes in place of our other path."""
        if not values.has_path:
            raise NotExpressible(f"{name} without a path")
        if name in ORDER and isinstance(expression, Aggregate) and expression.nodes is None:
            # What is less than the least is less than all.
            expression = expression.values if expression.function == "min" else expression
        if not isinstance(expression, PathExpression):
            raise computes(expression)
        others = self.context.walk(expression, origins)
        sorts = {sort(member) for member in (*values.domain, *others.domain)}
        if len(sorts) != 1 or (name in ORDER and sorts == {"node"}):
            raise NotExpressible(f"{name} between values that may have no order")
        predicate = self.predicates.single(expression.path)
        if predicate is not None:
            return predicate
        if any(isinstance(member, ObjectType) and not member.name for member in others.domain):
            raise NotExpressible(f"{name} a path to objects without a name")
        shortcut = Shortcut(expression.path, origins)
        self.shortcuts.append(shortcut)
        return shortcut.predicate

    def _qualified(self, qualified: Qualified, values: Values) -> Iterator[Pair]:
        yield sh("qualifiedValueShape"), node_shape(self.shape(qualified.shape, values.domain))
        for name, number in (
            ("qualifiedMinCount", qualified.least),
            ("qualifiedMaxCount", qualified.most),
        ):
            if number is not None:
                yield sh(name), self._count(name, self.context.value(number), values)


def _pattern(pattern: re.Pattern[str]) -> Iterator[Pair]:
    yield sh("pattern"), Literal(portable(pattern))
    if pattern.flags & re.IGNORECASE:
        yield sh("flags"), Literal("i")
