"""Path steps against the ontology: what a step leads to, and how to take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..graph import NOTHING, Node
from ..ontology import WORKSPACE, ObjectType, Ontology, Property
from .derive import Values, Walk, derive
from .paths import Alternative, Path, Repeat, Step
from .paths import Sequence as PathSequence

Domain = tuple[ObjectType | Property, ...]
"""What values may be: nodes of a type, or plain values of a property."""


class UnknownStepError(Exception):
    """A step that none of the types it starts from knows."""

    def __init__(self, step: Step, origins: Domain) -> None:
        super().__init__(step.name)
        self.step = step
        self.origins = origins


@dataclass(frozen=True, slots=True)
class Walked:
    """A path made ready to walk."""

    walk: Walk
    domain: Domain
    single: bool
    """Whether it never leads to more than one value."""


class Walker:
    """Makes functions of paths. ``as_of`` is the day that derived values are computed for."""

    def __init__(self, ontology: Ontology, as_of: str) -> None:
        self._ontology = ontology
        self._as_of = as_of

    def path(self, path: Path, origins: Domain) -> Walked:
        """The function of a path that starts from any of some types.

        Raises UnknownStepError.
        """
        match path:
            case Step():
                return self._step(path, origins)
            case PathSequence(parts):
                walked = self.path(parts[0], origins)
                for part in parts[1:]:
                    walked = _after(walked, self.path(part, walked.domain))
                return walked
            case Alternative(parts):
                each = [self.path(part, origins) for part in parts]
                return Walked(
                    _either([w.walk for w in each]), _union(w.domain for w in each), False
                )
            case Repeat(part, least, many):
                return self._repeat(part, least, many, origins)

    def _repeat(self, part: Path, least: int, many: bool, origins: Domain) -> Walked:
        reached = origins
        once = self.path(part, origins)
        while many:
            wider = _union((reached, once.domain))
            if wider == reached:
                break
            reached = wider
            once = self.path(part, reached)
        domain = _union((reached, once.domain)) if not least else once.domain
        if not many:
            return Walked(_maybe(once.walk), domain, False)
        return Walked(_closure(once.walk, least), domain, False)

    def _step(self, step: Step, origins: Domain) -> Walked:
        by_type: dict[ObjectType, Walk] = {}
        domains: list[Domain] = []
        single = True
        for origin in origins:
            if not isinstance(origin, ObjectType):
                continue
            found = self.step(step, origin)
            if found is not None:
                by_type[origin] = found.walk
                domains.append(found.domain)
                single = single and found.single
        if not by_type:
            raise UnknownStepError(step, origins)
        if len(origins) == 1:
            return Walked(next(iter(by_type.values())), domains[0], single)
        return Walked(_dispatch(by_type), _union(domains), single)

    def step(self, step: Step, origin: ObjectType) -> Walked | None:
        """One step from one type; None when the type does not know it."""
        if step.inverse:
            return _back(step.name, origin)
        property_ = origin.properties.get(step.name)
        if property_ is not None:
            return self._forward(property_, origin)
        if step.name in origin.inverses:
            referrers = origin.inverses[step.name]
            walk = _into([step.name], any(r.holder is not r.entity for r in referrers))
            return Walked(walk, _union((r.entity,) for r in referrers), False)
        if step.name == origin.parent and origin.holder is not None:
            return _held(origin)
        return None

    def _forward(self, property_: Property, origin: ObjectType) -> Walked:
        name = property_.name
        if property_.derivation is not None:
            return Walked(derive(property_.derivation, origin, self._as_of), (property_,), True)
        if property_.relation is not None:
            types = self._ontology.types
            domain = tuple(types[kind] for kind in property_.relation.to)
            return Walked(_edges(name), domain, not property_.many)
        if property_.object is not None:
            linked = property_.links or origin.name == WORKSPACE
            walk = _edges(name) if linked else _child(property_)
            return Walked(walk, (property_.object,), not property_.many)
        return Walked(
            _list(name) if property_.many else _value(name), (property_,), not property_.many
        )


def _back(name: str, origin: ObjectType) -> Walked | None:
    """``^name``: to the objects that refer to a node, or hold it, by that property."""
    held = origin.holder is not None and origin.holder[1] == name
    inverses = {
        inverse: [r.holder for r in referrers if r.property == name]
        for inverse, referrers in origin.inverses.items()
        if any(r.property == name for r in referrers)
    }
    if not inverses:
        return _held(origin) if held else None
    walk = _into([*inverses], entities=False)
    if any(r.property != name for inverse in inverses for r in origin.inverses[inverse]):
        walk = _of_types(walk, frozenset(t for types in inverses.values() for t in types))
    domain = _union(tuple(types) for types in inverses.values())
    if held:
        holder = _held(origin)
        return Walked(_either([holder.walk, walk]), _union((holder.domain, domain)), False)
    return Walked(walk, domain, False)


def _held(origin: ObjectType) -> Walked:
    """To what holds an object."""
    assert origin.holder is not None
    return Walked(_holder, (origin.holder[0],), True)


def _union(domains: Iterable[Domain]) -> Domain:
    return tuple(dict.fromkeys(member for domain in domains for member in domain))


def _value(name: str) -> Walk:
    def walk(node: Node) -> Values:
        value = node.values.get(name)
        return NOTHING if value is None else (value,)

    return walk


def _list(name: str) -> Walk:
    return lambda node: node.values.get(name, NOTHING)


def _edges(name: str) -> Walk:
    return lambda node: node.edges.get(name, NOTHING)


def _child(property_: Property) -> Walk:
    return lambda node: node.child(property_)


def _holder(node: Node) -> Values:
    return NOTHING if node.holder is None else (node.holder,)


def _into(inverses: list[str], entities: bool) -> Walk:
    """To the nodes that refer to this one under some inverse names."""
    if len(inverses) == 1 and not entities:
        (name,) = inverses
        return lambda node: node.into.get(name, NOTHING)

    def walk(node: Node) -> Values:
        into = node.into
        found = [referrer for name in inverses for referrer in into.get(name, NOTHING)]
        if entities:
            found = [referrer.entity for referrer in found]
        return list(dict.fromkeys(found))

    return walk


def _of_types(walk: Walk, types: frozenset[ObjectType]) -> Walk:
    return lambda node: [found for found in walk(node) if found.type in types]


def _dispatch(by_type: Mapping[ObjectType, Walk]) -> Walk:
    def walk(value: Any) -> Values:
        if not isinstance(value, Node):
            return NOTHING
        found = by_type.get(value.type)
        return NOTHING if found is None else found(value)

    return walk


def _after(first: Walked, second: Walked) -> Walked:
    """One path after the other; a node that several ways lead to appears once."""
    one, other = first.walk, second.walk
    if first.single:

        def through_one(node: Any) -> Values:
            for middle in one(node):
                return other(middle)
            return NOTHING

        return Walked(through_one, second.domain, second.single)

    def through_all(node: Any) -> Values:
        return [value for middle in one(node) for value in other(middle)]

    plain = not any(isinstance(member, ObjectType) for member in second.domain)
    return Walked(through_all if plain else _distinct(through_all), second.domain, False)


def distinct(values: Iterable[Any]) -> list[Any]:
    """The values without the nodes that were there already."""
    seen: set[Node] = set()
    found = []
    for value in values:
        if isinstance(value, Node):
            if value in seen:
                continue
            seen.add(value)
        found.append(value)
    return found


def _distinct(walk: Walk) -> Walk:
    def run(node: Any) -> Values:
        values = walk(node)
        return values if len(values) < 2 else distinct(values)

    return run


def _either(walks: list[Walk]) -> Walk:
    return lambda node: distinct([value for walk in walks for value in walk(node)])


def _maybe(walk: Walk) -> Walk:
    return lambda node: distinct((node, *walk(node)))


def _closure(walk: Walk, least: int) -> Walk:
    """As often as it goes: breadth first, each node once."""

    def run(node: Any) -> Values:
        found: dict[Any, None] = {}
        ahead = [node] if not least else [*walk(node)]
        while ahead:
            behind = [value for value in dict.fromkeys(ahead) if value not in found]
            found.update(dict.fromkeys(behind))
            ahead = [further for value in behind for further in walk(value)]
        return list(found)

    return run
