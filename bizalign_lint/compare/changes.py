"""Two graphs → the changes between them, by type, with the names of properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bizalign_lint.core.report import Coverage
from bizalign_lint.core.words import first_of
from bizalign_lint.forecast.move import Move
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.revisions import PREVIOUS, edge_key
from bizalign_lint.schema.ontology import ObjectType, Ontology, Property

_MOST = 5
_LONGEST = 60


class ChangeType(StrEnum):
    """The types of changes, in the order of a report."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "re-parented"
    TARGET = "retargeted"
    LIFECYCLE = "lifecycle"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one definition or nested node."""

    sort: ChangeType
    kind: str
    entity: str
    """The reference of the node, or its former one if it was removed."""
    title: str
    path: str
    """The node's file, or its former one if it was removed."""
    property: str = ""
    """The path to the changed property; empty if the whole node was added or removed."""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """A measure of alignment at both revisions."""

    before: Coverage
    after: Coverage


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed between two revisions, which are named ``old`` and ``new``."""

    old: str
    new: str
    as_of: str
    changes: tuple[Change, ...]
    coverage_changes: tuple[CoverageChange, ...]
    """The measures with another outcome."""
    until: str = ""
    """The last day of the forecast, in ISO 8601; empty if there is none."""
    moves: tuple[Move, ...] = ()
    """The coming findings that appear or end at another time."""


def changes(graph: Graph, ontology: Ontology) -> tuple[Change, ...]:
    """The changes in a graph that was linked with its earlier revision, by type and kind."""
    comparison = _Comparison(graph)
    found: list[Change] = []
    for kind in ontology.types:
        for node in graph.kinds.get(kind, ()):
            before = node.edges.get(edge_key(PREVIOUS))
            if before:
                found += comparison.of(before[0], node)
            elif node.holder is None or node.holder.entity.edges.get(edge_key(PREVIOUS)):
                found.append(_whole(ChangeType.ADDED, node))
        found += [
            _whole(ChangeType.REMOVED, node)
            for node in graph.removed.get(kind, ())
            if node.holder is None or comparison.is_there(node.holder.entity)
        ]
    order = list(ChangeType)
    return tuple(sorted(found, key=lambda change: order.index(change.sort)))


def coverage_changes(
    before: Iterable[Coverage], after: Iterable[Coverage]
) -> tuple[CoverageChange, ...]:
    """The measures with another outcome."""
    old = {measure.name: measure for measure in before}
    return tuple(
        CoverageChange(old[measure.name], measure)
        for measure in after
        if measure.name in old and _parts(measure) != _parts(old[measure.name])
    )


def _parts(measure: Coverage) -> tuple[float, float, float]:
    return measure.held, measure.broken, measure.unknown


def _whole(sort: ChangeType, node: Node, **more: str) -> Change:
    assert node.document is not None
    path = node.document.source.path
    return Change(
        sort, kind=node.type.name, entity=node.reference, title=node.title, path=path, **more
    )


class _Comparison:
    """Compares nodes with their earlier revisions."""

    def __init__(self, graph: Graph) -> None:
        self._now = {
            before: node
            for nodes in graph.kinds.values()
            for node in nodes
            for before in node.edges.get(edge_key(PREVIOUS), ())
        }

    def is_there(self, before: Node) -> bool:
        """Whether a node of the earlier graph is still there."""
        return before in self._now

    def of(self, before: Node, node: Node) -> Iterator[Change]:
        """The changes of one node."""
        if before.name.rpartition("#")[2] != node.name.rpartition("#")[2]:
            yield _whole(
                ChangeType.RENAMED, node, property="name", before=before.name, after=node.name
            )
        for sort, name, old, new in self._properties(node.type, before, node, ""):
            yield _whole(sort, node, property=name, before=old, after=new)

    def _properties(
        self, type_: ObjectType, before: Node | None, node: Node | None, within: str
    ) -> Iterator[tuple[ChangeType, str, str, str]]:
        targets = _targets(type_)
        priced = any("x-currency" in p.schema for p in type_.properties.values())
        for property_ in type_.properties.values():
            name = property_.name
            if not property_.written or (within == "" and name == "name"):
                continue
            object_ = property_.object
            if object_ is not None and object_.name:
                continue  # nested nodes are compared by themselves
            old, new = (None if n is None else n.values.get(name) for n in (before, node))
            if old == new:
                continue  # if a target was removed, its removal is reported
            full = f"{within}{name}"
            if object_ is not None and not property_.many:
                one, other = (None if n is None else _child(n, property_) for n in (before, node))
                yield from self._properties(object_, one, other, f"{full}/")
                continue
            sort = _type(property_, type_, targets, priced)
            if property_.relation is not None:
                shown = self._references(name, before, node)
            elif object_ is not None:
                shown = _objects(old, new)
            else:
                shown = _values(old, new)
            if shown is not None:
                yield sort, full, *shown

    def _references(
        self, name: str, before: Node | None, node: Node | None
    ) -> tuple[str, str] | None:
        """The titles of targets that a relation lost and gained; None if there are none."""
        old = [] if before is None else list(before.edges.get(name, ()))
        new = [] if node is None else list(node.edges.get(name, ()))
        kept = {self._now[found] for found in old if found in self._now} & set(new)
        gone = [n.title for n in old if self._now.get(n) not in kept]
        come = [n.title for n in new if n not in kept]
        return (_listed(gone), _listed(come)) if gone or come else None


def _child(node: Node, property_: Property) -> Node | None:
    return next(iter(node.child(property_)), None)


def _targets(type_: ObjectType) -> frozenset[str]:
    """The properties that set a target: where measured progress starts, and where it should end."""
    return frozenset(
        path[0]
        for property_ in type_.properties.values()
        if property_.derivation is not None and property_.derivation.traits.target
        for path in (property_.derivation.paths[0], property_.derivation.paths[-1])
    )


def _type(
    property_: Property, type_: ObjectType, targets: frozenset[str], priced: bool
) -> ChangeType:
    relation = property_.relation
    if relation is not None and relation.hierarchy is not None:
        return ChangeType.MOVED
    if property_.name in targets:
        return ChangeType.TARGET
    if property_.name in type_.order:
        return ChangeType.LIFECYCLE
    if "x-currency" in property_.schema or (priced and property_.datatype in ("number", "integer")):
        return ChangeType.MONEY
    return ChangeType.RENAMED if property_.name == "title" else ChangeType.OTHER


def _values(old: Any, new: Any) -> tuple[str, str] | None:
    """Two values as text; of two lists, only the items that are not in both."""
    if not isinstance(old, list) and not isinstance(new, list):
        return _shown(old), _shown(new)
    before, after = (value if isinstance(value, list) else [] for value in (old, new))
    gone = [_shown(value) for value in before if value not in after]
    come = [_shown(value) for value in after if value not in before]
    return (_listed(gone), _listed(come)) if gone or come else None


def _objects(old: Any, new: Any) -> tuple[str, str]:
    """The lengths of two lists of objects, and how many objects were removed and added."""
    before, after = (value if isinstance(value, list) else [] for value in (old, new))
    gone = sum(value not in after for value in before)
    come = sum(value not in before for value in after)
    return f"{len(before)} ({gone} gone)", f"{len(after)} ({come} new)"


def _shown(value: Any) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:,}"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _listed(texts: Sequence[str]) -> str:
    return first_of(texts, _MOST) or "–"


HEADINGS: Mapping[ChangeType, str] = {
    ChangeType.ADDED: "Added",
    ChangeType.REMOVED: "Removed",
    ChangeType.RENAMED: "Renamed",
    ChangeType.MOVED: "Re-parented",
    ChangeType.TARGET: "Retargeted",
    ChangeType.LIFECYCLE: "Lifecycle and dates",
    ChangeType.MONEY: "Money",
    ChangeType.OTHER: "Other changes",
}
"""The headings of the types in a report."""
