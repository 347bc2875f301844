"""Flaws of a linked graph that the schemas declare: order of dates, terms, hierarchies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.core.types import Flaw, Place, Pointer, Related
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property, Relation

Terms = Mapping[str, Mapping[str, frozenset[str]]]


def flaws(graph: Graph, ontology: Ontology) -> list[Flaw]:
    """What contradicts the annotations ``x-order``, ``x-vocabulary`` and ``hierarchy``."""
    found: list[Flaw] = []
    for kind in ontology.kinds.values():
        for type_ in (kind.type, *kind.nested):
            if declares(type_):
                for node in graph.kinds[type_.name]:
                    found += of_values(node, ontology)
        found += of_hierarchies(graph.kinds[kind.name], kind.type)
    return found


def of_values(node: Node, ontology: Ontology) -> list[Flaw]:
    """The same for the values of one node."""
    found: list[Flaw] = []
    _object(node, node.type, node.values, None, ontology.vocabularies, found)
    return found


def of_hierarchies(nodes: list[Node], type_: ObjectType) -> list[Flaw]:
    """The same for the trees that all nodes of a kind form."""
    found: list[Flaw] = []
    for property_ in hierarchies(type_):
        assert property_.relation is not None
        found += _cycles(nodes, property_)
        if property_.relation.hierarchy:
            found += _levels(nodes, property_, property_.relation)
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
    found: list[Flaw],
) -> None:
    if type_.order:
        _order(node, type_, values, within, found)
    for property_ in type_.properties.values():
        if property_.vocabulary is not None:
            _term(node, property_, values, within, terms, found)
        if property_.object is None or property_.object.name or not declares(property_.object):
            continue
        value = values.get(property_.name)
        pointer = _pointer(node, property_, within)
        if isinstance(value, dict):
            _object(node, property_.object, value, pointer, terms, found)
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, dict):
                    _object(node, property_.object, item, (*pointer, position), terms, found)


def _pointer(node: Node, property_: Property, within: Pointer | None) -> Pointer:
    return node.pointer_to(property_) if within is None else (*within, property_.name)


def _place(node: Node, pointer: Pointer) -> Place:
    assert node.document is not None
    return Place(node.document, pointer)


def _mark(node: Node, pointer: Pointer) -> None:
    """Rules keep silent about the property of the node that the pointer leads through."""
    start = len(node.pointer) or 1
    node.mark_flawed(str(pointer[start]))


def _order(
    node: Node,
    type_: ObjectType,
    values: Mapping[str, Any],
    within: Pointer | None,
    found: list[Flaw],
) -> None:
    earlier = ""
    before = ""
    for name in type_.order:
        date = values.get(name)
        if not isinstance(date, str):
            continue
        if date < before:
            pointer = _pointer(node, type_.properties[name], within)
            first = _pointer(node, type_.properties[earlier], within)
            _mark(node, pointer)
            _mark(node, first)
            found.append(
                Flaw(
                    conditions.ORDER,
                    _place(node, pointer),
                    {"earlier": earlier, "earlierDate": before, "later": name, "laterDate": date},
                    subject=f"{name} {date}",
                    related=(Related(f"{earlier} is {before}", _place(node, first)),),
                )
            )
            return
        earlier, before = name, date


def _term(
    node: Node,
    property_: Property,
    values: Mapping[str, Any],
    within: Pointer | None,
    terms: Terms,
    found: list[Flaw],
) -> None:
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
    _mark(node, pointer)
    near = nearest(wrong, known)
    found.append(
        Flaw(
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
    )


def _cycles(nodes: list[Node], property_: Property) -> Iterator[Flaw]:
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
            for member in round_:
                member.mark_flawed(name)
            shown = " → ".join(member.name for member in (*round_, round_[0]))
            yield Flaw(
                conditions.CYCLE,
                _place(round_[0], round_[0].pointer_to(property_)),
                {"cycle": shown},
                subject=shown,
                related=tuple(
                    Related("and so on here", _place(member, member.pointer_to(property_)))
                    for member in round_[1:]
                ),
            )
        done.update(way)


def _levels(nodes: list[Node], property_: Property, relation: Relation) -> Iterator[Flaw]:
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
        if node.flawed is not None and property_.name in node.flawed:
            continue
        node.mark_flawed(counter)
        assert parent.document is not None
        yield Flaw(
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
