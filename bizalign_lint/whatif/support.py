"""Two graphs on a day → the definitions that have lost support."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.questions.reach import impact
from bizalign_lint.schema.ontology import Ontology


class Loss(NamedTuple):
    """A definition with less support than before a change."""

    node: Node
    """The definition after the change, or before it if the change removes it."""
    lost: tuple[Node, ...]
    """What no longer supports it."""
    left: tuple[Node, ...]
    """What still supports it by the same relation."""
    dependents: tuple[Node, ...]
    """If nothing is left: what directly depends on the definition, and the parts of that."""


def losses(
    before: Graph, after: Graph, day: str, ontology: Ontology, kinds: Iterable[str]
) -> list[Loss]:
    """The definitions of some kinds that have less support on a day than before a change.

    Those with nothing left come first.
    """
    found = []
    wanted = {*kinds}
    for kind in ontology.types:
        now = {node.reference: node for node in after.kinds.get(kind, ())}
        for was in before.kinds.get(kind, ()) if kind in wanted else ():
            node = now.get(was.reference)
            had = _supporters(was, day, ontology)
            has = {} if node is None else _supporters(node, day, ontology)
            lost: dict[str, Node] = {}
            left: dict[str, Node] = {}
            for relation, those in had.items():
                these = has.get(relation, {})
                gone = {name: one for name, one in those.items() if name not in these}
                # Nothing is lost if another supporter has taken over.
                if gone and len(these) < len(those):
                    lost |= gone
                    left |= these
            if lost:
                found.append((node or was, tuple(lost.values()), tuple(left.values())))
    found.sort(key=lambda one: bool(one[2]))
    listed = {node.reference for node, _, _ in found}
    results = []
    for node, away, kept in found:
        reached = [] if kept else [one.node for one in impact(node) if one.distance == 1]
        new = [
            part
            for one in reached
            for part in (one, *_parts(one))
            if part.type.name in wanted and part.reference not in listed
        ]
        listed |= {one.reference for one in new}
        results.append(Loss(node, away, kept, tuple(new)))
    return results


def _parts(node: Node) -> Iterable[Node]:
    """The nested nodes of a definition."""
    for name, nodes in node.edges.items():
        property_ = node.type.properties.get(name)
        if property_ is not None and property_.object is not None and property_.object.name:
            yield from nodes


def _supporters(node: Node, day: str, ontology: Ontology) -> dict[str, dict[str, Node]]:
    """The definitions that refer to a definition to support it, as far as they exist on a day.

    By relation, then by reference: one relation's supporters cannot replace another's.
    """
    found: dict[str, dict[str, Node]] = {}
    for relation, referrers in node.into.items():
        for referrer in referrers:
            if _carries(referrer, node) and is_there(referrer.entity, day, ontology):
                found.setdefault(relation, {})[referrer.entity.reference] = referrer.entity
    return found


def _carries(referrer: Node, node: Node) -> bool:
    relations = (
        referrer.type.properties[name].relation
        for name, targets in referrer.edges.items()
        if node in targets
    )
    return any(
        relation is not None and relation.carries and relation.hierarchy is None
        for relation in relations
    )


def is_there(node: Node, day: str, ontology: Ontology) -> bool:
    """Whether a definition is in use on a day, as far as its dates say."""
    kind = ontology.kinds.get(node.type.name)
    begins = None if kind is None else _date(node, kind.changes.begins)
    return (begins is None or begins <= day) and not ended(node, day, ontology)


def ended(node: Node, day: str, ontology: Ontology) -> bool:
    """Whether a definition has ended by a day, as its schema declares (``x-changes``)."""
    kind = ontology.kinds.get(node.type.name)
    if kind is None:
        return False
    ends = _date(node, kind.changes.ends)
    if ends is not None and ends <= day:
        return True
    return any(node.values.get(name) == said for name, said in kind.changes.states.items())


def _date(node: Node, path: str) -> str | None:
    value: object = node.values
    for name in path.split("/") if path else ():
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None
