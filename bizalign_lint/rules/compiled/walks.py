"""Walks from values to values: the single steps of paths, and their combinations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from bizalign_lint.graph.nodes import NOTHING, Node
from bizalign_lint.graph.revisions import NAMED_BY, PREVIOUS, edge_key
from bizalign_lint.rules.compiled.derive import value_within
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.schema.ontology import ObjectType, Property

Values = Sequence[Any]
Walk = Callable[[Any], Values]
"""Gives the values that a path leads to from a node."""

Take = Callable[[int], None]
"""Counts steps on a path that may be long."""

Domain = tuple[ObjectType | Property, ...]
"""What values may be: nodes of a type, or plain values of a property."""


class Walked(NamedTuple):
    """A path, compiled."""

    walk: Walk
    domain: Domain
    get: Get | None = None
    """The function for a path that leads to at most one value; None for any other path."""
    keys: tuple[str, ...] = ()
    """The keys of a path that stays within the node's own values; empty for any other path."""

    def same_as(self, other: Walked) -> bool:
        """Whether both have the same functions, whatever their domains."""
        return self.walk is other.walk and self.get is other.get and self.keys == other.keys

    @property
    def single(self) -> bool:
        """Whether it leads to at most one value."""
        return self.get is not None


def across(name: str, origin: ObjectType) -> Walked:
    """Leads to the same node at another revision, or to the nodes that name a removed one."""
    walk = all_edges(edge_key(name))
    if name == NAMED_BY:
        return Walked(walk, union(tuple(r.entity for r in rs) for rs in origin.inverses.values()))
    return Walked(walk, (origin,), one_edge(edge_key(name)) if name == PREVIOUS else None)


def to_one(get: Get, domain: Domain, keys: tuple[str, ...] = ()) -> Walked:
    """A path to at most one value."""

    def walk(node: Any) -> Values:
        value = get(node)
        return NOTHING if value is None else (value,)

    return Walked(walk, domain, get, keys)


def back(name: str, origin: ObjectType) -> Walked | None:
    """``^name``: leads to the objects that refer to a node, or hold it, by that property."""
    is_held = origin.holder is not None and origin.holder[1] == name
    inverses = {
        inverse: [r.holder for r in referrers if r.property == name]
        for inverse, referrers in origin.inverses.items()
        if any(r.property == name for r in referrers)
    }
    if not inverses:
        return held(origin) if is_held else None
    walk = into([*inverses], entities=False)
    if any(r.property != name for inverse in inverses for r in origin.inverses[inverse]):
        walk = _of_types(walk, frozenset(t for types in inverses.values() for t in types))
    domain = union(tuple(types) for types in inverses.values())
    if is_held:
        holder = held(origin)
        return Walked(either([holder.walk, walk]), union((holder.domain, domain)))
    return Walked(walk, domain)


def held(origin: ObjectType) -> Walked:
    """Leads to the holder of an object."""
    assert origin.holder is not None
    return to_one(lambda node: node.holder, (origin.holder[0],))


def union(domains: Iterable[Domain]) -> Domain:
    """The members of all domains, without duplicates."""
    return tuple(dict.fromkeys(member for domain in domains for member in domain))


@cache
def one_value(name: str) -> Walked:
    """Leads to the plain value of a property, in any object."""
    return to_one(lambda node: node.values.get(name), (), (name,))


@cache
def all_values(name: str) -> Walk:
    """Leads to the plain values of a property with a list."""
    return lambda node: node.values.get(name, NOTHING)


@cache
def all_edges(name: str) -> Walk:
    """Leads to the nodes that a property refers to or holds."""
    return lambda node: node.edges.get(name, NOTHING)


@cache
def one_edge(name: str) -> Get:
    """The same for a property with at most one node."""

    def get(node: Node) -> Node | None:
        found = node.edges.get(name)
        return found[0] if found else None

    return get


def all_children(property_: Property) -> Walk:
    """Leads to the objects in the list of a property."""
    return lambda node: node.child(property_)


def one_child(property_: Property) -> Get:
    """Leads to the object of a property."""

    def get(node: Node) -> Node | None:
        found = node.child(property_)
        return found[0] if found else None

    return get


@cache
def _into_one(name: str) -> Walk:
    return lambda node: node.into.get(name, NOTHING)


def into(inverses: list[str], entities: bool) -> Walk:
    """Leads to the nodes that refer to a node, by some inverse names."""
    if len(inverses) == 1 and not entities:
        return _into_one(*inverses)

    def walk(node: Node) -> Values:
        into = node.into
        found = [referrer for name in inverses for referrer in into.get(name, NOTHING)]
        if entities:
            found = [referrer.entity for referrer in found]
        return list(dict.fromkeys(found))

    return walk


def _of_types(walk: Walk, types: frozenset[ObjectType]) -> Walk:
    return lambda node: [found for found in walk(node) if found.type in types]


def dispatch(found: Mapping[ObjectType, Walked]) -> Walked:
    """A step with another function for each type that it starts from."""
    domain = union(walked.domain for walked in found.values())
    walks = {type_: walked.walk for type_, walked in found.items()}
    gets = {type_: walked.get for type_, walked in found.items() if walked.get is not None}

    def get(value: Any) -> Any:
        one = gets.get(value.type) if isinstance(value, Node) else None
        return None if one is None else one(value)

    def walk(value: Any) -> Values:
        one = walks.get(value.type) if isinstance(value, Node) else None
        return NOTHING if one is None else one(value)

    return Walked(walk, domain, get if len(gets) == len(walks) else None)


def after(first: Walked, second: Walked, take: Take) -> Walked:
    """One path after the other; a node that is reached several times appears once."""
    keys = (*first.keys, *second.keys) if first.keys and second.keys else ()
    if keys and isinstance(second.domain[0], Property):
        return to_one(value_within(keys), second.domain, keys)
    one, other = first.walk, second.walk
    if first.get is not None:
        get_one, get_other = first.get, second.get
        if get_other is not None:
            return to_one(_get_after(get_one, get_other), second.domain, keys)

        def through_one(node: Any) -> Values:
            middle = get_one(node)
            return NOTHING if middle is None else other(middle)

        return Walked(through_one, second.domain)

    joined = _joined(second.domain)
    if second.get is not None:
        return Walked(_through_to_one(one, second.get, joined, take), second.domain)
    return Walked(_through(one, other, joined, take), second.domain)


def _joined(domain: Domain) -> Callable[[list[Any]], Values]:
    """Joins the values that were reached into one list, in which each node appears once."""
    nodes = sum(isinstance(member, ObjectType) for member in domain)
    if nodes == 0:
        return lambda values: values
    return _once if nodes == len(domain) else distinct


def _once(nodes: list[Any]) -> Values:
    return nodes if len(nodes) < 2 else list(dict.fromkeys(nodes))


def _through(one: Walk, other: Walk, joined: Callable[[list[Any]], Values], take: Take) -> Walk:
    """Leads to all values of the second path, from each value of the first."""

    def walk(node: Any) -> Values:
        middles = one(node)
        if not middles:
            return NOTHING
        if len(middles) == 1:
            return other(middles[0])
        values = [value for middle in middles for value in other(middle)]
        take(len(middles) + len(values))
        return joined(values)

    return walk


def _through_to_one(one: Walk, get: Get, joined: Callable[[list[Any]], Values], take: Take) -> Walk:
    """The same for a second path to at most one value."""

    def walk(node: Any) -> Values:
        middles = one(node)
        if not middles:
            return NOTHING
        values = [value for middle in middles if (value := get(middle)) is not None]
        take(len(middles) + len(values))
        return joined(values)

    return walk


def _get_after(one: Get, other: Get) -> Get:
    def get(node: Any) -> Any:
        middle = one(node)
        return None if middle is None else other(middle)

    return get


def distinct(values: Iterable[Any]) -> list[Any]:
    """The values without duplicate nodes."""
    seen: set[Node] = set()
    found = []
    for value in values:
        if isinstance(value, Node):
            if value in seen:
                continue
            seen.add(value)
        found.append(value)
    return found


def either(walks: Sequence[Walk]) -> Walk:
    """Leads to the values of all walks, each node once."""

    def run(node: Any) -> Values:
        found = [values for walk in walks if (values := walk(node))]
        if len(found) < 2:
            return found[0] if found else NOTHING
        return distinct([value for values in found for value in values])

    return run
