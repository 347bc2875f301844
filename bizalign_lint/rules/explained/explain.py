"""A rule that a node breaks → what exactly is wrong and where. Slow; only used for findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bizalign_lint.core.types import Document, Flaw, Place, Related
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled import values as meaning
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.explained.evaluate import Collective, Evaluator, Individual
from bizalign_lint.rules.explained.exact import MOST
from bizalign_lint.rules.explained.shown import in_words, shown
from bizalign_lint.rules.explained.trace import Reached, Tracer
from bizalign_lint.rules.language import shapes
from bizalign_lint.rules.language.rule import REMOVED, Rule
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Expression,
    Number,
    PathExpression,
    Shape,
)

_MOST_RELATED = 5


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which a node breaks a rule."""

    value: Any
    """The offending value; None if it is all values together."""
    values: tuple[Any, ...]
    place: Place | None
    """None if there is no more specific place than the node itself."""
    related: tuple[Related, ...]
    subject: str
    message: str
    """The message of the broken shape; empty if the rule's own message applies."""
    operands: tuple[Any, ...] = ()
    """The two operands that the offending value was computed from, if it was computed."""
    more: bool = False
    """Whether there are more values than ``values``."""


def explain(compiled: CompiledRule, node: Node, graph: Graph) -> list[Breach]:
    """All breaches of a rule by a node that does not conform to it.

    Empty if the verdict depends on something that has been reported already.
    """
    explainer = _explainer(compiled, node, graph)
    found: dict[object, Breach] = {}
    for breach in explainer.all(compiled.rule):
        value = breach.value
        key: object = id(value) if isinstance(value, Node) else (breach.place, str(value))
        found.setdefault((breach.message, key), breach)
    return list(found.values())


def doubts(compiled: CompiledRule, node: Node, graph: Graph) -> list[Flaw]:
    """The flaws in what a rule reads to judge a node, which have been reported already."""
    explainer = _explainer(compiled, node, graph)
    for _ in explainer.all(compiled.rule):
        pass
    return list({(flaw.condition, flaw.place): flaw for flaw in explainer.doubts}.values())


def _explainer(compiled: CompiledRule, node: Node, graph: Graph) -> _Explainer:
    return _Explainer(compiled.context, graph, node, compiled.rule.transition == REMOVED)


class _Explainer:
    def __init__(self, context: Context, graph: Graph, node: Node, is_removed: bool) -> None:
        self._context = context
        self._tracer = Tracer(graph, context.ontology, context.walker)
        # A removed node is in no current document.
        self._document: Document | None = None if is_removed else node.document
        self._evaluator = Evaluator(context, self._tracer, self._document)
        self._root = Reached(node, past=is_removed)
        self._supplied: tuple[Related, ...] = ()
        """The sources of supplied values that make the node a target."""
        self.doubts: list[Flaw] = []
        """The reported flaws in values that an outcome depends on."""

    def all(self, rule: Rule) -> Iterator[Breach]:
        """The breaches of a rule; none if it is uncertain whether the node is a target."""
        assert rule.shape is not None
        if rule.where is not None:
            self._tracer.begin()
            self._evaluator.conforms(rule.where, self._root)
            if self._is_doubtful():
                return
            self._supplied = tuple(self._tracer.supplied)
        yield from self._breaches(rule.shape, self._root, "", "")

    def _is_doubtful(self) -> bool:
        doubt = self._tracer.doubt
        if doubt is not None:
            self.doubts.append(doubt)
        return doubt is not None

    def _breaches(
        self, shape: Shape, focus: Reached, message: str, within: str
    ) -> Iterator[Breach]:
        message = shape.message or message
        self._tracer.begin(supplied=self._supplied)
        values = [focus] if shape.path is None else self._evaluator.expression(shape.path, focus)
        doubt, supplied = self._tracer.doubt, tuple(self._tracer.supplied)
        path = within if shape.path is None else f"{within} {in_words(shape.path)}".strip()
        # Computed values are exact, however many values they are computed from.
        is_cut = self._tracer.is_cut and isinstance(shape.path, PathExpression)
        for constraint in shape.constraints:
            if isinstance(constraint, shapes.Property):
                self._tracer.begin(doubt)
                if not self._is_doubtful():
                    for reached in values:
                        for inner in constraint.shapes:
                            yield from self._breaches(inner, reached, message, path)
                continue
            if isinstance(constraint, Collective):
                self._tracer.begin(doubt, supplied)
                satisfied = (
                    self._evaluator.exact.conforms(shape, constraint)(focus.value)
                    if is_cut
                    else self._evaluator.all_satisfy(constraint, values, focus)
                )
                if not self._is_doubtful() and not satisfied:
                    yield self._with_sources(
                        self._collective(constraint, shape, values, focus, message, path, is_cut)
                    )
                continue
            each = self._nearest(constraint, shape, values, focus) if is_cut else values
            among = tuple(r.value for r in values)
            for reached in each:
                self._tracer.begin(doubt, supplied)
                satisfied = self._evaluator.satisfies(constraint, reached, focus)
                if not self._is_doubtful() and not satisfied:
                    yield self._with_sources(
                        self._individual(constraint, reached, among, focus, shape, message, path)
                    )

    def _with_sources(self, breach: Breach) -> Breach:
        """A breach with the sources of values that come from outside the model's files."""
        supplied = tuple(self._tracer.supplied)[:_MOST_RELATED]
        return replace(breach, related=(*breach.related, *supplied)) if supplied else breach

    def _nearest(
        self, constraint: Individual, shape: Shape, values: list[Reached], focus: Reached
    ) -> Iterator[Reached]:
        """Up to ``MOST`` values that break a constraint, the nearest first; not all are traced."""
        broken = (r for r in values if not self._evaluator.satisfies(constraint, r, focus))
        found = [*islice(broken, MOST)]
        yield from found
        if len(found) < MOST and isinstance(constraint, shapes.Test):
            known = {id(r.value) for r in values}
            for node in self._evaluator.exact.offending(shape, constraint)(focus.value):
                if id(node) not in known:
                    yield Reached(node, focus.place, node.place())

    def _individual(
        self,
        constraint: Individual,
        reached: Reached,
        values: tuple[Any, ...],
        focus: Reached,
        shape: Shape,
        message: str,
        path: str,
    ) -> Breach:
        """The breach of a constraint by one value."""
        related = self._origins(reached)
        match constraint:
            case shapes.LessThan(other):
                related += self._compared(other, focus, reached, meaning.less)
            case shapes.LessThanOrEquals(other):
                related += self._compared(other, focus, reached, meaning.less_or_equal)
            case shapes.UniqueValueWithin():
                related += self._used_before(constraint, shape, reached, focus)
            case shapes.SameValueWithin():
                firsts = self._evaluator.first_values(constraint, shape, focus)
                far = ((f"here it is {shown(o.value)}", o.far) for o in firsts)
                related += [Related(text, place) for text, place in far if place is not None]
        today = (o.place for o in reached.origins if o.past and o.place is not None)
        place = reached.place or next(today, None)
        if place is None and shape.path is not None:
            place = self._missing(shape.path, focus)
        return Breach(
            reached.value,
            values=values,
            place=place or focus.place,
            related=_some(related),
            subject=f"{path} {_identity(reached.value)}",
            message=message,
            operands=reached.operands,
        )

    def _origins(self, reached: Reached) -> list[Related]:
        """The places, in other documents, of a value or of those that it was computed from."""
        computed = reached.origins if self._document is not None else ()
        return [
            Related(shown(origin.value), origin.far)
            for origin in computed or (reached,)
            if origin.far is not None
        ]

    def _compared(
        self,
        expression: Expression,
        focus: Reached,
        reached: Reached,
        test: Callable[[Any, Any], bool],
    ) -> Iterator[Related]:
        """The places of the values for which a comparison with a value failed."""
        for other in self._evaluator.expression(expression, focus):
            if not test(reached.value, other.value):
                yield from _rivals(in_words(expression), other)

    def _used_before(
        self,
        constraint: shapes.UniqueValueWithin,
        shape: Shape,
        reached: Reached,
        focus: Reached,
    ) -> Iterator[Related]:
        """The first place of a value that must be unique."""
        assert shape.path is not None
        first = Reached(self._evaluator.first(constraint, reached.value, focus))
        for other in self._evaluator.expression(shape.path, first):
            if other.value == reached.value and other.far is not None:
                yield Related("first used here", other.far)

    def _collective(
        self,
        constraint: Collective,
        shape: Shape,
        values: list[Reached],
        focus: Reached,
        message: str,
        path: str,
        is_cut: bool,
    ) -> Breach:
        """The breach of a constraint by all values together."""
        others: list[Reached] = []
        match constraint:
            case shapes.Equals(other):
                others = self._evaluator.expression(other, focus)
            case shapes.QualifiedValueShape(inner, _, most) if most is not None:
                # If there are too many, the message should name only those that conform.
                found = [r for r in values if self._evaluator.conforms(inner, r)]
                values = found if is_cut or len(found) > self._context.value(most) else values
        place = focus.place if shape.path is None else self._missing(shape.path, focus)
        return Breach(
            None,
            tuple(r.value for r in values),
            place,
            _some(rel for r in (*values, *others) for rel in self._origins(r)),
            subject=path,
            message=message,
            more=is_cut,
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


def _some(related: Iterable[Related]) -> tuple[Related, ...]:
    """The first few, without duplicates: a value may be on both sides of a comparison."""
    return tuple(dict.fromkeys(related))[:_MOST_RELATED]


def _rivals(text: str, reached: Reached) -> list[Related]:
    """The places of a value that another was compared with."""
    return [
        Related(f"{text} is {shown(origin.value)}", place)
        for origin in reached.origins or (reached,)
        if (place := origin.far or origin.place) is not None
    ]


def _identity(value: Any) -> str:
    if isinstance(value, Node):
        return value.reference or "/".join(map(str, value.pointer))
    return str(value)
