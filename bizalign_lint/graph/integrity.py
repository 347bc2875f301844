"""Flaws of a linked graph that the schemas declare: order of dates, terms, hierarchies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.core.types import Flaw, Place, Pointer, Related
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.trust import Trust, trusts
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property, Relation

Terms = Mapping[str, Mapping[str, frozenset[str]]]
Wrong = tuple[tuple[Pointer, ...], Flaw]
"""What is wrong, and the values that cannot be relied on for that."""


def flaws(graph: Graph, ontology: Ontology) -> list[Flaw]:
    """What contradicts the annotations ``x-order``, ``x-vocabulary`` and ``hierarchy``."""
    found: list[Flaw] = []
    for kind in ontology.kinds.values():
        for type_ in (kind.type, *kind.nested):
            nodes = graph.kinds[type_.name]
            if nodes and declares(type_):
                for node in nodes:
                    found += of_values(node, ontology, graph.trust)
        if nodes := graph.kinds[kind.name]:
            found += of_hierarchies(nodes, kind.type, graph.trust)
    return found


def of_values(node: Node, ontology: Ontology, trust: Trust[Node]) -> list[Flaw]:
    """The same for the values of one node."""
    found: list[Flaw] = []
    for pointers, flaw in _object(node, node.type, node.values, None, ontology.vocabularies):
        for pointer in pointers:
            # The property of the node that the pointer leads through.
            trust.distrust(node, str(pointer[len(node.pointer) or 1]), flaw)
        found.append(flaw)
    return found


def of_hierarchies(nodes: list[Node], type_: ObjectType, trust: Trust[Node]) -> list[Flaw]:
    """The same for the trees that all nodes of a kind form."""
    found: list[Flaw] = []
    for property_ in hierarchies(type_):
        assert property_.relation is not None
        found += _cycles(nodes, property_, trust)
        if property_.relation.hierarchy:
            found += _levels(nodes, property_, property_.relation, trust)
    return found


def hierarchies(type_: ObjectType) -> list[Property]:
    """The properties of a type that lead up a tree."""
    return [p for p in type_.properties.values() if p.relation and p.relation.hierarchy is not None]


def declares(type_: ObjectType) -> bool:
    """Whether there is anything to look at in an object of that type."""
    return bool(type_.order) or any(
        p.vocabulary is not None
        or (p.object is not None and not p.object.name and declares(p.object))
        for p in type_.properties.values()
    )


def _object(
    node: Node,
    type_: ObjectType,
    values: Mapping[str, Any],
    within: Pointer | None,
    terms: Terms,
) -> Iterator[Wrong]:
    if type_.order:
        yield from _order(node, type_, values, within)
    for property_ in type_.properties.values():
        if property_.vocabulary is not None:
            yield from _term(node, property_, values, within, terms)
        if property_.object is None or property_.object.name or not declares(property_.object):
            continue
        value = values.get(property_.name)
        pointer = _pointer(node, property_, within)
        if isinstance(value, dict):
            yield from _object(node, property_.object, value, pointer, terms)
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _object(node, property_.object, item, (*pointer, position), terms)


def _pointer(node: Node, property_: Property, within: Pointer | None) -> Pointer:
    return node.pointer_to(property_) if within is None else (*within, property_.name)


def _place(node: Node, pointer: Pointer) -> Place:
    assert node.document is not None
    return Place(node.document, pointer)


def _order(
    node: Node,
    type_: ObjectType,
    values: Mapping[str, Any],
    within: Pointer | None,
) -> Iterator[Wrong]:
    earlier = ""
    before = ""
    for name in type_.order:
        date = values.get(name)
        if not isinstance(date, str):
            continue
        if date < before:
            pointer = _pointer(node, type_.properties[name], within)
            first = _pointer(node, type_.properties[earlier], within)
            flaw = Flaw(
                conditions.ORDER,
                _place(node, pointer),
                {"earlier": earlier, "earlierDate": before, "later": name, "laterDate": date},
                subject=f"{name} {date}",
                related=(Related(f"{earlier} is {before}", _place(node, first)),),
            )
            yield (pointer, first), flaw
            return
        earlier, before = name, date


def _term(
    node: Node,
    property_: Property,
    values: Mapping[str, Any],
    within: Pointer | None,
    terms: Terms,
) -> Iterator[Wrong]:
    vocabulary = property_.vocabulary
    value = values.get(property_.name)
    assert vocabulary is not None
    version = values.get(vocabulary.version)
    if not isinstance(version, str) or not isinstance(value, str):
        return
    lists = terms.get(version)
    if lists is None:
        pointer = (*_pointer(node, property_, within)[:-1], vocabulary.version)
        wrong, list_, known, shown = version, vocabulary.version, set(terms), "this release"
    else:
        pointer = _pointer(node, property_, within)
        known = set(lists.get(vocabulary.list, ()))
        wrong, list_, shown = value, vocabulary.list, version
    if wrong in known:
        return
    near = nearest(wrong, known)
    flaw = Flaw(
        conditions.UNKNOWN_TERM,
        _place(node, pointer),
        {
            "value": wrong,
            "list": list_,
            "version": shown,
            "suggestion": suggestion(near),
            "near": near or "",
        },
        subject=wrong,
    )
    yield (pointer,), flaw


def _cycles(nodes: list[Node], property_: Property, trust: Trust[Node]) -> Iterator[Flaw]:
    name = property_.name
    done: set[Node] = set()
    for start in nodes:
        way: dict[Node, None] = {}
        node: Node | None = start
        while node is not None and node not in done and node not in way:
            way[node] = None
            node = next(iter(node.edges.get(name, ())), None)
        if node is not None and node in way:
            round_ = [*way]
            round_ = round_[round_.index(node) :]
            shown = " → ".join(member.name for member in (*round_, round_[0]))
            flaw = Flaw(
                conditions.CYCLE,
                _place(round_[0], round_[0].pointer_to(property_)),
                {"cycle": shown},
                subject=shown,
                related=tuple(
                    Related("and so on here", _place(member, member.pointer_to(property_)))
                    for member in round_[1:]
                ),
            )
            for member in round_:
                trust.distrust(member, name, flaw)
            yield flaw
        done.update(way)


def _levels(
    nodes: list[Node], property_: Property, relation: Relation, trust: Trust[Node]
) -> Iterator[Flaw]:
    counter = relation.hierarchy
    assert counter
    for node in nodes:
        parent = next(iter(node.edges.get(property_.name, ())), None)
        level = node.values.get(counter)
        if parent is None or not isinstance(level, int):
            continue
        above = parent.values.get(counter)
        if not isinstance(above, int) or level == above + 1:
            continue
        if not trusts(node, property_.name):
            continue
        assert parent.document is not None
        flaw = Flaw(
            conditions.LEVEL,
            _place(node, node.pointer_to(node.type.properties[counter])),
            {"level": str(level), "expected": str(above + 1), "parent": parent.title},
            subject=str(level),
            related=(
                Related(
                    f"{parent.title} is on level {above}",
                    _place(parent, parent.pointer_to(parent.type.properties[counter])),
                ),
            ),
        )
        trust.distrust(node, counter, flaw)
        yield flaw
