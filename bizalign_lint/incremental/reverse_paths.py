"""Paths walked backwards: from a node to those that a path leads from to it.

The answer may hold too many, never too few.
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
    """A path without the places of its steps: what leads the same way is the same."""
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
    """Some nodes, and what has been found to lead to them while the graph stays as it is."""

    nodes: Set[Node]
    known: dict[Prefix, Set[Node]] = field(default_factory=dict)
    """By the path that leads to them."""


class ReversePaths:
    """Walks backwards in a graph as it is when asked."""

    def __init__(self, workspace: Node) -> None:
        self._workspace = workspace
        self._reverse_steps: dict[tuple[str, ObjectType], _ReverseStep] = {}

    def origins(self, prefix: Prefix, ends: Ends) -> Set[Node]:
        """The nodes from which the path may lead to one of these."""
        if not prefix:
            return ends.nodes
        if prefix not in ends.known:
            # Many paths end alike: what leads to their last part is looked for once.
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
            self._back(back, nodes, found)
        return found

    def _back(self, back: _ReverseStep, ends: Collection[Node], found: set[Node]) -> None:
        for inverse in back.inverses:
            for end in ends:
                if inverse in end.into:
                    found.update(end.into[inverse])
        if back.held:
            found.update(end.holder for end in ends if end.holder is not None)
        if back.from_workspace:
            found.add(self._workspace)
        for way in (*((name,) for name in back.held_by_name), *back.referring):
            nodes: Collection[Node] = ends
            for name in way:
                nodes = [node for at in nodes for node in at.edges.get(name, ())]
            found.update(nodes)


class _ReverseStep(NamedTuple):
    """How a step that leads to a node of a type is taken back."""

    inverses: tuple[str, ...]
    held: bool
    from_workspace: bool
    held_by_name: tuple[str, ...]
    referring: tuple[tuple[str, ...], ...]
    """The step may be the inverse name of a relation: the ways to the references."""


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
    """The ways to what a node, or an object without a name in it, refers to by a relation."""
    for property_ in type_.links:
        if property_.relation is not None:
            if property_.relation.inverse == inverse:
                yield (property_.name,)
        elif property_.object is not None and not property_.object.name:
            for way in _referring(inverse, property_.object):
                yield (property_.name, *way)
