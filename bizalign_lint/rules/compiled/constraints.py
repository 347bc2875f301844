"""Shapes → functions: whether a node, or a value, conforms. The hot path of a check."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled import values as meaning
from bizalign_lint.rules.compiled.context import Context, check_message, type_of
from bizalign_lint.rules.compiled.derive import Get
from bizalign_lint.rules.compiled.walks import Domain, Walked, to_one
from bizalign_lint.rules.language.read_shapes import fail
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Comparand,
    Constraint,
    Expression,
    Literal,
    Number,
    PathExpression,
    Qualified,
    Shape,
)
from bizalign_lint.schema.ontology import Property

Conforms = Callable[[Any], bool]
Check = Callable[[Any, Sequence[Any]], bool]
"""Whether the values that a path leads to, from a focus node, satisfy a constraint."""


def compile_shape(context: Context, shape: Shape, origins: Domain) -> Conforms:
    """Whether a node of one of ``origins`` conforms to a shape."""
    if shape.message:
        targets = tuple(context.ontology.types[kind] for kind in context.rule.targets)
        check_message(context, shape.message, (*shape.pointer, "message"), targets)
    if shape.path is None:
        return every([_on_focus(context, c, shape, origins) for c in shape.constraints])
    if isinstance(shape.path, PathExpression) and _asks_for_any(shape):
        context.walk(shape.path, origins)  # which says where a step is unknown
        return context.walker.leads(shape.path.path, origins)
    walked = _expression(context, shape.path, origins)
    if walked.get is not None and not any(c.name in _RELATIVE for c in shape.constraints):
        return _on_one(context, shape, walked.get, walked.domain)
    if walked.get is not None and len(shape.constraints) == 1:
        test = _one_with_one(context, shape.constraints[0], walked.get, origins)
        if test is not None:
            return test
    walk, domain = walked.walk, walked.domain
    checks = [_constraint(context, c, shape, origins, domain) for c in shape.constraints]
    if len(checks) == 1:
        (only,) = checks
        return lambda focus: only(focus, walk(focus))

    def conforms(focus: Any) -> bool:
        values = walk(focus)
        return all(check(focus, values) for check in checks)

    return conforms


def _asks_for_any(shape: Shape) -> bool:
    (first, *rest) = shape.constraints
    return not rest and first.name == "minCount" and first.argument == Literal(1)


def _on_focus(context: Context, constraint: Constraint, shape: Shape, origins: Domain) -> Conforms:
    """A constraint on the node itself."""
    test = _test(context, constraint, origins)
    if test is not None:
        return test
    check = _constraint(context, constraint, shape, origins, origins)
    return lambda focus: check(focus, (focus,))


def _on_one(context: Context, shape: Shape, get: Get, domain: Domain) -> Conforms:
    """The constraints on one value at the most: what holds without it, and the tests of it."""
    absent = True
    tests: list[Conforms] = []
    for constraint in shape.constraints:
        test = _test(context, constraint, domain)
        if test is None:
            check = _constraint(context, constraint, shape, (), domain)
            absent = absent and check(None, ())
            test = _of_one(check)
        tests.append(test)
    test = every(tests)

    def conforms(focus: Any) -> bool:
        value = get(focus)
        return absent if value is None else test(value)

    return conforms


def _of_one(check: Check) -> Conforms:
    return lambda value: check(None, (value,))


def _expression(context: Context, expression: Expression, origins: Domain) -> Walked:
    """The function of an expression, and what its values may be (nothing known: empty)."""
    match expression:
        case PathExpression():
            return context.walk(expression, origins)
        case Number(value):
            return to_one(lambda focus: value, ())
        case Arithmetic(function, left, right):
            one, other = (_number(_expression(context, e, origins)) for e in (left, right))
            return to_one(lambda focus: meaning.arithmetic(function, one(focus), other(focus)), ())
        case Aggregate():
            return to_one(_aggregate(context, expression, origins), ())


def _number(walked: Walked) -> Get:
    """The value of an operand; of several there is none to compute with."""
    if walked.get is not None:
        return walked.get
    walk = walked.walk

    def get(focus: Any) -> Any:
        values = walk(focus)
        return values[0] if len(values) == 1 else None

    return get


def _aggregate(context: Context, expression: Aggregate, origins: Domain) -> Get:
    made_of = meaning.aggregate(expression.function)
    if expression.nodes is None:
        walk = context.walk(expression.values, origins).walk
        return lambda focus: made_of(walk(focus))
    nodes = context.walk(expression.nodes, origins)
    walk, each = nodes.walk, context.walk(expression.values, nodes.domain).walk
    if expression.filter_shape is None:
        return lambda focus: made_of([value for node in walk(focus) for value in each(node)])
    keeps = compile_shape(context, expression.filter_shape, nodes.domain)
    return lambda focus: made_of(
        [value for node in walk(focus) if keeps(node) for value in each(node)]
    )


_RELATIVE = frozenset({"equals", "disjoint", "lessThan", "lessThanOrEquals", "uniqueValueWithin"})
"""The constraints that compare the values with others that the focus leads to."""


_COMPARISONS = {
    "equals": operator.eq,
    "lessThan": meaning.less,
    "lessThanOrEquals": meaning.less_or_equal,
}


def _test(context: Context, constraint: Constraint, domain: Domain) -> Conforms | None:
    """A constraint that each value has to satisfy by itself; None for any other."""
    name, argument = constraint.name, constraint.argument
    match name:
        case "in":
            return _member(context, constraint, domain)
        case "minInclusive" | "minExclusive" | "maxInclusive" | "maxExclusive":
            return meaning.bound(name, context.value(argument))
        case "minLength" | "maxLength":
            return meaning.length(name, context.value(argument))
        case "pattern":
            search = context.pattern(argument, constraint.pointer).search
            return lambda value: not isinstance(value, str) or search(value) is not None
        case "class":
            types = frozenset(type_of(context, kind, constraint.pointer) for kind in argument)
            return lambda value: isinstance(value, Node) and value.type in types
        case "node" | "not" | "and" | "or" | "xone" | "property":
            return _logical(context, constraint, domain)
        case _:
            return None


def _constraint(
    context: Context, constraint: Constraint, shape: Shape, origins: Domain, domain: Domain
) -> Check:
    """``origins`` is what the focus may be, ``domain`` what the values may be."""
    test = _test(context, constraint, domain)
    if test is not None:
        return lambda focus, values: all(map(test, values))
    name, argument = constraint.name, constraint.argument
    match name:
        case "minCount":
            least = context.value(argument)
            return lambda focus, values: len(values) >= least
        case "maxCount":
            most = context.value(argument)
            return lambda focus, values: len(values) <= most
        case "hasValue":
            wanted = context.value(argument)
            _check_enumeration(context, constraint, domain, (argument,))
            return lambda focus, values: any(meaning.same(value, wanted) for value in values)
        case "uniqueValueWithin":
            return _unique(context, constraint, shape, origins)
        case "qualifiedValueShape":
            return _qualified(context, argument, domain)
        case _:
            return _pair(context, constraint, origins)


def _member(context: Context, constraint: Constraint, domain: Domain) -> Conforms:
    members = [context.value(comparand) for comparand in constraint.argument]
    _check_enumeration(context, constraint, domain, constraint.argument)
    if all(isinstance(member, str) for member in members):
        return frozenset(members).__contains__
    return lambda value: any(meaning.same(value, member) for member in members)


def _check_enumeration(
    context: Context, constraint: Constraint, domain: Domain, comparands: Sequence[Comparand]
) -> None:
    """A rule that asks for a value which no property can have would silently mean nothing."""
    enums = [m.enum for m in domain if isinstance(m, Property) and m.enum is not None]
    if not domain or len(enums) != len(domain):
        return
    known = {value for enum in enums for value in enum}
    for comparand in comparands:
        if isinstance(comparand, Literal) and comparand.value not in known:
            near = suggestion(nearest(str(comparand.value), map(str, known)))
            message = f"{comparand.value} is none of its values" + (f"; {near}" if near else "")
            raise fail(context.rule.document, constraint.pointer, message)


def _pair(context: Context, constraint: Constraint, origins: Domain) -> Check:
    other = _expression(context, constraint.argument, origins).walk
    match constraint.name:
        case "equals":
            return lambda focus, values: set(values) == set(other(focus))
        case "disjoint":
            return lambda focus, values: set(values).isdisjoint(other(focus))
    test = _COMPARISONS[constraint.name]

    def check(focus: Any, values: Sequence[Any]) -> bool:
        if values:
            for another in other(focus):
                for one in values:
                    if not test(one, another):
                        return False
        return True

    return check


def _one_with_one(
    context: Context, constraint: Constraint, get: Get, origins: Domain
) -> Conforms | None:
    """A comparison of one value at the most with one other at the most; None for any other."""
    if constraint.name not in _COMPARISONS:
        return None
    other = _expression(context, constraint.argument, origins).get
    if other is None:
        return None
    if constraint.name == "equals":
        return lambda focus: get(focus) == other(focus)  # both may be missing
    test = _COMPARISONS[constraint.name]

    def conforms(focus: Any) -> bool:
        one = get(focus)
        if one is None:
            return True
        another = other(focus)
        return another is None or test(one, another)

    return conforms


def _unique(context: Context, constraint: Constraint, shape: Shape, origins: Domain) -> Check:
    assert isinstance(constraint.argument, PathExpression)
    if shape is not context.rule.shape or not isinstance(shape.path, PathExpression):
        message = "uniqueValueWithin stands beside the path of the rule itself"
        raise fail(context.rule.document, constraint.pointer, message, key=True)
    values = context.walk(shape.path, origins).walk
    within = context.walk(constraint.argument, origins).walk
    scope = context.scopes.setdefault(id(constraint), {})

    def fill(graph: Graph) -> None:
        scope.clear()
        for target in context.rule.targets:
            for node in graph.kinds[target]:
                for value in values(node):
                    scope.setdefault((target, value, *within(node)), node)

    context.fills.append(fill)
    return lambda focus, found: all(
        scope[focus.type.name, value, *within(focus)] is focus for value in found
    )


def _qualified(context: Context, qualified: Qualified, domain: Domain) -> Check:
    conforms = context.once(qualified.shape, compile_shape(context, qualified.shape, domain))
    least = 0 if qualified.least is None else context.value(qualified.least)
    most = None if qualified.most is None else context.value(qualified.most)

    if least == 1 and most is None:
        return lambda focus, values: any(map(conforms, values))
    if least == 0 and most == 0:
        return lambda focus, values: not any(map(conforms, values))

    def check(_focus: Any, values: Sequence[Any]) -> bool:
        count = sum(map(conforms, values))
        return count >= least and (most is None or count <= most)

    return check


def _logical(context: Context, constraint: Constraint, domain: Domain) -> Conforms:
    argument = constraint.argument
    match constraint.name:
        case "node":
            return compile_shape(context, argument, domain)
        case "not":
            inner = compile_shape(context, argument, domain)
            return lambda value: not inner(value)
    shapes = [compile_shape(context, shape, domain) for shape in argument]
    match constraint.name:
        case "or":
            return some(shapes)
        case "xone":
            return lambda value: sum(conforms(value) for conforms in shapes) == 1
        case _:
            return every(shapes)


def every(tests: Sequence[Conforms]) -> Conforms:
    """Whether a value passes all tests."""
    match tests:
        case [only]:
            return only
        case [one, other]:
            return lambda value: one(value) and other(value)

    def conforms(value: Any) -> bool:
        for test in tests:  # noqa: SIM110  # a generator costs more than the tests
            if not test(value):
                return False
        return True

    return conforms


def some(tests: Sequence[Conforms]) -> Conforms:
    """Whether a value passes at least one test."""
    match tests:
        case [one, other]:
            return lambda value: one(value) or other(value)

    def conforms(value: Any) -> bool:
        for test in tests:  # noqa: SIM110  # a generator costs more than the tests
            if test(value):
                return True
        return False

    return conforms
