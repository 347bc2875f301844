"""What a rule reads: the nodes that it may reach, and the steps that it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, assert_never

from bizalign_lint.rules.compiled.context import placeholder_path
from bizalign_lint.rules.compiled.steps import UnknownStepError, Walker
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.message import placeholders
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Sequence, Step
from bizalign_lint.rules.language.rule import Need, Rule
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Expression,
    Number,
    PathExpression,
    Shape,
    children,
)
from bizalign_lint.schema.ontology import ObjectType

Prefix = tuple[Path, ...]
"""The first parts of a path."""


class Reads(NamedTuple):
    """What a rule about nodes reads."""

    nodes: dict[Prefix, frozenset[ObjectType]]
    """The paths from a target to the nodes that it may reach, with the types of these nodes."""
    steps: frozenset[tuple[Step, ObjectType]]
    """The steps that affect its verdict (messages do not), with the types that they start at."""


class _End(NamedTuple):
    """The end of a prefix: the path up to there, and what may be there."""

    prefix: Prefix
    domain: Domain


def reads(rule: Rule, walker: Walker) -> Reads:
    """What a rule with a shape reads. ``walker`` knows the transition that the rule is about."""
    assert rule.shape is not None
    reader = _Reader(walker)
    start = _End((), tuple(walker.ontology.types[kind] for kind in rule.targets))
    reader.note(start)
    if rule.where is not None:
        reader.shape(rule.where, start)
    reader.shape(rule.shape, start)
    steps = frozenset(reader.steps)
    for need in rule.needs:
        reader.need(need, start)
    if rule.absence is not None:
        reader.shape(Shape(rule.absence.of, (), ()), start)
    reader.messages(rule.message, start)
    return Reads({prefix: frozenset(types) for prefix, types in reader.nodes.items()}, steps)


class _Reader:
    def __init__(self, walker: Walker) -> None:
        self.nodes: dict[Prefix, set[ObjectType]] = {}
        self.steps: set[tuple[Step, ObjectType]] = set()
        self._walker = walker
        self._values: list[_End] = []
        self._messages: list[str] = []

    def note(self, end: _End) -> _End:
        if types := _types(end):
            self.nodes.setdefault(end.prefix, set()).update(types)
        return end

    def shape(self, shape: Shape, focus: _End) -> None:
        values = [focus] if shape.path is None else self._expression(shape.path, focus)
        self._values += values
        if shape.message:
            self._messages.append(shape.message)
        for child in children(shape):
            if not isinstance(child, Shape):
                self._expression(child, focus)
                continue
            for end in values:
                self.shape(child, end)

    def need(self, need: Need, focus: _End) -> None:
        """Record the paths to a fact."""
        if need.where is not None:
            self.shape(need.where, focus)
        end = focus if need.nodes is None else self._path(need.nodes.path, focus)
        if need.filter_shape is not None:
            self.shape(need.filter_shape, end)
        self._path(need.path.path, end)

    def messages(self, message: str, start: _End) -> None:
        """Record the paths in messages, after those of all shapes."""
        for text in (message, *self._messages):
            for name in placeholders(text):
                path = placeholder_path(name)
                if path is not None:
                    starts = self._values if name.startswith("value/") else [start]
                    for end in (start, *starts):
                        self._path(path.path, end)

    def _expression(self, expression: Expression, focus: _End) -> list[_End]:
        match expression:
            case PathExpression(path):
                return [self._path(path, focus)]
            case Number():
                return []
            case Arithmetic(_, left, right):
                return [*self._expression(left, focus), *self._expression(right, focus)]
            case Aggregate(_, values, nodes, filter_shape):
                starts = [focus] if nodes is None else self._expression(nodes, focus)
                if filter_shape is not None:
                    for end in starts:
                        self.shape(filter_shape, end)
                return [end for start in starts for end in self._expression(values, start)]
            case _:
                assert_never(expression)

    def _path(self, path: Path, start: _End) -> _End:
        match path:
            case Step():
                step = path._replace(offset=0)
                for type_ in _types(start):
                    self.steps.add((step, type_))
                    if inherited := inheritance_path(step, type_):
                        self._path(inherited, start)
            case Sequence(parts):
                for part in parts:
                    start = self._path(part, start)
                return start
            case Alternative(parts):
                for part in parts:
                    self._path(part, start)
            case Repeat(part, _, many):
                path = Repeat(part, 0, many)
                self._path(part, self._after(path, start) if many else start)
            case _:
                assert_never(path)
        return self.note(self._after(path, start))

    def _after(self, path: Path, start: _End) -> _End:
        try:
            domain = self._walker.path(path, start.domain).domain
        except UnknownStepError:
            domain = ()
        return _End((*start.prefix, _bare(path)), domain)


def inheritance_path(step: Step, type_: ObjectType) -> Path | None:
    """The path along which an inherited value is looked up; None for any other step."""
    property_ = None if step.inverse else type_.properties.get(step.name)
    if property_ is None or property_.derivation is None or not property_.derivation.along:
        return None
    names = property_.derivation.paths[0]
    up = Repeat(Step(property_.derivation.along), 0, True)
    return Sequence((up, *map(Step, names)))


def _types(end: _End) -> Iterable[ObjectType]:
    return [member for member in end.domain if isinstance(member, ObjectType)]


def _bare(path: Path) -> Path:
    """A path without the offsets of its steps in the text of a rule."""
    match path:
        case Step():
            return path._replace(offset=0)
        case Repeat():
            return path._replace(part=_bare(path.part))
    return path._replace(parts=tuple(map(_bare, path.parts)))
