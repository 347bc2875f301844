"""The context in which one rule is compiled and explained: its paths, kinds and comparands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, assert_never

from bizalign_lint.core.clock import Clock, MovingDay, moved
from bizalign_lint.core.errors import RuleError
from bizalign_lint.core.suggest import with_nearest
from bizalign_lint.core.types import Pointer
from bizalign_lint.core.words import first_of
from bizalign_lint.graph.nodes import NOTHING, Graph, Node
from bizalign_lint.rules.compiled import cost
from bizalign_lint.rules.compiled.meter import Meter
from bizalign_lint.rules.compiled.steps import UnknownStepError, Walker
from bizalign_lint.rules.compiled.walks import Domain, Values, Walk, Walked
from bizalign_lint.rules.language.message import placeholders
from bizalign_lint.rules.language.paths import PathSyntaxError, parse
from bizalign_lint.rules.language.places import fail, step_place
from bizalign_lint.rules.language.rule import Measure, Rule
from bizalign_lint.rules.language.shapes import (
    AsOf,
    Comparand,
    Literal,
    Param,
    PathExpression,
    Shape,
)
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property
from bizalign_lint.schema.patterns import PatternError, Regex, compile_regex

Result = TypeVar("Result")

Scope = dict[tuple[Any, ...], Node]
"""The first node by kind, value and scope, for uniqueValueWithin."""


@dataclass(slots=True)
class Context:
    """The context of one rule: what compiling needs, and what has been compiled."""

    rule: Rule | Measure
    walker: Walker
    params: Mapping[str, Any]
    walks: dict[tuple[str, Domain], Walked] = field(default_factory=dict)
    fills: list[Callable[[Graph], None]] = field(default_factory=list)
    scopes: dict[int, Scope] = field(default_factory=dict)
    origins: dict[int, Domain] = field(default_factory=dict)
    """The domain from which each shape and aggregate starts, by its ``id``."""
    made: dict[tuple[int, ...], Any] = field(default_factory=dict)
    """Functions of single parts of the rule, made on demand."""

    @property
    def ontology(self) -> Ontology:
        """The kinds that paths lead through."""
        return self.walker.ontology

    @property
    def as_of(self) -> str:
        """The as-of date of the run, in ISO 8601."""
        return self.walker.as_of

    def prepare(self, graph: Graph) -> None:
        """Forget results for another graph, and fill the tables for this one."""
        self.walker.forget()
        for fill in self.fills:
            fill(graph)

    @property
    def meter(self) -> Meter:
        """The meter that counts the rule's steps."""
        return self.walker.meter

    @property
    def clock(self) -> Clock | None:
        """The clock that moves the as-of date; None if the date is fixed."""
        return self.as_of.clock if isinstance(self.as_of, MovingDay) else None

    def value(self, comparand: Comparand) -> Any:
        """The value of a comparand in this run."""
        match comparand:
            case Literal(value):
                return value
            case Param(name):
                return self.params[name]
            case AsOf(sign, duration):
                if duration is None:
                    return self.as_of
                return moved(self.as_of, str(self.value(duration)), sign)
            case _:
                assert_never(comparand)

    def pattern(self, regex: Regex, pointer: Pointer) -> Regex:
        """A pattern with the lists of words that it names (``$words.LANGUAGE.LIST``) inserted.

        Raises RuleError for an unknown list.
        """

        def words(named: re.Match[str]) -> str:
            language = self.ontology.languages.get(named[1])
            listed = () if language is None else language.lists.get(named[2], ())
            if not listed:
                message = f"unknown list of words {named[1]}.{named[2]}"
                raise fail(self.rule.document, pointer, message)
            return "|".join(map(re.escape, listed))

        text = _WORDS.sub(words, regex.text)
        if text == regex.text:
            return regex
        try:
            return compile_regex(text, regex.ignores_case)
        except PatternError as error:
            raise fail(self.rule.document, pointer, str(error)) from None

    def walk(self, expression: PathExpression, origins: Domain) -> Walked:
        """The function of a path.

        Raises RuleError, with its place, for a step that the ontology does not know.
        """
        key = (expression.text, origins)
        known = self.walks.get(key)
        if known is None:
            try:
                known = self.walker.path(expression.path, origins)
            except UnknownStepError as error:
                raise self._unknown(expression, error) from None
            if cost.of_path(expression.path) > _CHEAP:
                known = known._replace(walk=self._remembering(known.walk))
            self.walks[key] = known
        return known

    def leads(self, expression: PathExpression, origins: Domain) -> Callable[[Any], bool]:
        """Whether a path leads anywhere. Raises RuleError as ``walk`` does."""
        self.walk(expression, origins)
        return self.walker.leads(expression.path, origins)

    def each(self, finds: Callable[[Any], Result]) -> Callable[[Any], Result]:
        """A function that remembers its result for each node; for use with repeated nodes."""
        if self.clock is not None:
            return self.clock.memoized(finds)
        known: dict[Any, Result] = {}

        def run(value: Any) -> Result:
            found = known.get(value)
            if found is None:
                found = known[value] = finds(value)
            return found

        self.fills.append(lambda _: known.clear())
        return run

    def _remembering(self, walk: Walk) -> Walk:
        """A walk that remembers its last result; for paths walked repeatedly from one node."""
        if self.clock is not None:
            return self.clock.memoized(walk)
        last: Any = None
        values: Values = NOTHING

        def run(focus: Any) -> Values:
            nonlocal last, values
            if focus is not last:
                values = walk(focus)
                last = focus
            return values

        def forget(_: Graph) -> None:
            nonlocal last
            last = None

        self.fills.append(forget)
        return run

    def once(self, shape: Shape, conforms: Callable[[Any], bool]) -> Callable[[Any], bool]:
        """A test that remembers its result for each node, if the shape is expensive."""
        if cost.of_shape(shape) <= _CHEAP:
            return conforms
        memoized = self.each(conforms)
        return lambda value: (memoized if isinstance(value, Node) else conforms)(value)

    def _unknown(self, expression: PathExpression, error: UnknownStepError) -> RuleError:
        names = {name for origin in error.origins for name in _names(origin, error.step.inverse)}
        kinds = first_of([_shown(origin) for origin in error.origins], _MOST_KINDS)
        shown = f"^{error.step.name}" if error.step.inverse else error.step.name
        message = with_nearest(f"{kinds} has no {shown}", error.step.name, names)
        return RuleError(message, step_place(self.rule.document, expression, error.step))


_WORDS = re.compile(r"\$words\.(\w+)\.(\w+)")

_MOST_KINDS = 3

_CHEAP = 4
"""Up to this many steps, walking again is cheaper than remembering."""

_SPECIAL = frozenset({"title", "name", "kind", "value", "values", "count", "asOf", "left", "right"})


@cache
def placeholder_path(name: str) -> PathExpression | None:
    """The path in a placeholder; None if it is one of the fixed placeholders.

    Raises paths.PathSyntaxError.
    """
    if name in _SPECIAL or name.startswith("params."):
        return None
    name = name.removeprefix("value/")
    return PathExpression(parse(name), name, ("message",))


def check_message(context: Context, template: str, pointer: Pointer, targets: Domain) -> None:
    """Raise RuleError for an unknown placeholder in a message."""
    for name in placeholders(template):
        if name.startswith("params."):
            if name.removeprefix("params.") not in context.params:
                raise fail(context.rule.document, pointer, f"unknown parameter {name}")
            continue
        try:
            path = placeholder_path(name)
        except PathSyntaxError as error:
            message = f"{{{name}}} is not a path: {error}"
            raise fail(context.rule.document, pointer, message) from None
        if path is not None and not name.startswith("value/"):
            context.walk(path, targets)


def check_template(
    context: Context, template: str, pointer: Pointer, known: Collection[str]
) -> None:
    """Raise RuleError for a placeholder in a template that is not among the known ones."""
    for name in placeholders(template):
        if name not in known:
            message = f"{{{name}}} has no meaning here; use one of {', '.join(sorted(known))}"
            raise fail(context.rule.document, pointer, message)


def type_of(context: Context, kind: str, pointer: Pointer) -> ObjectType:
    """The type of a kind. Raises RuleError, with a suggestion, if it is unknown."""
    found = context.ontology.types.get(kind)
    if found is None:
        message = with_nearest(f"unknown kind {kind}", kind, context.ontology.types)
        raise fail(context.rule.document, pointer, message)
    return found


def _names(origin: ObjectType | Property, inverse: bool) -> Iterable[str]:
    if not isinstance(origin, ObjectType):
        return
    if inverse:
        yield from (r.property for referrers in origin.inverses.values() for r in referrers)
        if origin.holder is not None:
            yield origin.holder[1]
        return
    yield from origin.properties
    yield from origin.inverses
    if origin.parent:
        yield origin.parent


def _shown(origin: ObjectType | Property) -> str:
    if isinstance(origin, ObjectType):
        if origin.name or origin.holder is None:
            return origin.name
        return f"{_shown(origin.holder[0])}.{origin.holder[1]}"
    return f"the value of {origin.name}"
