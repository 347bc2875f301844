"""Rules → functions: whether a node conforms. The hot path of a check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..graph import Graph, Node
from ..near import nearest, suggestion
from ..ontology import WORKSPACE, Ontology, Property
from . import cost
from . import values as meaning
from .context import Context, check_message, type_of
from .read_shapes import fail
from .shapes import (
    Aggregate,
    Arithmetic,
    Comparand,
    Constraint,
    Expression,
    Literal,
    Measure,
    Number,
    PathExpression,
    Qualified,
    Rule,
    Shape,
)
from .steps import Domain, Walk, Walker

Conforms = Callable[[Any], bool]
Check = Callable[[Any, Sequence[Any]], bool]
"""Whether the values that a path leads to, from a focus node, satisfy a constraint."""


@dataclass(slots=True)
class CompiledRule:
    """A rule ready to run. It never changes; ``scopes`` is filled anew for each graph."""

    rule: Rule
    params: Mapping[str, Any]
    where: Conforms | None
    conforms: Conforms
    evidence: tuple[Walk, ...]
    context: Context
    shape_first: bool
    """Whether the shape is much less work than ``where``; the order makes no other difference."""

    def prepare(self, graph: Graph) -> None:
        """Collect what constraints over all nodes of a kind look up."""
        for fill in self.context.fills:
            fill(graph)


def compile_rule(
    rule: Rule, ontology: Ontology, as_of: str, params: Mapping[str, Any]
) -> CompiledRule:
    """The function of a rule about nodes (not of one that reports a condition).

    Raises RuleError, with its place, for a kind, step or value that the ontology does not know.
    """
    assert rule.shape is not None
    merged = {name: parameter.default for name, parameter in rule.params.items()} | dict(params)
    context = Context(rule, Walker(ontology, as_of), ontology, as_of, merged)
    targets = tuple(type_of(context, target, ("target",)) for target in rule.targets)
    workspace = (ontology.types[WORKSPACE],)
    check_message(context, rule.message, ("message",), targets)
    return CompiledRule(
        rule,
        merged,
        None if rule.where is None else _shape(context, rule.where, targets),
        _shape(context, rule.shape, targets),
        tuple(context.walk(path, workspace).walk for path in rule.evidence),
        context,
        rule.where is not None and 2 * cost.of_shape(rule.shape) < cost.of_shape(rule.where),
    )


@dataclass(frozen=True, slots=True)
class CompiledMeasure:
    """A measure ready to be taken."""

    measure: Measure
    where: Conforms | None
    conforms: Conforms


def compile_measure(measure: Measure, ontology: Ontology, as_of: str) -> CompiledMeasure:
    """The functions of a measure.

    Raises RuleError, with its place, for a kind, step or value that the ontology does not know.
    """
    context = Context(measure, Walker(ontology, as_of), ontology, as_of, {})
    targets = tuple(type_of(context, target, ("target",)) for target in measure.targets)
    return CompiledMeasure(
        measure,
        None if measure.where is None else _shape(context, measure.where, targets),
        _shape(context, measure.shape, targets),
    )


def _shape(context: Context, shape: Shape, origins: Domain) -> Conforms:
    if shape.message:
        targets = tuple(context.ontology.types[kind] for kind in context.rule.targets)
        check_message(context, shape.message, (*shape.pointer, "message"), targets)
    if shape.path is None:
        checks = [_constraint(context, c, shape, origins, origins) for c in shape.constraints]
        if len(checks) == 1:
            (only,) = checks
            return lambda focus: only(focus, (focus,))
        return lambda focus: all(check(focus, (focus,)) for check in checks)
    walk, domain = _expression(context, shape.path, origins)
    checks = [_constraint(context, c, shape, origins, domain) for c in shape.constraints]
    if len(checks) == 1:
        (only,) = checks
        return lambda focus: only(focus, walk(focus))

    def conforms(focus: Any) -> bool:
        values = walk(focus)
        return all(check(focus, values) for check in checks)

    return conforms


def _expression(context: Context, expression: Expression, origins: Domain) -> tuple[Walk, Domain]:
    """The function of an expression, and what its values may be (nothing known: empty)."""
    match expression:
        case PathExpression():
            walked = context.walk(expression, origins)
            return walked.walk, walked.domain
        case Number(value):
            return (lambda focus: (value,)), ()
        case Arithmetic(function, left, right):
            one, _ = _expression(context, left, origins)
            other, _ = _expression(context, right, origins)
            return (lambda focus: meaning.arithmetic(function, one(focus), other(focus))), ()
        case Aggregate():
            return _aggregate(context, expression, origins), ()


def _aggregate(context: Context, expression: Aggregate, origins: Domain) -> Walk:
    function = expression.function
    if expression.nodes is None:
        walk = context.walk(expression.values, origins).walk
        return lambda focus: meaning.aggregate(function, walk(focus))
    nodes = context.walk(expression.nodes, origins)
    each = context.walk(expression.values, nodes.domain).walk
    if expression.filter_shape is None:
        return lambda focus: meaning.aggregate(
            function, [value for node in nodes.walk(focus) for value in each(node)]
        )
    keeps = _shape(context, expression.filter_shape, nodes.domain)
    return lambda focus: meaning.aggregate(
        function, [value for node in nodes.walk(focus) if keeps(node) for value in each(node)]
    )


def _constraint(
    context: Context, constraint: Constraint, shape: Shape, origins: Domain, domain: Domain
) -> Check:
    """``origins`` is what the focus may be, ``domain`` what the values may be."""
    name, argument = constraint.name, constraint.argument
    match name:
        case "minCount":
            least = context.value(argument)
            return lambda focus, values: len(values) >= least
        case "maxCount":
            most = context.value(argument)
            return lambda focus, values: len(values) <= most
        case "in":
            return _each(_member(context, constraint, domain))
        case "hasValue":
            wanted = context.value(argument)
            _check_enumeration(context, constraint, domain, (argument,))
            return lambda focus, values: any(meaning.same(value, wanted) for value in values)
        case "minInclusive" | "minExclusive" | "maxInclusive" | "maxExclusive":
            return _each(meaning.bound(name, context.value(argument)))
        case "minLength" | "maxLength":
            return _each(meaning.length(name, context.value(argument)))
        case "pattern":
            search = argument.search
            return _each(lambda value: not isinstance(value, str) or search(value) is not None)
        case "class":
            types = frozenset(type_of(context, kind, constraint.pointer) for kind in argument)
            return _each(lambda value: isinstance(value, Node) and value.type in types)
        case "equals" | "disjoint" | "lessThan" | "lessThanOrEquals":
            return _pair(context, constraint, origins)
        case "uniqueValueWithin":
            return _unique(context, constraint, shape, origins)
        case "qualifiedValueShape":
            return _qualified(context, argument, domain)
        case _:
            return _each(_logical(context, constraint, domain))


def _each(test: Conforms) -> Check:
    return lambda focus, values: all(map(test, values))


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
    other, _ = _expression(context, constraint.argument, origins)
    match constraint.name:
        case "equals":
            return lambda focus, values: set(values) == set(other(focus))
        case "disjoint":
            return lambda focus, values: set(values).isdisjoint(other(focus))
        case "lessThan":
            test = meaning.less
        case _:
            test = meaning.less_or_equal
    return lambda focus, values: all(
        test(one, another) for another in other(focus) for one in values
    )


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
    conforms = context.once(qualified.shape, _shape(context, qualified.shape, domain))
    least = 0 if qualified.least is None else context.value(qualified.least)
    most = None if qualified.most is None else context.value(qualified.most)

    def check(_focus: Any, values: Sequence[Any]) -> bool:
        count = sum(map(conforms, values))
        return count >= least and (most is None or count <= most)

    return check


def _logical(context: Context, constraint: Constraint, domain: Domain) -> Conforms:
    argument = constraint.argument
    match constraint.name:
        case "node":
            return _shape(context, argument, domain)
        case "not":
            inner = _shape(context, argument, domain)
            return lambda value: not inner(value)
    shapes = [_shape(context, shape, domain) for shape in argument]
    match constraint.name:
        case "or":
            return lambda value: any(conforms(value) for conforms in shapes)
        case "xone":
            return lambda value: sum(conforms(value) for conforms in shapes) == 1
        case _:
            return lambda value: all(conforms(value) for conforms in shapes)
