"""Which nodes a rule may look at: the paths that lead from its target to them."""

from __future__ import annotations

from typing import Any, NamedTuple

from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.context import Context, placeholder_path
from bizalign_lint.rules.compiled.steps import UnknownStepError
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.message import placeholders
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Sequence, Step
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Expression,
    Number,
    PathExpression,
    Qualified,
    Shape,
)
from bizalign_lint.schema.ontology import ObjectType

Prefix = tuple[Path, ...]
"""The beginning of a path, step by step."""


class Spot(NamedTuple):
    """Where a rule stands after the beginning of a path."""

    prefix: Prefix
    domain: Domain


def reads(compiled: CompiledRule) -> dict[Prefix, frozenset[ObjectType]]:
    """The ways that a rule goes, each with the types of the nodes that it may come to."""
    reader = _Reader(compiled.context)
    rule = compiled.rule
    start = Spot((), tuple(compiled.context.ontology.types[kind] for kind in rule.targets))
    reader.note(start)
    if rule.where is not None:
        reader.shape(rule.where, start)
    assert rule.shape is not None
    reader.shape(rule.shape, start)
    reader.messages(rule.message, start)
    return {prefix: frozenset(types) for prefix, types in reader.found.items()}


class _Reader:
    def __init__(self, context: Context) -> None:
        self.found: dict[Prefix, set[ObjectType]] = {}
        self._walker = context.walker
        self._values: list[Spot] = []
        self._said: list[str] = []

    def note(self, spot: Spot) -> Spot:
        types = {member for member in spot.domain if isinstance(member, ObjectType)}
        if types:
            self.found.setdefault(spot.prefix, set()).update(types)
        return spot

    def shape(self, shape: Shape, focus: Spot) -> None:
        spots = [focus] if shape.path is None else self._expression(shape.path, focus)
        self._values += spots
        if shape.message:
            self._said.append(shape.message)
        for constraint in shape.constraints:
            self._argument(constraint.argument, focus, spots)

    def _argument(self, argument: Any, focus: Spot, spots: list[Spot]) -> None:
        if isinstance(argument, Shape):
            for spot in spots:
                self.shape(argument, spot)
        elif isinstance(argument, Qualified):
            for spot in spots:
                self.shape(argument.shape, spot)
        elif isinstance(argument, PathExpression | Aggregate | Arithmetic):
            self._expression(argument, focus)
        elif type(argument) is tuple:
            for part in argument:
                self._argument(part, focus, spots)

    def messages(self, message: str, start: Spot) -> None:
        """What messages tell, once all shapes have been seen."""
        for text in (message, *self._said):
            for name in placeholders(text):
                path = placeholder_path(name)
                if path is not None:
                    starts = self._values if name.startswith("value/") else [start]
                    for spot in (start, *starts):
                        self._path(path.path, spot)

    def _expression(self, expression: Expression, focus: Spot) -> list[Spot]:
        match expression:
            case PathExpression(path):
                return [self._path(path, focus)]
            case Number():
                return []
            case Arithmetic(_, left, right):
                return [*self._expression(left, focus), *self._expression(right, focus)]
            case Aggregate():
                nodes = [focus]
                if expression.nodes is not None:
                    nodes = self._expression(expression.nodes, focus)
                for spot in nodes:
                    if expression.filter_shape is not None:
                        self.shape(expression.filter_shape, spot)
                return [end for s in nodes for end in self._expression(expression.values, s)]

    def _path(self, path: Path, spot: Spot) -> Spot:
        match path:
            case Sequence(parts):
                for part in parts:
                    spot = self._path(part, spot)
                return spot
            case Alternative(parts):
                for part in parts:
                    self._path(part, spot)
            case Repeat(part, _, many):
                path = Repeat(part, 0, many)
                self._path(part, self._after(path, spot) if many else spot)
        return self.note(self._after(path, spot))

    def _after(self, path: Path, spot: Spot) -> Spot:
        try:
            domain = self._walker.path(path, spot.domain).domain
        except UnknownStepError:
            domain = ()
        return Spot((*spot.prefix, _bare(path)), domain)


def _bare(path: Path) -> Path:
    """A path without where its steps stand in the text of a rule."""
    match path:
        case Step():
            return path._replace(offset=0)
        case Repeat():
            return path._replace(part=_bare(path.part))
    return path._replace(parts=tuple(map(_bare, path.parts)))
