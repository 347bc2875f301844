"""Which properties a rule reads, named by the kinds that have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bizalign_lint.graph.revisions import STEPS_BY_TRANSITION
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.paths import Step
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.reads import reads
from bizalign_lint.schema.ontology import ObjectType, Ontology


@dataclass(frozen=True, slots=True)
class Read:
    """One property that a rule looks at, from whichever end."""

    kind: str
    """The kind whose property it is; a nested kind counts on its own."""
    property: str
    """The way to it within a definition: ``lifecycle/active``."""
    to: str
    """The kind that it leads to; empty for a plain value."""


def properties_read(rule: Rule, ontology: Ontology) -> frozenset[Read]:
    """All that a rule about nodes looks at; empty for one that reports a condition."""
    if rule.shape is None:
        return frozenset()
    steps = reads(rule, Walker(ontology, "", STEPS_BY_TRANSITION[rule.transition])).steps
    return frozenset(read for step, origin in steps for read in _properties(step, origin))


def kinds_read(found: frozenset[Read]) -> frozenset[str]:
    """The kinds that something is read of."""
    return frozenset(kind for read in found for kind in (read.kind, read.to) if kind)


def _properties(step: Step, origin: ObjectType) -> Iterator[Read]:
    """The properties that a step from a node of some type goes along."""
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
