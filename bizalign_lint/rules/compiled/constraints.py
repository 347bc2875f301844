"""Shapes → functions: whether a node, or a value, conforms. The hot path of a check."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, assert_never

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled import values as meaning
from bizalign_lint.rules.compiled.checks import (
    Check,
    Conforms,
    at_least,
    at_most,
    every,
    has_value,
    member,
    pair,
    qualified,
    same_as_first,
    single_pair,
    some,
    unique,
)
from bizalign_lint.rules.compiled.context import Context, check_message, type_of
from bizalign_lint.rules.compiled.lazily import lazily
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.rules.compiled.walks import Domain, Walked, to_one
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Constraint,
    Expression,
    Literal,
    Number,
    PathExpression,
    PeerConstraint,
    PropertyPair,
    Shape,
    Test,
)


def compile_shape(context: Context, shape: Shape, origins: Domain) -> Conforms:
    """Whether a node of one of ``origins`` conforms to a shape."""
    context.origins[id(shape)] = origins
    if shape.message:
        targets = tuple(context.ontology.types[kind] for kind in context.rule.targets)
        check_message(context, shape.message, (*shape.pointer, "message"), targets)
    if shape.path is None:
        return every([_on_focus(context, c, shape, origins) for c in shape.constraints])
    lazy = lazily(
        context, shape, origins, partial(compile_test, context), partial(compile_shape, context)
    )
    if lazy is not None:
        return lazy
    if isinstance(shape.path, PathExpression) and _is_existence(shape):
        context.walk(shape.path, origins)  # raises the error about an unknown step, with its place
        return context.walker.leads(shape.path.path, origins)
    walked = compile_expression(context, shape.path, origins)
    if walked.get is not None:
        simpler = _with_single(context, shape, walked.get, walked.domain, origins)
        if simpler is not None:
            return simpler
    walk, domain = walked.walk, walked.domain
    checks = [_constraint(context, c, shape, origins, domain) for c in shape.constraints]
    if len(checks) == 1:
        (only,) = checks
        return lambda focus: only(focus, walk(focus))

    def conforms(focus: Any) -> bool:
        values = walk(focus)
        return all(check(focus, values) for check in checks)

    return conforms


def _is_existence(shape: Shape) -> bool:
    match shape.constraints:
        case [shapes.MinCount(Literal(1))]:
            return True
    return False


def _on_focus(context: Context, constraint: Constraint, shape: Shape, origins: Domain) -> Conforms:
    """A constraint on the node itself."""
    if isinstance(constraint, Test):
        return compile_test(context, constraint, origins)
    check = _constraint(context, constraint, shape, origins, origins)
    return lambda focus: check(focus, (focus,))


def _with_single(
    context: Context, shape: Shape, get: Get, domain: Domain, origins: Domain
) -> Conforms | None:
    """The function of a shape whose path leads to at most one value.

    None if the value is compared with several others, as that is no simpler.
    """
    match shape.constraints:
        case [shapes.Equals() | shapes.LessThan() | shapes.LessThanOrEquals() as only]:
            other = compile_expression(context, only.other, origins).get
            return None if other is None else single_pair(only, get, other)
    if any(isinstance(c, PropertyPair | PeerConstraint) for c in shape.constraints):
        return None
    return _on_one(context, shape, get, domain)


def _on_one(context: Context, shape: Shape, get: Get, domain: Domain) -> Conforms:
    """The constraints on at most one value: whether they hold without a value, and tests of it."""
    absent = True
    tests: list[Conforms] = []
    for constraint in shape.constraints:
        if isinstance(constraint, Test):
            tests.append(compile_test(context, constraint, domain))
            continue
        check = _constraint(context, constraint, shape, (), domain)
        absent = absent and check(None, ())
        tests.append(_of_one(check))
    test = every(tests)

    def conforms(focus: Any) -> bool:
        value = get(focus)
        return absent if value is None else test(value)

    return conforms


def _of_one(check: Check) -> Conforms:
    return lambda value: check(None, (value,))


def compile_expression(context: Context, expression: Expression, origins: Domain) -> Walked:
    """The function of an expression, with the domain of its values (empty if unknown)."""
    match expression:
        case PathExpression():
            return context.walk(expression, origins)
        case Number(value):
            return to_one(lambda focus: value, ())
        case Arithmetic(function, left, right):
            one, other = (_number(compile_expression(context, e, origins)) for e in (left, right))
            return to_one(lambda focus: meaning.arithmetic(function, one(focus), other(focus)), ())
        case Aggregate():
            context.origins[id(expression)] = origins
            return to_one(_aggregate(context, expression, origins), ())


def _number(walked: Walked) -> Get:
    """The value of an operand; None if it has several."""
    if walked.get is not None:
        return walked.get
    walk = walked.walk

    def get(focus: Any) -> Any:
        values = walk(focus)
        return values[0] if len(values) == 1 else None

    return get


def _aggregate(context: Context, expression: Aggregate, origins: Domain) -> Get:
    combine = meaning.aggregate(expression.function)
    if expression.nodes is None:
        walk = context.walk(expression.values, origins).walk
        return lambda focus: combine(walk(focus))
    nodes = context.walk(expression.nodes, origins)
    walk, each = nodes.walk, context.walk(expression.values, nodes.domain).walk
    if expression.filter_shape is None:
        return lambda focus: combine([value for node in walk(focus) for value in each(node)])
    keeps = compile_shape(context, expression.filter_shape, nodes.domain)
    return lambda focus: combine(
        [value for node in walk(focus) if keeps(node) for value in each(node)]
    )


def compile_test(context: Context, constraint: Test, domain: Domain) -> Conforms:
    """The function of a constraint on each value; ``domain`` is what the values may be."""
    match constraint:
        case shapes.In():
            return member(context, constraint, domain)
        case shapes.Bound(keyword, limit):
            return meaning.bound(keyword, context.value(limit))
        case shapes.MinLength(least):
            return meaning.min_length(least)
        case shapes.MaxLength(most):
            return meaning.max_length(most)
        case shapes.Pattern(regex, pointer):
            return meaning.pattern(context.pattern(regex, pointer))
        case shapes.Class(kinds, pointer):
            types = frozenset(type_of(context, kind, pointer) for kind in kinds)
            return lambda value: isinstance(value, Node) and value.type in types
        case shapes.Node(inner):
            return compile_shape(context, inner, domain)
        case shapes.Not(inner):
            conforms = compile_shape(context, inner, domain)
            return lambda value: not conforms(value)
        case shapes.Property(inners) | shapes.And(inners):
            return every(_all(context, inners, domain))
        case shapes.Or(inners):
            return some(_all(context, inners, domain))
        case shapes.Xone(inners):
            alternatives = _all(context, inners, domain)
            return lambda value: sum(conforms(value) for conforms in alternatives) == 1
        case _:
            assert_never(constraint)


def _all(context: Context, inners: Sequence[Shape], domain: Domain) -> list[Conforms]:
    return [compile_shape(context, inner, domain) for inner in inners]


def _constraint(
    context: Context, constraint: Constraint, shape: Shape, origins: Domain, domain: Domain
) -> Check:
    """The function of a constraint; ``origins`` is what the focus may be, ``domain`` the values."""
    if isinstance(constraint, Test):
        test = compile_test(context, constraint, domain)
        return lambda focus, values: all(map(test, values))
    match constraint:
        case shapes.MinCount(least):
            return at_least(context.value(least))
        case shapes.MaxCount(most):
            return at_most(context.value(most))
        case shapes.HasValue():
            return has_value(context, constraint, domain)
        case shapes.UniqueValueWithin():
            return unique(context, constraint, shape, origins)
        case shapes.SameValueWithin():
            return same_as_first(context, constraint, shape, origins)
        case shapes.QualifiedValueShape(inner, least, most):
            conforms = context.once(inner, compile_shape(context, inner, domain))
            return qualified(
                conforms,
                0 if least is None else context.value(least),
                None if most is None else context.value(most),
            )
        case (
            shapes.Equals(other)
            | shapes.Disjoint(other)
            | shapes.LessThan(other)
            | shapes.LessThanOrEquals(other)
        ):
            return pair(constraint, compile_expression(context, other, origins).walk)
        case _:
            assert_never(constraint)
