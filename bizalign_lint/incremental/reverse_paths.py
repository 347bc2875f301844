"""Paths walked backwards: from a node to the nodes from which a path leads to it.

The result may include too many nodes, never too few.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Sequence, Step
from bizalign_lint.rules.reads import Prefix
from bizalign_lint.schema.ontology import WORKSPACE, ObjectType


def plain(path: Path) -> Path:
    """A path without the offsets of its steps, so that equal paths compare as equal."""
    match path:
        case Step(name, inverse):
            return Step(name, inverse)
        case Sequence(parts):
            return Sequence(tuple(map(plain, parts)))
        case Alternative(parts):
            return Alternative(tuple(map(plain, parts)))
        case Repeat(part):
            return path._replace(part=plain(part))


@dataclass(slots=True)
class Ends:
    """Some nodes, and the origins found for them; valid until the graph changes."""

    nodes: Set[Node]
    known: dict[Prefix, Set[Node]] = field(default_factory=dict)
    """The origins, by the path that leads from them to the nodes."""


class ReversePaths:
    """Walks paths backwards in the current graph."""

    def __init__(self, workspace: Node) -> None:
        self._workspace = workspace
        self._reverse_steps: dict[tuple[str, ObjectType], _ReverseStep] = {}

    def origins(self, prefix: Prefix, ends: Ends) -> Set[Node]:
        """The nodes from which the path may lead to one of ``ends``."""
        if not prefix:
            return ends.nodes
        if prefix not in ends.known:
            # Many paths have the same end, so the origins of each end are remembered.
            ahead = self.origins(prefix[1:], ends)
            ends.known[prefix] = self._path(prefix[0], ahead) if ahead else ahead
        return ends.known[prefix]

    def _path(self, path: Path, ends: Set[Node]) -> Set[Node]:
        match path:
            case Step():
                return self._step(path, ends)
            case Sequence(parts):
                for part in reversed(parts):
                    ends = self._path(part, ends)
                return ends
            case Alternative(parts):
                return set().union(*(self._path(part, ends) for part in parts))
            case Repeat(part, _, many):
                found, ahead = set(ends), ends
                while ahead:
                    ahead = self._path(part, ahead) - found
                    found |= ahead
                    if not many:
                        break
                return found

    def _step(self, step: Step, ends: Set[Node]) -> Set[Node]:
        found: set[Node] = set()
        if step.inverse:
            for end in ends:
                found.update(end.edges.get(step.name, ()))
            return found
        types = {end.type: None for end in ends}
        for type_ in types:
            nodes = ends if len(types) == 1 else [end for end in ends if end.type is type_]
            back = self._reverse_steps.get((step.name, type_))
            if back is None:
                back = _reverse_step(step.name, type_)
                self._reverse_steps[step.name, type_] = back
            self._reverse(back, nodes, found)
        return found

    def _reverse(self, back: _ReverseStep, ends: Collection[Node], found: set[Node]) -> None:
        for inverse in back.inverses:
            for end in ends:
                if inverse in end.into:
                    found.update(end.into[inverse])
        if back.held:
            found.update(end.holder for end in ends if end.holder is not None)
        if back.from_workspace:
            found.add(self._workspace)
        for path in (*((name,) for name in back.held_by_name), *back.referring):
            nodes: Collection[Node] = ends
            for name in path:
                nodes = [node for at in nodes for node in at.edges.get(name, ())]
            found.update(nodes)


class _ReverseStep(NamedTuple):
    """How to reverse a step that leads to a node of a type."""

    inverses: tuple[str, ...]
    held: bool
    from_workspace: bool
    held_by_name: tuple[str, ...]
    referring: tuple[tuple[str, ...], ...]
    """If the step is the inverse name of a relation: the paths to its references."""


def _reverse_step(name: str, type_: ObjectType) -> _ReverseStep:
    return _ReverseStep(
        inverses=tuple(
            inverse
            for inverse, referrers in type_.inverses.items()
            if any(referrer.property == name for referrer in referrers)
        ),
        held=type_.holder is not None and type_.holder[1] == name,
        from_workspace=type_.name == name,
        held_by_name=tuple(
            p.name for p in type_.links if p.object is not None and p.object.parent == name
        ),
        referring=tuple(_referring(name, type_)) if type_.name and type_.name != WORKSPACE else (),
    )


def _referring(inverse: str, type_: ObjectType) -> Iterator[tuple[str, ...]]:
    """The paths to the targets of a relation, from a node or an unnamed object in it."""
    for property_ in type_.links:
        if property_.relation is not None:
            if property_.relation.inverse == inverse:
                yield (property_.name,)
        elif property_.object is not None and not property_.object.name:
            for path in _referring(inverse, property_.object):
                yield (property_.name, *path)
