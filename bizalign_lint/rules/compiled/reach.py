"""The values that a path leads to, up to a maximum number.

A repeating path is walked once for all nodes, however many it starts from: nodes that lead to each
other reach the same nodes (R. Tarjan, Depth-first search and linear graph algorithms, 1972).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from bizalign_lint.graph.nodes import NOTHING
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.walks import Domain, Values, Walk
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Step
from bizalign_lint.rules.language.paths import Sequence as PathSequence
from bizalign_lint.schema.ontology import ObjectType

_YES = (True,)

Test = Callable[[Any], bool]

Finds = Callable[[Any], Values]
"""Gives some values for a node, or none."""


@cache
def repeats(path: Path) -> bool:
    """Whether a path has a part that repeats any number of times."""
    match path:
        case Step():
            return False
        case Repeat():
            return path.many or repeats(path.part)
    return any(map(repeats, path.parts))


def reaches(context: Context, path: Path, origins: Domain, test: Test) -> Test:
    """Whether a path leads to any value that passes a test. Raises UnknownStepError."""
    found = reach(context, path, origins, 1, lambda value: _YES if test(value) else NOTHING)
    return lambda node: bool(found(node))


def reach(context: Context, path: Path, origins: Domain, most: int, wanted: Finds) -> Finds:
    """Gives what ``wanted`` finds at the values of a path: at most ``most``, without duplicates.

    If ``most`` is more than one, the path must lead to nodes. Raises UnknownStepError.
    """
    walker = context.walker
    if not repeats(path):
        return _through(walker.path(path, origins).walk, wanted, most)
    match path:
        case PathSequence(parts):
            first, rest = _split(parts)
            domain = walker.path(first, origins).domain
            then = wanted if rest is None else reach(context, rest, domain, most, wanted)
            return reach(context, first, origins, most, then)
        case Alternative(parts):
            each = [reach(context, part, origins, most, wanted) for part in parts]
            return lambda node: _some((one(node) for one in each), most)
        case Repeat(part, least, many) if many:
            once, domain = walker.again(part, origins)
            known: dict[Any, Values] = {}
            context.fills.append(lambda _: known.clear())
            closed = _closed(once.walk, wanted, most, known, context.meter.take)
            return _through(once.walk, closed, most) if least else closed
        case Repeat(part):
            further = reach(context, part, origins, most, wanted)
            return lambda node: _some((f(node) for f in (wanted, further)), most)
    raise AssertionError(path)


def leads_to_nodes(domain: Domain) -> bool:
    """Whether all values in a domain are nodes, which can be distinguished."""
    return all(isinstance(member, ObjectType) for member in domain)


def _split(parts: Sequence[Path]) -> tuple[Path, Path | None]:
    """The first parts of a sequence, repeating or not, and the rest."""
    end = next((number for number, part in enumerate(parts) if repeats(part)), len(parts)) or 1
    return _joined(parts[:end]), _joined(parts[end:]) if parts[end:] else None


def _joined(parts: Sequence[Path]) -> Path:
    return parts[0] if len(parts) == 1 else PathSequence(tuple(parts))


def _some(found: Iterable[Values], most: int) -> Values:
    """The first ``most`` values of several results, without duplicates."""
    kept: dict[Any, None] = {}
    for values in found:
        if values:
            if most == 1:
                return values
            kept.update(dict.fromkeys(values))
            if len(kept) >= most:
                break
    return [*kept][:most] if kept else NOTHING


def _through(walk: Walk, then: Finds, most: int) -> Finds:
    return lambda node: _some(map(then, walk(node)), most)


def _closed(
    walk: Walk, wanted: Finds, most: int, known: dict[Any, Values], take: Callable[[int], None]
) -> Finds:
    """Gives what ``wanted`` finds at a node and at all nodes that a repeating path leads to."""

    def run(start: Any) -> Values:
        found = known.get(start)
        if found is not None:
            return found
        ahead = walk(start)
        if not ahead:  # as from most nodes
            found = known[start] = wanted(start)
            return found
        exploration = _Exploration(walk, wanted, most, known)
        exploration.explore(start, ahead)
        take(len(exploration.order))
        return known[start]

    return run


class _Exploration:
    """Tarjan's algorithm: nodes that lead to each other have the same results."""

    def __init__(self, walk: Walk, wanted: Finds, most: int, known: dict[Any, Values]) -> None:
        self.order: dict[Any, int] = {}
        self._walk = walk
        self._wanted = wanted
        self._most = most
        self._known = known
        self._lowest: dict[Any, int] = {}
        self._gathered: dict[Any, dict[Any, None]] = {}
        self._open: list[Any] = []
        self._ways: list[tuple[Any, Iterator[Any]]] = []

    def explore(self, start: Any, ahead: Values) -> None:
        """Compute the results of a start node and of all nodes that it leads to."""
        self._enter(start, ahead)
        while self._ways:
            node, others = self._ways[-1]
            other = self._new(node, others)
            if other is not None:
                self._enter(other, self._walk(other))
                continue
            self._ways.pop()
            if self._lowest[node] == self.order[node]:
                self._close(node)
            else:
                above = self._ways[-1][0]
                self._lowest[above] = min(self._lowest[above], self._lowest[node])

    def _enter(self, node: Any, ahead: Values) -> None:
        self.order[node] = self._lowest[node] = len(self.order)
        self._gathered[node] = dict.fromkeys(self._wanted(node))
        self._open.append(node)
        self._ways.append((node, iter(ahead)))

    def _new(self, node: Any, others: Iterator[Any]) -> Any:
        """The next new node ahead; None if there is none or enough values are found."""
        own, known, most = self._gathered[node], self._known, self._most
        for other in others:
            if len(own) >= most:
                return None
            values = known.get(other)
            if values:
                own.update(dict.fromkeys(values))
            elif values is not None:
                continue
            elif other in self.order:
                self._lowest[node] = min(self._lowest[node], self.order[other])
            else:
                return other
        return None

    def _close(self, node: Any) -> None:
        """Record the common result of nodes that lead to each other, and pass it on."""
        members = _taken(self._open, node)
        # The keys of a mapping serve as a list of values here.
        all_ = _some((self._gathered[member] for member in members), self._most)  # type: ignore[misc]
        self._known.update(dict.fromkeys(members, all_))
        if self._ways and len(above := self._gathered[self._ways[-1][0]]) < self._most:
            above.update(dict.fromkeys(all_))


def _taken(open_: list[Any], first: Any) -> list[Any]:
    """Remove and return the nodes from ``first`` on, which lead to each other."""
    members: list[Any] = []
    while not members or members[-1] is not first:
        members.append(open_.pop())
    return members[::-1]
