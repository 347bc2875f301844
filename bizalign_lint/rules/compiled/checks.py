"""The functions of constraints without inner shapes, and combinations of functions (hot path)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, assert_never

from bizalign_lint.core.suggest import with_nearest
from bizalign_lint.core.types import Pointer
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.rules.compiled import values as meaning
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.rules.compiled.walks import Domain, Walk
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.places import fail
from bizalign_lint.rules.language.shapes import Comparand, Literal, PathExpression, Shape
from bizalign_lint.schema.ontology import Property

Conforms = Callable[[Any], bool]
"""Whether a node, or a plain value, conforms."""

Check = Callable[[Any, Sequence[Any]], bool]
"""Whether the values that a path leads to, from a focus node, satisfy a constraint."""


def at_least(least: Any) -> Check:
    """The check for minCount."""
    return lambda focus, values: len(values) >= least


def at_most(most: Any) -> Check:
    """The check for maxCount."""
    return lambda focus, values: len(values) <= most


def has_value(context: Context, constraint: shapes.HasValue, domain: Domain) -> Check:
    """The check for hasValue on values of ``domain``.

    Raises RuleError for a value that none of them can have.
    """
    wanted = context.value(constraint.value)
    _check_enumeration(context, constraint.pointer, domain, (constraint.value,))
    if type(wanted) is str:  # a text only equals itself
        return lambda focus, values: wanted in values
    return lambda focus, values: any(meaning.same(value, wanted) for value in values)


def member(context: Context, constraint: shapes.In, domain: Domain) -> Conforms:
    """The test for ``in`` on values of ``domain``.

    Raises RuleError for a member that none of them can have.
    """
    members = [context.value(comparand) for comparand in constraint.members]
    _check_enumeration(context, constraint.pointer, domain, constraint.members)
    if all(type(member) is str for member in members):
        return frozenset(members).__contains__
    return lambda value: any(meaning.same(value, member) for member in members)


def _check_enumeration(
    context: Context, pointer: Pointer, domain: Domain, comparands: Sequence[Comparand]
) -> None:
    """Raise RuleError for a comparand that is not among the values of an enumeration."""
    enums = [m.enum for m in domain if isinstance(m, Property) and m.enum is not None]
    if not domain or len(enums) != len(domain):
        return
    known = {value for enum in enums for value in enum}
    for comparand in comparands:
        if isinstance(comparand, Literal) and comparand.value not in known:
            said = f"{comparand.value} is not one of its values"
            message = with_nearest(said, str(comparand.value), map(str, known))
            raise fail(context.rule.document, pointer, message)


def pair(constraint: shapes.PropertyPair, other: Walk) -> Check:
    """The check for equals, disjoint, lessThan or lessThanOrEquals with the values of ``other``."""
    match constraint:
        case shapes.Equals():
            return lambda focus, values: set(values) == set(other(focus))
        case shapes.Disjoint():
            return lambda focus, values: set(values).isdisjoint(other(focus))
        case shapes.LessThan():
            return _each_with_each(meaning.less, other)
        case shapes.LessThanOrEquals():
            return _each_with_each(meaning.less_or_equal, other)
        case _:
            assert_never(constraint)


def _each_with_each(test: Callable[[Any, Any], bool], other: Walk) -> Check:
    def check(focus: Any, values: Sequence[Any]) -> bool:
        if values:
            for another in other(focus):
                for one in values:
                    if not test(one, another):
                        return False
        return True

    return check


def single_pair(
    constraint: shapes.Equals | shapes.LessThan | shapes.LessThanOrEquals, get: Get, other: Get
) -> Conforms:
    """Whether a focus node satisfies a comparison of at most one value with at most one other."""
    match constraint:
        case shapes.Equals():
            return lambda focus: get(focus) == other(focus)  # both may be missing
        case shapes.LessThan():
            test = meaning.less
        case shapes.LessThanOrEquals():
            test = meaning.less_or_equal
        case _:
            assert_never(constraint)

    def conforms(focus: Any) -> bool:
        one = get(focus)
        if one is None:
            return True
        another = other(focus)
        return another is None or test(one, another)

    return conforms


def unique(
    context: Context, constraint: shapes.UniqueValueWithin, shape: Shape, origins: Domain
) -> Check:
    """The check for uniqueValueWithin in the shape of a rule.

    Raises RuleError in any other shape, as only targets have peers.
    """
    values, within = _peer_walks(context, constraint, shape, origins)
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


def same_as_first(
    context: Context, constraint: shapes.SameValueWithin, shape: Shape, origins: Domain
) -> Check:
    """The check for sameValueWithin, likewise. A node without values in the scope has no peers."""
    values, within = _peer_walks(context, constraint, shape, origins)
    scope = context.scopes.setdefault(id(constraint), {})

    def fill(graph: Graph) -> None:
        scope.clear()
        for target in context.rule.targets:
            for node in graph.kinds[target]:
                shared = within(node)
                if shared and values(node):
                    scope.setdefault((target, *shared), node)

    def check(focus: Any, found: Sequence[Any]) -> bool:
        first = scope.get((focus.type.name, *within(focus)))
        if first is None or first is focus:
            return True
        known = [*values(first)]
        return all(value in known for value in found)

    context.fills.append(fill)
    return check


def _peer_walks(
    context: Context, constraint: shapes.PeerConstraint, shape: Shape, origins: Domain
) -> tuple[Walk, Walk]:
    """The paths to the values of a target, and to the values that it shares with its peers."""
    if shape is not context.rule.shape or not isinstance(shape.path, PathExpression):
        name = next(step for step in reversed(constraint.pointer) if isinstance(step, str))
        message = f"{name} belongs beside the path of the rule itself"
        raise fail(context.rule.document, constraint.pointer, message, key=True)
    values = context.walk(shape.path, origins).walk
    return values, context.walk(constraint.scope, origins).walk


def qualified(conforms: Conforms, least: Any, most: Any) -> Check:
    """The check for qualifiedMinCount and qualifiedMaxCount; ``most`` is None for no maximum."""
    if least == 1 and most is None:
        return lambda focus, values: any(map(conforms, values))
    if least == 0 and most == 0:
        return lambda focus, values: not any(map(conforms, values))

    def check(_focus: Any, values: Sequence[Any]) -> bool:
        count = sum(map(conforms, values))
        return count >= least and (most is None or count <= most)

    return check


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
