"""Shapes evaluated over traced values: slow, but each value knows where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

from bizalign_lint.core.types import Document
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled import values as meaning
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.explained.exact import Exact
from bizalign_lint.rules.explained.trace import Reached, Tracer
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Comparand,
    Constraint,
    Expression,
    Number,
    PathExpression,
    Shape,
)

Collective = (
    shapes.MinCount | shapes.MaxCount | shapes.HasValue | shapes.Equals | shapes.QualifiedValueShape
)
"""The constraints that apply to all values together."""

Individual = (
    shapes.Test
    | shapes.Disjoint
    | shapes.LessThan
    | shapes.LessThanOrEquals
    | shapes.PeerConstraint
)
"""The constraints that apply to each value."""


class Evaluator:
    """Evaluates the shapes of one rule; places are those in one document, if there is one."""

    def __init__(self, context: Context, tracer: Tracer, document: Document | None) -> None:
        self._context = context
        self._tracer = tracer
        self._document = document
        self.exact = Exact(context)

    def expression(self, expression: Expression, focus: Reached) -> list[Reached]:
        """The values of an expression that starts from ``focus``."""
        match expression:
            case PathExpression(path):
                return self._tracer.path(path, focus, self._document)
            case Number(value):
                return [Reached(value)]
            case Arithmetic(function, left, right):
                one, other = (self.expression(e, focus) for e in (left, right))
                if len(one) != 1 or len(other) != 1:
                    return []
                computed = meaning.arithmetic(function, one[0].value, other[0].value)
                if computed is None:
                    return []
                # The operand computed from fewer values comes first, as it is easier to fix.
                origins = sorted((*one, *other), key=lambda r: len(r.origins))
                sources = tuple(o for r in origins for o in r.origins or (r,))
                operands = (one[0].value, other[0].value)
                return [Reached(computed, origins=sources, operands=operands)]
            case Aggregate():
                nodes = (
                    [focus]
                    if expression.nodes is None
                    else self.expression(expression.nodes, focus)
                )
                keeps = expression.filter_shape
                found = [
                    r
                    for node in nodes
                    if keeps is None or self.conforms(keeps, node)
                    for r in self.expression(expression.values, node)
                ]
                value = meaning.aggregate(expression.function)([r.value for r in found])
                if self._tracer.is_cut and isinstance(focus.value, Node):
                    value = self.exact.value(expression)(focus.value)
                if value is None:
                    return []
                return [Reached(value, origins=_sources(expression.function, value, found))]

    def conforms(self, shape: Shape, focus: Reached) -> bool:
        """Whether a node or value conforms to a shape."""
        was_cut, self._tracer.is_cut = self._tracer.is_cut, False
        values = [focus] if shape.path is None else self.expression(shape.path, focus)
        holds = all(self._holds(constraint, values, focus) for constraint in shape.constraints)
        if self._tracer.is_cut and isinstance(focus.value, Node):
            holds = self.exact.conforms(shape)(focus.value)
        self._tracer.is_cut = was_cut
        return holds

    def _holds(self, constraint: Constraint, values: list[Reached], focus: Reached) -> bool:
        if isinstance(constraint, Collective):
            return self.all_satisfy(constraint, values, focus)
        return all(self.satisfies(constraint, reached, focus) for reached in values)

    def all_satisfy(
        self, constraint: Collective, values: Sequence[Reached], focus: Reached
    ) -> bool:
        """Whether values together satisfy a constraint of a shape that starts from ``focus``."""
        match constraint:
            case shapes.MinCount(least):
                return self._count_within(len(values), least, None)
            case shapes.MaxCount(most):
                return self._count_within(len(values), None, most)
            case shapes.HasValue(value):
                wanted = self._context.value(value)
                return any(meaning.same(r.value, wanted) for r in values)
            case shapes.Equals(other):
                others = {r.value for r in self.expression(other, focus)}
                return {r.value for r in values} == others
            case shapes.QualifiedValueShape(inner, least, most):
                count = sum(self.conforms(inner, r) for r in values)
                return self._count_within(count, least, most)
            case _:
                assert_never(constraint)

    def _count_within(self, count: int, least: Comparand | None, most: Comparand | None) -> bool:
        return (least is None or count >= self._context.value(least)) and (
            most is None or count <= self._context.value(most)
        )

    def satisfies(self, constraint: Individual, reached: Reached, focus: Reached) -> bool:
        """Whether one value satisfies a constraint of a shape that starts from ``focus``."""
        if isinstance(constraint, shapes.Test):
            return self._passes(constraint, reached)
        value = reached.value
        match constraint:
            case shapes.Disjoint(other):
                return all(value != r.value for r in self.expression(other, focus))
            case shapes.LessThan(other):
                return all(meaning.less(value, r.value) for r in self.expression(other, focus))
            case shapes.LessThanOrEquals(other):
                others = self.expression(other, focus)
                return all(meaning.less_or_equal(value, r.value) for r in others)
            case shapes.UniqueValueWithin():
                return self.first(constraint, value, focus) is focus.value
            case shapes.SameValueWithin():
                first = self.first_of(constraint, focus)
                shape = self._context.rule.shape
                if shape is None or first is None or first is focus.value:
                    return True
                return value in [r.value for r in self.first_values(constraint, shape, focus)]
            case _:
                assert_never(constraint)

    def _passes(self, constraint: shapes.Test, reached: Reached) -> bool:
        value = reached.value
        match constraint:
            case shapes.In(members):
                return any(meaning.same(value, self._context.value(c)) for c in members)
            case shapes.Bound(keyword, limit):
                return meaning.bound(keyword, self._context.value(limit))(value)
            case shapes.MinLength(least):
                return meaning.min_length(least)(value)
            case shapes.MaxLength(most):
                return meaning.max_length(most)(value)
            case shapes.Pattern(regex, pointer):
                return meaning.pattern(self._context.pattern(regex, pointer))(value)
            case shapes.Class(kinds):
                return isinstance(value, Node) and value.type.name in kinds
            case shapes.Node(inner):
                return self.conforms(inner, reached)
            case shapes.Not(inner):
                return not self.conforms(inner, reached)
            case shapes.Property(inners) | shapes.And(inners):
                return all(self.conforms(inner, reached) for inner in inners)
            case shapes.Or(inners):
                return any(self.conforms(inner, reached) for inner in inners)
            case shapes.Xone(inners):
                return sum(self.conforms(inner, reached) for inner in inners) == 1
            case _:
                assert_never(constraint)

    def first(self, constraint: shapes.UniqueValueWithin, value: Any, focus: Reached) -> Node:
        """The first of the peers of ``focus`` with a value that must be unique."""
        within = [r.value for r in self.expression(constraint.scope, focus)]
        return self._context.scopes[id(constraint)][focus.value.type.name, value, *within]

    def first_of(self, constraint: shapes.SameValueWithin, focus: Reached) -> Node | None:
        """The first of the peers of ``focus`` that has any value."""
        within = [r.value for r in self.expression(constraint.scope, focus)]
        return self._context.scopes[id(constraint)].get((focus.value.type.name, *within))

    def first_values(
        self, constraint: shapes.SameValueWithin, shape: Shape, focus: Reached
    ) -> list[Reached]:
        """The values of that node."""
        assert shape.path is not None
        return self.expression(shape.path, Reached(self.first_of(constraint, focus)))


def _sources(
    function: shapes.AggregateFunction, value: Any, found: Sequence[Reached]
) -> tuple[Reached, ...]:
    """The values that determine an aggregate: the least or greatest, one of each, or all."""
    if function in ("min", "max"):
        return tuple(r for r in found if r.value == value)[:1]
    if function == "distinct":
        return tuple({r.value: r for r in reversed(found)}.values())[::-1]
    return tuple(found)
