"""Violations of schema annotations in a linked graph: order of dates, terms, hierarchies."""

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
Violation = tuple[tuple[Pointer, ...], Flaw]
"""The pointers to the values that cannot be trusted, and the flaw that is the reason."""


def flaws(graph: Graph, ontology: Ontology) -> list[Flaw]:
    """All violations of the annotations ``x-order``, ``x-vocabulary`` and ``hierarchy``."""
    found: list[Flaw] = []
    for kind in ontology.kinds.values():
        for type_ in (kind.type, *kind.nested):
            nodes = graph.kinds[type_.name]
            if nodes and has_value_checks(type_):
                for node in nodes:
                    found += value_flaws(node, ontology, graph.trust)
        if nodes := graph.kinds[kind.name]:
            found += hierarchy_flaws(nodes, kind.type, graph.trust)
    return found


def value_flaws(node: Node, ontology: Ontology, trust: Trust[Node]) -> list[Flaw]:
    """The violations in the values of one node; marks these values as untrusted."""
    found: list[Flaw] = []
    for pointers, flaw in _object_violations(
        node, node.type, node.values, None, ontology.vocabularies
    ):
        for pointer in pointers:
            # The node's own property that contains the value.
            trust.distrust(node, str(pointer[len(node.pointer) or 1]), flaw)
        found.append(flaw)
    return found


def hierarchy_flaws(nodes: list[Node], type_: ObjectType, trust: Trust[Node]) -> list[Flaw]:
    """The violations in the hierarchies of a kind: cycles and wrong levels."""
    found: list[Flaw] = []
    for property_ in hierarchies(type_):
        assert property_.relation is not None
        found += _cycles(nodes, property_, trust)
        if property_.relation.hierarchy:
            found += _levels(nodes, property_, property_.relation, trust)
    return found


def hierarchies(type_: ObjectType) -> list[Property]:
    """The properties of a type that refer to a parent."""
    return [p for p in type_.properties.values() if p.relation and p.relation.hierarchy is not None]


def has_value_checks(type_: ObjectType) -> bool:
    """Whether objects of a type have values to check for order or terms."""
    return bool(type_.order) or any(
        p.vocabulary is not None
        or (p.object is not None and not p.object.name and has_value_checks(p.object))
        for p in type_.properties.values()
    )


def _object_violations(
    node: Node,
    type_: ObjectType,
    values: Mapping[str, Any],
    within: Pointer | None,
    terms: Terms,
) -> Iterator[Violation]:
    if type_.order:
        yield from _order_violations(node, type_, values, within)
    for property_ in type_.properties.values():
        if property_.vocabulary is not None:
            yield from _term_violations(node, property_, values, within, terms)
        if (
            property_.object is None
            or property_.object.name
            or not has_value_checks(property_.object)
        ):
            continue
        value = values.get(property_.name)
        pointer = node.pointer_to(property_, within)
        if isinstance(value, dict):
            yield from _object_violations(node, property_.object, value, pointer, terms)
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _object_violations(
                        node, property_.object, item, (*pointer, position), terms
                    )


def _place(node: Node, pointer: Pointer) -> Place:
    assert node.document is not None
    return Place(node.document, pointer)


def _order_violations(
    node: Node,
    type_: ObjectType,
    values: Mapping[str, Any],
    within: Pointer | None,
) -> Iterator[Violation]:
    earlier = ""
    before = ""
    for name in type_.order:
        date = values.get(name)
        if not isinstance(date, str):
            continue
        if date < before:
            pointer = node.pointer_to(type_.properties[name], within)
            first = node.pointer_to(type_.properties[earlier], within)
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


def _term_violations(
    node: Node,
    property_: Property,
    values: Mapping[str, Any],
    within: Pointer | None,
    terms: Terms,
) -> Iterator[Violation]:
    vocabulary = property_.vocabulary
    value = values.get(property_.name)
    assert vocabulary is not None
    version = values.get(vocabulary.version)
    if not isinstance(version, str) or not isinstance(value, str):
        return
    lists = terms.get(version)
    if lists is None:
        pointer = (*node.pointer_to(property_, within)[:-1], vocabulary.version)
        wrong, list_, known, shown = version, vocabulary.version, set(terms), "this release"
    else:
        pointer = node.pointer_to(property_, within)
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
        visited: dict[Node, None] = {}
        node: Node | None = start
        while node is not None and node not in done and node not in visited:
            visited[node] = None
            node = next(iter(node.edges.get(name, ())), None)
        if node is not None and node in visited:
            cycle = [*visited]
            cycle = cycle[cycle.index(node) :]
            shown = " → ".join(member.name for member in (*cycle, cycle[0]))
            flaw = Flaw(
                conditions.CYCLE,
                _place(cycle[0], cycle[0].pointer_to(property_)),
                {"cycle": shown},
                subject=shown,
                related=tuple(
                    Related(
                        "the cycle continues here", _place(member, member.pointer_to(property_))
                    )
                    for member in cycle[1:]
                ),
            )
            for member in cycle:
                trust.distrust(member, name, flaw)
            yield flaw
        done.update(visited)


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
        parent_level = parent.values.get(counter)
        if not isinstance(parent_level, int) or level == parent_level + 1:
            continue
        if not trusts(node, property_.name):
            continue
        assert parent.document is not None
        flaw = Flaw(
            conditions.LEVEL,
            _place(node, node.pointer_to(node.type.properties[counter])),
            {"level": str(level), "expected": str(parent_level + 1), "parent": parent.title},
            subject=str(level),
            related=(
                Related(
                    f"{parent.title} is on level {parent_level}",
                    _place(parent, parent.pointer_to(parent.type.properties[counter])),
                ),
            ),
        )
        trust.distrust(node, counter, flaw)
        yield flaw
