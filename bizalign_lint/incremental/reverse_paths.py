"""Paths walked backwards: from a node to those that a path leads from to it.

The answer may hold too many, never too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Sequence, Step
from bizalign_lint.rules.reads import Prefix
from bizalign_lint.schema.ontology import WORKSPACE, ObjectType


class ReversePaths:
    """Walks backwards in a graph as it is when asked."""

    def __init__(self, workspace: Node) -> None:
        self._workspace = workspace
        self._reverse_steps: dict[tuple[str, ObjectType], _ReverseStep] = {}

    def origins(self, prefix: Prefix, ends: Iterable[Node]) -> set[Node]:
        """The nodes from which the path may lead to one of these."""
        found = set(ends)
        for part in reversed(prefix):
            if not found:
                break
            found = self._path(part, found)
        return found

    def _path(self, path: Path, ends: set[Node]) -> set[Node]:
        match path:
            case Step():
                return {node for end in ends for node in self._step(path, end)}
            case Sequence(parts):
                for part in reversed(parts):
                    ends = self._path(part, ends)
                return ends
            case Alternative(parts):
                return {node for part in parts for node in self._path(part, ends)}
            case Repeat(part, _, many):
                found, ahead = set(ends), ends
                while ahead:
                    ahead = self._path(part, ahead) - found
                    found |= ahead
                    if not many:
                        break
                return found

    def _step(self, step: Step, end: Node) -> Iterator[Node]:
        if step.inverse:
            yield from end.edges.get(step.name, ())
            return
        key = (step.name, end.type)
        back = self._reverse_steps.get(key)
        if back is None:
            back = self._reverse_steps[key] = _reverse_step(step.name, end.type)
        for inverse in back.inverses:
            yield from end.into.get(inverse, ())
        if back.held and end.holder is not None:
            yield end.holder
        if back.from_workspace:
            yield self._workspace
        for name in back.held_by_name:
            yield from end.edges.get(name, ())
        for way in back.referring:
            nodes = [end]
            for name in way:
                nodes = [node for at in nodes for node in at.edges.get(name, ())]
            yield from nodes


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
        tuple(
            inverse
            for inverse, referrers in type_.inverses.items()
            if any(referrer.property == name for referrer in referrers)
        ),
        type_.holder is not None and type_.holder[1] == name,
        type_.name == name,
        tuple(p.name for p in type_.links if p.object is not None and p.object.parent == name),
        tuple(_referring(name, type_)) if type_.name and type_.name != WORKSPACE else (),
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
