"""A rule that a node breaks → what exactly is wrong and where. Slow, and only for findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bizalign_lint.core.types import Document, Place, Related
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled import values as meaning
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.explained.shown import shown
from bizalign_lint.rules.explained.trace import Reached, Tracer
from bizalign_lint.rules.language.shapes import (
    REMOVED,
    Aggregate,
    Arithmetic,
    Constraint,
    Expression,
    Number,
    PathExpression,
    Qualified,
    Shape,
)

_MOST_RELATED = 5
_WHOLE = frozenset({"minCount", "maxCount", "hasValue", "equals", "qualifiedValueShape"})
"""The constraints that the values break together, not one by one."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which a node breaks a rule."""

    value: Any
    """The offending value; None when it is the values together."""
    values: tuple[Any, ...]
    place: Place | None
    """None: no nearer than the node itself."""
    related: tuple[Related, ...]
    subject: str
    message: str
    """The message of the shape that is broken; empty: the rule's."""
    operands: tuple[Any, ...] = ()
    """What the offending value was computed from, if it was: the two operands."""


def explain(compiled: CompiledRule, node: Node, graph: Graph) -> list[Breach]:
    """All breaches of a rule by a node that does not conform to it.

    Empty when the outcome rests on something that has been reported already.
    """
    gone = compiled.rule.transition == REMOVED
    explainer = _Explainer(compiled.context, graph, node, gone)
    if compiled.rule.where is not None and not explainer.trusted(compiled.rule.where):
        return []
    assert compiled.rule.shape is not None
    found: dict[object, Breach] = {}
    for breach in explainer.breaches(compiled.rule.shape, explainer.root, "", ""):
        value = breach.value
        key: object = id(value) if isinstance(value, Node) else (breach.place, str(value))
        found.setdefault((breach.message, key), breach)
    return list(found.values())


class _Explainer:
    def __init__(self, context: Context, graph: Graph, node: Node, gone: bool) -> None:
        self._context = context
        self._tracer = Tracer(graph, context.ontology, context.walker)
        # What is gone stands in no document that there is.
        self._document: Document | None = None if gone else node.document
        self.root = Reached(node, past=gone)

    def trusted(self, where: Shape) -> bool:
        """Whether a node is a target for sure."""
        self._tracer.doubt = False
        self._conforms(where, self.root)
        return not self._tracer.doubt

    def breaches(self, shape: Shape, focus: Reached, message: str, within: str) -> Iterator[Breach]:
        message = shape.message or message
        self._tracer.doubt = False
        values = [focus] if shape.path is None else self._expression(shape.path, focus)
        doubt = self._tracer.doubt
        path = within if shape.path is None else f"{within} {_text(shape.path)}".strip()
        for constraint in shape.constraints:
            if constraint.name == "property":
                if not doubt:
                    for reached in values:
                        for inner in constraint.argument:
                            yield from self.breaches(inner, reached, message, path)
                continue
            if constraint.name in _WHOLE:
                self._tracer.doubt = doubt
                if not self._whole(constraint, values, focus) and not self._tracer.doubt:
                    guilty = self._guilty(constraint, values)
                    others = []
                    if constraint.name == "equals":
                        others = self._expression(constraint.argument, focus)
                    yield self._together(shape, guilty, others, focus, message, path)
                continue
            for reached in values:
                self._tracer.doubt = doubt
                if not self._one(constraint, reached, focus) and not self._tracer.doubt:
                    yield self._alone(constraint, reached, values, focus, shape, message, path)

    def _alone(
        self,
        constraint: Constraint,
        reached: Reached,
        values: list[Reached],
        focus: Reached,
        shape: Shape,
        message: str,
        path: str,
    ) -> Breach:
        related = self._origins(reached)
        if constraint.name in ("lessThan", "lessThanOrEquals"):
            test = meaning.less if constraint.name == "lessThan" else meaning.less_or_equal
            for other in self._expression(constraint.argument, focus):
                if not test(reached.value, other.value):
                    related += _rivals(_text(constraint.argument), other)
        elif constraint.name == "uniqueValueWithin" and shape.path is not None:
            first = Reached(self._first(constraint, reached.value, focus))
            related += [
                Related("first used here", other.far)
                for other in self._expression(shape.path, first)
                if other.value == reached.value and other.far is not None
            ]
        today = (o.place for o in reached.origins if o.past and o.place is not None)
        place = reached.place or next(today, None)
        if place is None and shape.path is not None:
            place = self._missing(shape.path, focus)
        return Breach(
            reached.value,
            tuple(r.value for r in values),
            place or focus.place,
            _some(related),
            f"{path} {_identity(reached.value)}",
            message,
            reached.operands,
        )

    def _origins(self, reached: Reached) -> list[Related]:
        """Where a value stands, or what it was computed from, when that is another document."""
        computed = reached.origins if self._document is not None else ()
        return [
            Related(shown(origin.value), origin.far)
            for origin in computed or (reached,)
            if origin.far is not None
        ]

    def _guilty(self, constraint: Constraint, values: list[Reached]) -> list[Reached]:
        """The values that a message should name: those that are too many, else all there are."""
        qualified = constraint.argument
        if not isinstance(qualified, Qualified) or qualified.most is None:
            return values
        found = [r for r in values if self._conforms(qualified.shape, r)]
        return found if len(found) > self._context.value(qualified.most) else values

    def _together(
        self,
        shape: Shape,
        values: list[Reached],
        others: list[Reached],
        focus: Reached,
        message: str,
        path: str,
    ) -> Breach:
        """A breach of the values together; ``others`` are those that they do not equal."""
        place = focus.place if shape.path is None else self._missing(shape.path, focus)
        return Breach(
            None,
            tuple(r.value for r in values),
            place,
            _some(rel for r in (*values, *others) for rel in self._origins(r)),
            path,
            message,
        )

    def _missing(self, expression: Expression, focus: Reached) -> Place | None:
        match expression:
            case PathExpression(path):
                return self._tracer.missing(path, focus, self._document) or focus.place
            case Aggregate():
                return self._missing(expression.nodes or expression.values, focus)
            case Arithmetic(_, left, right):
                return self._missing(left, focus) or self._missing(right, focus)
            case Number():
                return focus.place

    def _expression(self, expression: Expression, focus: Reached) -> list[Reached]:
        match expression:
            case PathExpression(path):
                return self._tracer.path(path, focus, self._document)
            case Number(value):
                return [Reached(value)]
            case Arithmetic(function, left, right):
                one, other = (self._expression(e, focus) for e in (left, right))
                if len(one) != 1 or len(other) != 1:
                    return []
                computed = meaning.arithmetic(function, one[0].value, other[0].value)
                if computed is None:
                    return []
                # The operand that fewer values went into comes first: it is easier to mend.
                origins = sorted((*one, *other), key=lambda r: len(r.origins))
                behind = tuple(o for r in origins for o in r.origins or (r,))
                operands = (one[0].value, other[0].value)
                return [Reached(computed, origins=behind, operands=operands)]
            case Aggregate():
                nodes = (
                    [focus]
                    if expression.nodes is None
                    else self._expression(expression.nodes, focus)
                )
                keeps = expression.filter_shape
                found = [
                    r
                    for node in nodes
                    if keeps is None or self._conforms(keeps, node)
                    for r in self._expression(expression.values, node)
                ]
                value = meaning.aggregate(expression.function)([r.value for r in found])
                if value is None:
                    return []
                return [Reached(value, origins=_behind(expression.function, value, found))]

    def _conforms(self, shape: Shape, focus: Reached) -> bool:
        values = [focus] if shape.path is None else self._expression(shape.path, focus)
        return all(self._holds(constraint, values, focus) for constraint in shape.constraints)

    def _holds(self, constraint: Constraint, values: list[Reached], focus: Reached) -> bool:
        if constraint.name in _WHOLE:
            return self._whole(constraint, values, focus)
        return all(self._one(constraint, reached, focus) for reached in values)

    def _whole(self, constraint: Constraint, values: list[Reached], focus: Reached) -> bool:
        argument = constraint.argument
        match constraint.name:
            case "minCount":
                return bool(len(values) >= self._context.value(argument))
            case "maxCount":
                return bool(len(values) <= self._context.value(argument))
            case "hasValue":
                wanted = self._context.value(argument)
                return any(meaning.same(r.value, wanted) for r in values)
            case "equals":
                others = {r.value for r in self._expression(argument, focus)}
                return {r.value for r in values} == others
            case _:
                return self._count(argument, values)

    def _count(self, qualified: Qualified, values: Sequence[Reached]) -> bool:
        count = sum(self._conforms(qualified.shape, r) for r in values)
        least, most = qualified.least, qualified.most
        return (least is None or count >= self._context.value(least)) and (
            most is None or count <= self._context.value(most)
        )

    def _one(self, constraint: Constraint, reached: Reached, focus: Reached) -> bool:
        value, argument = reached.value, constraint.argument
        match constraint.name:
            case "in":
                return any(meaning.same(value, self._context.value(c)) for c in argument)
            case "minInclusive" | "minExclusive" | "maxInclusive" | "maxExclusive":
                return meaning.bound(constraint.name, self._context.value(argument))(value)
            case "minLength" | "maxLength":
                return meaning.length(constraint.name, self._context.value(argument))(value)
            case "pattern":
                pattern = self._context.pattern(argument, constraint.pointer)
                return not isinstance(value, str) or pattern.search(value) is not None
            case "class":
                return isinstance(value, Node) and value.type.name in argument
            case "disjoint" | "lessThan" | "lessThanOrEquals" | "uniqueValueWithin":
                return self._relative(constraint, value, focus)
            case _:
                return self._logical(constraint, reached)

    def _relative(self, constraint: Constraint, value: Any, focus: Reached) -> bool:
        """The constraints that compare a value with others."""
        others = [r.value for r in self._expression(constraint.argument, focus)]
        match constraint.name:
            case "disjoint":
                return value not in others
            case "lessThan":
                return all(meaning.less(value, other) for other in others)
            case "lessThanOrEquals":
                return all(meaning.less_or_equal(value, other) for other in others)
            case _:
                return self._first(constraint, value, focus) is focus.value

    def _first(self, constraint: Constraint, value: Any, focus: Reached) -> Node:
        """The first node that has a value which is to be there once."""
        within = [r.value for r in self._expression(constraint.argument, focus)]
        return self._context.scopes[id(constraint)][focus.value.type.name, value, *within]

    def _logical(self, constraint: Constraint, reached: Reached) -> bool:
        argument = constraint.argument
        match constraint.name:
            case "node":
                return self._conforms(argument, reached)
            case "not":
                return not self._conforms(argument, reached)
            case "or":
                return any(self._conforms(shape, reached) for shape in argument)
            case "xone":
                return sum(self._conforms(shape, reached) for shape in argument) == 1
            case _:
                return all(self._conforms(shape, reached) for shape in argument)


def _behind(function: str, value: Any, found: Sequence[Reached]) -> tuple[Reached, ...]:
    """What makes an aggregate what it is: the least or greatest value, one of each, or all."""
    if function in ("min", "max"):
        return tuple(r for r in found if r.value == value)[:1]
    if function == "distinct":
        return tuple({r.value: r for r in reversed(found)}.values())[::-1]
    return tuple(found)


def _some(related: Iterable[Related]) -> tuple[Related, ...]:
    """The first of them, each once: a value may go into both sides of a comparison."""
    return tuple(dict.fromkeys(related))[:_MOST_RELATED]


def _rivals(text: str, reached: Reached) -> list[Related]:
    """Where a value stands that another one was compared with."""
    return [
        Related(f"{text} is {shown(origin.value)}", place)
        for origin in reached.origins or (reached,)
        if (place := origin.far or origin.place) is not None
    ]


def _text(expression: Expression) -> str:
    """An expression in a few words, for messages and fingerprints."""
    match expression:
        case PathExpression():
            return expression.text
        case Number(value):
            return str(value)
        case Aggregate():
            return f"{expression.function} of {expression.values.text}"
        case Arithmetic(function, left, right):
            return f"{function} of {_text(left)} and {_text(right)}"


def _identity(value: Any) -> str:
    if isinstance(value, Node):
        return value.reference or "/".join(map(str, value.pointer))
    return str(value)
