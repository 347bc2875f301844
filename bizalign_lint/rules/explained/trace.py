"""Paths walked slowly, recording where each value is and whether it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bizalign_lint.core.types import Document, Flaw, Place, Related
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.references import lookup
from bizalign_lint.graph.trust import why
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.compiled.values import at
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Sequence, Step, first_step
from bizalign_lint.schema.ontology import WORKSPACE, Ontology, Property

MOST = 50
"""The maximum number of values that are traced; a message names some and says if there are more."""

_COST = 10
"""The cost of tracing a value, in steps of a compiled rule."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A value that a path leads to.

    ``place`` is the nearest place to it in the document in question (None if that is the node
    itself), ``far`` its place if it is in another document. ``origins`` are the values that it was
    computed from.
    """

    value: Any
    place: Place | None = None
    far: Place | None = None
    origins: tuple[Reached, ...] = ()
    past: bool = False
    """Whether it belongs to an earlier revision, so that it is in no current file."""
    now: Node | None = None
    """For a node of an earlier revision: the current node, if it is in the document in question."""
    operands: tuple[Any, ...] = ()
    """The two operands that a difference, distance or percentage was computed from."""


class Tracer:
    """Walks paths for a rule that is probably broken, for one document in question at a time."""

    def __init__(self, graph: Graph, ontology: Ontology, walker: Walker) -> None:
        self.graph = graph
        self.most: float = MOST
        """The maximum number of values to visit on a path that repeats."""
        self.is_cut = False
        """Whether there were more values; ``begin`` resets it."""
        self.doubt: Flaw | None = None
        """A reported flaw in something that was read; ``begin`` resets it."""
        self.supplied: dict[Related, None] = {}
        """The sources of the values read that come from outside the model's files."""
        self._ontology = ontology
        self._walker = walker
        self._listed: dict[tuple[Node, str], dict[Node, int]] = {}

    def begin(self, doubt: Flaw | None = None, supplied: Iterable[Related] = ()) -> None:
        """Start again, with only the given doubt and sources."""
        self.doubt = doubt
        self.supplied = dict.fromkeys(supplied)
        self.is_cut = False

    def path(self, path: Path, start: Reached, document: Document | None) -> list[Reached]:
        """The values that a path leads to; if it repeats, only the nearest ``most``."""
        found = [*self._path(path, [start], document)]
        self._walker.meter.take(_COST * len(found))
        return found

    def _path(
        self, path: Path, starts: Iterable[Reached], document: Document | None
    ) -> Iterable[Reached]:
        match path:
            case Step():
                return _distinct(r for start in starts for r in self._step(path, start, document))
            case Sequence(parts):
                for part in parts:
                    starts = self._path(part, starts, document)
                return starts
            case Alternative(parts):
                return _distinct(
                    r
                    for start in starts
                    for part in parts
                    for r in self._path(part, [start], document)
                )
            case Repeat():
                return self._repeat(path, [*_distinct(starts)], document)

    def _repeat(
        self, path: Repeat, starts: list[Reached], document: Document | None
    ) -> Iterator[Reached]:
        if not path.least:
            yield from starts
        known = set() if path.least else {*map(_key, starts)}
        left = self.most
        ahead = starts
        while ahead:
            current, ahead = ahead, []
            for reached in self._path(path.part, current, document):
                key = _key(reached)
                if key in known:
                    continue
                if not left:
                    self.is_cut = True
                    return
                left -= 1
                known.add(key)
                ahead.append(reached)
                yield reached
            self._walker.meter.take(_COST * len(ahead))
            if not path.many:
                break

    def _step(self, step: Step, start: Reached, document: Document | None) -> Iterator[Reached]:
        node = start.value
        if not isinstance(node, Node):
            return
        walked = self._walker.step(step, node.type)
        if walked is None:
            return
        property_ = None if step.inverse else node.type.properties.get(step.name)
        self._record_doubt(node, step, property_)
        inside = document is not None and node.document is document and start.far is None
        crosses = self._walker.crosses(step, node.type)
        for position, value in enumerate(walked.walk(node)):
            if crosses and start.past:
                yield Reached(value, self.graph.named_at.get((node, value)))
                continue
            if crosses:
                yield Reached(value, start.place, past=True, now=node if inside else None)
                continue
            if start.past:
                yield _at_earlier_revision(start, value, property_)
                continue
            if property_ is None or node.type.name == WORKSPACE:
                yield _against_a_reference(start, value, inside)
                continue
            here = self._value_place(node, property_, value, position)
            source = here.document.supplied.get(here.pointer)
            if source is not None:
                self.supplied[source] = None
            place = here if inside else start.place
            if not isinstance(value, Node):
                yield Reached(value, place, None if inside else here)
            elif property_.relation is not None:
                near = value.document is document
                yield Reached(value, place, None if near and inside else value.place())
            else:
                yield Reached(value, place, None if inside else here)

    def _record_doubt(self, node: Node, step: Step, property_: Property | None) -> None:
        """Record a doubt if what is read has a reported flaw."""
        trust = self.graph.trust
        if self.doubt is not None:
            return
        if node.type.name == WORKSPACE:
            self.doubt = trust.why_name(step.name)
        elif property_ is not None:
            derived = () if property_.derivation is None else property_.derivation.paths
            self.doubt = why(node, (property_.name, *(path[0] for path in derived)))
        elif step.inverse:
            inverses = node.type.inverses.items()
            names = (i for i, rs in inverses if any(r.property == step.name for r in rs))
            self.doubt = why(node, names) or trust.why_name(node.name)
        else:
            self.doubt = why(node, (step.name,)) or trust.why_name(node.name)

    def _value_place(self, node: Node, property_: Property, value: Any, position: int) -> Place:
        """The place of a property's value."""
        assert node.document is not None
        pointer = node.pointer_to(property_)
        if property_.derivation is not None:
            return self._source(node, property_, value)
        if isinstance(value, Node) and property_.relation is None:
            return value.place()
        if not property_.many:
            return Place(node.document, pointer)
        if isinstance(value, Node):
            position = self._positions(node, property_).get(value, position)
        return Place(node.document, (*pointer, position))

    def _positions(self, node: Node, property_: Property) -> Mapping[Node, int]:
        """The index in a list of references of each node that it refers to."""
        known = self._listed.get((node, property_.name))
        if known is None:
            assert property_.relation is not None
            known = self._listed[node, property_.name] = {}
            for index, text in enumerate(node.values[property_.name]):
                if isinstance(text, str):
                    found = lookup(
                        text, property_.relation, node.namespace, self.graph, self._ontology
                    )
                    if found is not None:
                        known.setdefault(found, index)
        return known

    def _source(self, node: Node, property_: Property, value: Any) -> Place:
        """The place of the value that a derived one was computed from."""
        assert node.document is not None
        assert property_.derivation is not None
        path = property_.derivation.paths[0]
        read = node.type.properties[path[0]]
        within = at(node.values, path)
        if within is None:
            return node.place()
        pointer = (*node.pointer_to(read), *path[1:])
        if isinstance(within, dict) and value in within:
            pointer = (*pointer, value)
        return Place(node.document, pointer)

    def missing(self, path: Path, start: Reached, document: Document | None) -> Place | None:
        """The place nearest to where a path would lead if a value were there."""
        node = start.value
        if not isinstance(node, Node) or node.document is None or node.document is not document:
            return start.place
        steps = path.parts if isinstance(path, Sequence) else (path,)
        place = start.place
        for part in steps:
            if isinstance(part, Repeat) and not part.least:
                continue
            step = first_step(part)
            property_ = None if step.inverse else node.type.properties.get(step.name)
            if property_ is None:
                return place
            if property_.derivation is not None:
                read = node.type.properties[property_.derivation.paths[0][0]]
                if read.name in node.values:
                    return Place(document, node.pointer_to(read), key=True)
                return place
            if property_.name not in node.values:
                return place
            place = Place(document, node.pointer_to(property_), key=True)
            if property_.object is None or property_.many:
                return place
            within = [r.value for r in self._step(step, Reached(node), document)]
            if not within:
                return place
            (node,) = within
        return place


def _against_a_reference(start: Reached, value: Any, inside: bool) -> Reached:
    """A node reached against the direction of a reference, or from the object that it holds."""
    node = value.entity if isinstance(value, Node) else value
    if not isinstance(node, Node) or node.document is None:
        return Reached(value, start.place, start.far)
    same = inside and isinstance(start.value, Node) and node.document is start.value.document
    return Reached(value, node.place() if same else start.place, None if same else node.place())


def _at_earlier_revision(start: Reached, value: Any, property_: Property | None) -> Reached:
    """A value at an earlier revision; its place is that of the property today."""
    place, within = start.place, None
    now = start.now
    if now is not None and property_ is not None and property_.name in now.values:
        assert now.document is not None
        place = Place(now.document, now.pointer_to(property_))
        if property_.object is not None and not property_.many:
            within = next(iter(now.child(property_)), None)
    return Reached(value, place, past=True, now=within)


def _key(reached: Reached) -> object:
    return (
        id(reached.value)
        if isinstance(reached.value, Node)
        else (type(reached.value), reached.value)
    )


def _distinct(found: Iterable[Reached]) -> Iterator[Reached]:
    seen: set[int] = set()
    for reached in found:
        if isinstance(reached.value, Node):
            if id(reached.value) in seen:
                continue
            seen.add(id(reached.value))
        yield reached
