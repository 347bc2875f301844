"""Path steps against the ontology: what a step leads to, and how to take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..graph import NOTHING, Node
from ..ontology import WORKSPACE, ObjectType, Ontology, Property
from ..past import NAMED_BY, PREVIOUS, edge
from .derive import Get, derive, value_within
from .paths import Alternative, Path, Repeat, Step
from .paths import Sequence as PathSequence

Values = Sequence[Any]
Walk = Callable[[Any], Values]
"""From a node to the values that a path leads to."""

Domain = tuple[ObjectType | Property, ...]
"""What values may be: nodes of a type, or plain values of a property."""


class UnknownStepError(Exception):
    """A step that none of the types it starts from knows."""

    def __init__(self, step: Step, origins: Domain) -> None:
        super().__init__(step.name)
        self.step = step
        self.origins = origins


class Walked(NamedTuple):
    """A path made ready to walk."""

    walk: Walk
    domain: Domain
    get: Get | None = None
    """The same for a path that never leads to more than one value."""
    keys: tuple[str, ...] = ()
    """For a path that stays within the node's own values: the keys on the way."""

    @property
    def single(self) -> bool:
        """Whether it never leads to more than one value."""
        return self.get is not None


class Walker:
    """Makes functions of paths. ``as_of`` is the day that derived values are computed for.

    ``back`` are the steps that lead to an earlier revision, or on from there.
    """

    def __init__(self, ontology: Ontology, as_of: str, back: frozenset[str] = frozenset()) -> None:
        self.ontology = ontology
        self.as_of = as_of
        self.back = back
        self.taken: set[str] = set()
        """Those of them that paths have taken."""
        self._paths: dict[tuple[Path, Domain], Walked] = {}
        self._steps: dict[tuple[str, bool, ObjectType], Walked | None] = {}

    def leads(self, path: Path, origins: Domain) -> Callable[[Any], bool]:
        """Whether a path leads anywhere; that takes no more steps than to the first value."""
        match path:
            case PathSequence((first, *rest)):
                walked = self.path(first, origins)
                one = walked.walk
                other = self.leads(
                    PathSequence(tuple(rest)) if rest[1:] else rest[0], walked.domain
                )
                return lambda node: any(map(other, one(node)))
            case Alternative(parts):
                each = [self.leads(part, origins) for part in parts]
                return lambda node: any(leads(node) for leads in each)
        walk = self.path(path, origins).walk
        return lambda node: bool(walk(node))

    def path(self, path: Path, origins: Domain) -> Walked:
        """The function of a path that starts from any of some types.

        Raises UnknownStepError.
        """
        key = (path, origins)
        known = self._paths.get(key)
        if known is None:
            known = self._paths[key] = self._made(path, origins)
        return known

    def _made(self, path: Path, origins: Domain) -> Walked:
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
                return Walked(_either([w.walk for w in each]), _union(w.domain for w in each))
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
            return Walked(_maybe(once.walk), domain)
        if once.get is not None:
            return Walked(_chain(once.get, least), domain)
        return Walked(_closure(once.walk, least), domain)

    def _step(self, step: Step, origins: Domain) -> Walked:
        found: dict[ObjectType, Walked] = {}
        for origin in origins:
            if isinstance(origin, ObjectType):
                walked = self.step(step, origin)
                if walked is not None:
                    found[origin] = walked
        if not found:
            raise UnknownStepError(step, origins)
        if len(origins) == 1:
            return next(iter(found.values()))
        return _dispatch(found)

    def step(self, step: Step, origin: ObjectType) -> Walked | None:
        """One step from one type; None when the type does not know it."""
        key = (step.name, step.inverse, origin)
        if key not in self._steps:
            self._steps[key] = self._taken(step, origin)
        return self._steps[key]

    def _taken(self, step: Step, origin: ObjectType) -> Walked | None:
        if step.inverse:
            return _back(step.name, origin)
        property_ = origin.properties.get(step.name)
        if property_ is not None:
            return self._forward(property_, origin)
        if step.name in origin.inverses:
            referrers = origin.inverses[step.name]
            walk = _into([step.name], any(r.holder is not r.entity for r in referrers))
            return Walked(walk, _union((r.entity,) for r in referrers))
        if step.name == origin.parent and origin.holder is not None:
            return _held(origin)
        if step.name in self.back and origin.name and origin.name != WORKSPACE:
            self.taken.add(step.name)
            return _across(step.name, origin)
        return None

    def crosses(self, step: Step, origin: ObjectType) -> bool:
        """Whether a step leads from one revision to another."""
        known = {*origin.properties, *origin.inverses, origin.parent}
        return not step.inverse and step.name in self.back and step.name not in known

    def _forward(self, property_: Property, origin: ObjectType) -> Walked:
        name = property_.name
        if property_.derivation is not None:
            return _single(derive(property_.derivation, origin, self.as_of), (property_,))
        if property_.relation is not None:
            domain = tuple(self.ontology.types[kind] for kind in property_.relation.to)
            return Walked(_edges(name), domain, None if property_.many else _edge(name))
        if property_.object is not None:
            if property_.links or origin.name == WORKSPACE:
                get = None if property_.many else _edge(name)
                return Walked(_edges(name), (property_.object,), get)
            if property_.many:
                return Walked(_children(property_), (property_.object,))
            return _single(_child(property_), (property_.object,), (name,))
        if property_.many:
            return Walked(_list(name), (property_,))
        return _single(_value(name), (property_,), (name,))


def _across(name: str, origin: ObjectType) -> Walked:
    """To the same node at another revision, or to those that name one that is gone."""
    walk = _edges(edge(name))
    if name == NAMED_BY:
        return Walked(walk, _union(tuple(r.entity for r in rs) for rs in origin.inverses.values()))
    return Walked(walk, (origin,), _edge(edge(name)) if name == PREVIOUS else None)


def _single(get: Get, domain: Domain, keys: tuple[str, ...] = ()) -> Walked:
    """A path to one value at the most."""

    def walk(node: Any) -> Values:
        value = get(node)
        return NOTHING if value is None else (value,)

    return Walked(walk, domain, get, keys)


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
        return Walked(_either([holder.walk, walk]), _union((holder.domain, domain)))
    return Walked(walk, domain)


def _held(origin: ObjectType) -> Walked:
    """To what holds an object."""
    assert origin.holder is not None
    return _single(lambda node: node.holder, (origin.holder[0],))


def _union(domains: Iterable[Domain]) -> Domain:
    return tuple(dict.fromkeys(member for domain in domains for member in domain))


def _value(name: str) -> Get:
    return lambda node: node.values.get(name)


def _list(name: str) -> Walk:
    return lambda node: node.values.get(name, NOTHING)


def _edges(name: str) -> Walk:
    return lambda node: node.edges.get(name, NOTHING)


def _edge(name: str) -> Get:
    def get(node: Node) -> Node | None:
        found = node.edges.get(name)
        return found[0] if found else None

    return get


def _children(property_: Property) -> Walk:
    return lambda node: node.child(property_)


def _child(property_: Property) -> Get:
    def get(node: Node) -> Node | None:
        found = node.child(property_)
        return found[0] if found else None

    return get


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


def _dispatch(found: Mapping[ObjectType, Walked]) -> Walked:
    """A step that is another one for each type it starts from."""
    domain = _union(walked.domain for walked in found.values())
    walks = {type_: walked.walk for type_, walked in found.items()}
    gets = {type_: walked.get for type_, walked in found.items() if walked.get is not None}

    def get(value: Any) -> Any:
        one = gets.get(value.type) if isinstance(value, Node) else None
        return None if one is None else one(value)

    def walk(value: Any) -> Values:
        one = walks.get(value.type) if isinstance(value, Node) else None
        return NOTHING if one is None else one(value)

    return Walked(walk, domain, get if len(gets) == len(walks) else None)


def _after(first: Walked, second: Walked) -> Walked:
    """One path after the other; a node that several ways lead to appears once."""
    keys = (*first.keys, *second.keys) if first.keys and second.keys else ()
    if keys and isinstance(second.domain[0], Property):
        return _single(value_within(keys), second.domain, keys)
    one, other = first.walk, second.walk
    if first.get is not None:
        get_one, get_other = first.get, second.get
        if get_other is not None:
            return _single(_get_after(get_one, get_other), second.domain, keys)

        def through_one(node: Any) -> Values:
            middle = get_one(node)
            return NOTHING if middle is None else other(middle)

        return Walked(through_one, second.domain)

    def through_all(node: Any) -> Values:
        return [value for middle in one(node) for value in other(middle)]

    plain = not any(isinstance(member, ObjectType) for member in second.domain)
    return Walked(through_all if plain else _distinct(through_all), second.domain)


def _get_after(one: Get, other: Get) -> Get:
    def get(node: Any) -> Any:
        middle = one(node)
        return None if middle is None else other(middle)

    return get


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


def _chain(get: Get, least: int) -> Walk:
    """As often as it goes, where each node leads to one other at the most."""

    def run(node: Any) -> Values:
        found: dict[Any, None] = {}
        ahead = get(node) if least else node
        while ahead is not None and ahead not in found:
            found[ahead] = None
            ahead = get(ahead)
        return list(found)

    return run


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
