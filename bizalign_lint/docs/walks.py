"""What a rule reads: the steps that its paths take through the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bizalign_lint.graph.revisions import BACK
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Step
from bizalign_lint.rules.language.paths import Sequence as PathSequence
from bizalign_lint.rules.language.shapes import (
    Aggregate,
    Arithmetic,
    Constraint,
    Expression,
    PathExpression,
    Qualified,
    Rule,
    Shape,
)
from bizalign_lint.schema.ontology import ObjectType, Ontology


@dataclass(frozen=True, slots=True)
class Read:
    """One property that a rule looks at, from whichever end."""

    kind: str
    """The kind whose property it is; a nested kind speaks for itself."""
    property: str
    """The way to it within a definition: ``lifecycle/active``."""
    to: str
    """The kind that it leads to; empty for a plain value."""


def reads(rule: Rule, ontology: Ontology) -> frozenset[Read]:
    """All that a rule about nodes looks at; empty for one that reports a condition."""
    if rule.shape is None:
        return frozenset()
    walks = _Walks(ontology, rule.transition)
    targets: Domain = tuple(ontology.types[target] for target in rule.targets)
    found = set(walks.shape(rule.shape, targets))
    if rule.where is not None:
        found.update(walks.shape(rule.where, targets))
    return frozenset(found)


def kinds_read(found: frozenset[Read]) -> frozenset[str]:
    """The kinds that something is read of."""
    return frozenset(kind for read in found for kind in (read.kind, read.to) if kind)


class _Walks:
    def __init__(self, ontology: Ontology, transition: str) -> None:
        self._walker = Walker(ontology, "", BACK[transition])

    def shape(self, shape: Shape, origins: Domain) -> Iterator[Read]:
        domain = origins
        if shape.path is not None:
            yield from self.expression(shape.path, origins)
            domain = self._domain(shape.path, origins)
        for constraint in shape.constraints:
            yield from self._constraint(constraint, origins, domain)

    def _constraint(
        self, constraint: Constraint, origins: Domain, domain: Domain
    ) -> Iterator[Read]:
        argument = constraint.argument
        match argument:
            case PathExpression() | Aggregate() | Arithmetic():
                yield from self.expression(argument, origins)
            case Qualified(shape):
                yield from self.shape(shape, domain)
            case Shape():
                yield from self.shape(argument, domain)
            case tuple():
                for part in argument:
                    if isinstance(part, Shape):
                        yield from self.shape(part, domain)

    def expression(self, expression: Expression, origins: Domain) -> Iterator[Read]:
        match expression:
            case PathExpression(path):
                yield from self._path(path, origins)
            case Arithmetic(_, left, right):
                yield from self.expression(left, origins)
                yield from self.expression(right, origins)
            case Aggregate(_, values, nodes, filter_shape):
                if nodes is not None:
                    yield from self.expression(nodes, origins)
                    origins = self._domain(nodes, origins)
                if filter_shape is not None:
                    yield from self.shape(filter_shape, origins)
                yield from self.expression(values, origins)

    def _domain(self, expression: Expression, origins: Domain) -> Domain:
        if not isinstance(expression, PathExpression):
            return ()
        return self._walker.path(expression.path, origins).domain

    def _path(self, path: Path, origins: Domain) -> Iterator[Read]:
        match path:
            case Step():
                for origin in origins:
                    if isinstance(origin, ObjectType):
                        yield from _step(path, origin)
            case PathSequence(parts):
                for part in parts:
                    yield from self._path(part, origins)
                    origins = self._walker.path(part, origins).domain
            case Alternative(parts):
                for part in parts:
                    yield from self._path(part, origins)
            case Repeat(part):
                reached = self._walker.path(path, origins).domain
                yield from self._path(part, tuple(dict.fromkeys((*origins, *reached))))


def _step(step: Step, origin: ObjectType) -> Iterator[Read]:
    if not step.inverse and (found := origin.properties.get(step.name)) is not None:
        names = found.relation.to if found.relation else ()
        if found.object is not None and found.object.name:
            names = (found.object.name,)
        way = _way(origin, step.name)
        yield from (Read(origin.entity.name, way, name) for name in names or ("",))
        return
    if step.inverse and origin.holder is not None and origin.holder[1] == step.name:
        yield Read(origin.holder[0].entity.name, _way(*origin.holder), "")
    for inverse, referrers in origin.inverses.items():
        for referrer in referrers:
            if (referrer.property if step.inverse else inverse) == step.name:
                way = _way(referrer.holder, referrer.property)
                yield Read(referrer.entity.name, way, origin.name)


def _way(type_: ObjectType, name: str) -> str:
    """The way to a property from the definition, or the nested node, that it belongs to."""
    while not type_.name and type_.holder is not None:
        type_, holder = type_.holder
        name = f"{holder}/{name}"
    return name
