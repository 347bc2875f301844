"""What is to be done to a definition → which values change, as its schema says (``x-changes``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from bizalign_lint.core.durations import shift
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Change, Document, Operation
from bizalign_lint.fixes.alter import at
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.steps import UnknownStepError, Walker
from bizalign_lint.rules.language.paths import parse
from bizalign_lint.schema.ontology import NO_CHANGES, Changes, Ontology, Property


class Alteration(NamedTuple):
    """A value of a definition that is another one then."""

    document: Document
    change: Change


def effective(found: Iterable[Alteration]) -> list[Alteration]:
    """Those that make a difference, each value once."""
    kept = {
        (id(document), change.pointer): Alteration(document, change)
        for document, change in found
        if change.operation is Operation.REMOVE
        or at(document.value, change.pointer) != change.value
    }
    return [*kept.values()]


class Scenarios:
    """Works out what a scenario changes in the values of definitions."""

    def __init__(self, ontology: Ontology, walker: Walker, today: date) -> None:
        self._ontology = ontology
        self._walker = walker
        self._today = today.isoformat()

    def retire(self, node: Node, day: date) -> list[Alteration]:
        """End a definition on a day. Dates of it that lie after that day will not come."""
        changes = self.of(node)
        if not changes.ends:
            raise self._refused(node, "ended", lambda one: bool(one.ends))
        first, *rest = changes.ends.split("/")
        *way, last = (first, *rest)
        pointer = (*node.pointer_to(node.type.properties[first]), *rest)[:-1]
        found = [_put(node, (*pointer, last), day.isoformat())]
        holder, type_ = node.values, node.type
        for name in way:
            type_ = type_.properties[name].object or type_
            holder = holder.get(name) if isinstance(holder.get(name), dict) else {}  # type: ignore[assignment]
        for name in type_.order[: type_.order.index(last)] if last in type_.order else ():
            said = holder.get(name)
            if isinstance(said, str) and said > day.isoformat():
                found.append(_remove(node, (*pointer, name)))
        if day.isoformat() <= self._today:
            for name, value in changes.states.items():
                found.append(_put(node, node.pointer_to(node.type.properties[name]), value))
        return found

    def replace(self, node: Node, other: Node, day: date | None) -> list[Alteration]:
        """Let another definition take the place of one, which ends on a day, if one is named."""
        changes = self.of(node)
        if not (changes.takes_over or changes.redirects or changes.successor):
            raise self._refused(
                node, "replaced", lambda one: bool(one.takes_over or one.redirects or one.successor)
            )
        if other.type is not node.type:
            raise UsageError(
                f"{other.reference} cannot take the place of {node.reference}: kinds differ",
                hint=f"name the {node.type.name} that takes its place",
            )
        if other is node:
            raise UsageError(f"{node.reference} cannot take its own place")
        found = []
        if changes.successor:
            property_ = node.type.properties[changes.successor]
            found.append(_put(node, node.pointer_to(property_), _name(other, property_, node)))
        for name in changes.takes_over:
            property_ = node.type.properties[name]
            found += _with_targets(other, property_, node.edges.get(name, ()))
        for inverse in changes.redirects:
            for holder in dict.fromkeys(node.into.get(inverse, ())):
                found += _redirected(holder, node, other, inverse)
        return found + (self.retire(node, day) if day is not None and changes.ends else [])

    def move(self, node: Node, to: Node, relation: str | None) -> list[Alteration]:
        """Let a definition belong somewhere else: below, to or with another one."""
        may = [
            property_
            for property_ in node.type.properties.values()
            if property_.relation is not None
            and not property_.many
            and to.type.name in property_.relation.to
        ]
        trees = [p for p in may if p.relation is not None and p.relation.hierarchy is not None]
        if relation is not None:
            may = [property_ for property_ in may if property_.name == relation]
        elif trees:
            may = trees
        if not may:
            raise UsageError(
                f"no property of {node.reference} leads to one {to.type.name}"
                + (f" under the name {relation}" if relation else ""),
                hint="say the change in a file: --with patch.yaml",
            )
        if len(may) > 1:
            names = ", ".join(property_.name for property_ in may)
            raise UsageError(
                f"{to.reference} could be several things to {node.reference}",
                hint=f"say which with --relation: {names}",
            )
        (property_,) = may
        if property_.relation is not None and property_.relation.hierarchy is not None:
            above: Node | None = to
            while above is not None:
                if above is node:
                    raise UsageError(f"{to.reference} is below {node.reference}, or is it")
                above = next(iter(above.edges.get(property_.name, ())), None)
        return [_put(node, node.pointer_to(property_), _name(to, property_, node))]

    def delay(self, node: Node, by: str) -> list[Alteration]:
        """Move what lies ahead of a definition by a duration."""
        changes = self.of(node)
        if not changes.dates:
            raise self._refused(node, "delayed", lambda one: bool(one.dates))
        found = []
        for holder, property_ in self._values(node, changes.dates):
            value = holder.values.get(property_.name)
            pointer = holder.pointer_to(property_)
            for below, day in _dates(value):
                if day > self._today:
                    later = shift(day, by)
                    if later is None:
                        raise UsageError(f"{day} delayed by {by} is after the end of the calendar")
                    found.append(_put(holder, (*pointer, *below), later))
        if not found:
            raise UsageError(
                f"nothing of {node.reference} lies ahead of {self._today}, so nothing is delayed"
            )
        return found

    def cut(self, node: Node, percent: Decimal) -> list[Alteration]:
        """Take a share from the money of a definition."""
        changes = self.of(node)
        if not changes.amounts:
            raise self._refused(node, "cut", lambda one: bool(one.amounts))
        found = []
        for holder, property_ in self._values(node, changes.amounts):
            amount = holder.values.get(property_.name)
            if isinstance(amount, int | float) and not isinstance(amount, bool):
                found.append(_put(holder, holder.pointer_to(property_), _less(amount, percent)))
        if not found:
            raise UsageError(
                f"no money is recorded for {node.reference}, so nothing can be cut",
                hint=f"it would be at {', '.join(changes.amounts)}",
            )
        return found

    def of(self, node: Node) -> Changes:
        """What the schema of a definition says of its changes."""
        kind = self._ontology.kinds.get(node.type.name)
        return NO_CHANGES if kind is None else kind.changes

    def _values(self, node: Node, paths: Iterable[str]) -> Iterator[tuple[Node, Property]]:
        """The objects that paths lead to, each with the property that a path ends in."""
        return values(node, paths, self._walker)

    def _refused(self, node: Node, action: str, may: Any) -> UsageError:
        kinds = [kind.name for kind in self._ontology.kinds.values() if may(kind.changes)]
        return UsageError(
            f"{node.reference}: its kind has nothing by which it could be {action}",
            hint=f"these can: {', '.join(kinds)}; say any other change in a file: "
            "--with patch.yaml",
        )


def values(node: Node, paths: Iterable[str], walker: Walker) -> Iterator[tuple[Node, Property]]:
    """The objects that paths lead to from a node, each with the property that the path ends in."""
    for text in paths:
        before, _, last = text.rpartition("/")
        holders: Iterable[Any] = (node,)
        if before:
            try:
                holders = walker.path(parse(before), (node.type,)).walk(node)
            except UnknownStepError as error:
                raise UsageError(
                    f"x-changes of {node.type.name}: unknown path {text}, at {error.step.name}"
                ) from None
        for holder in holders:
            property_ = holder.type.properties.get(last) if isinstance(holder, Node) else None
            if property_ is not None:
                yield holder, property_


def _dates(value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """The dates that a value is, or holds, each with the way to it."""
    if isinstance(value, str) and shift(value, "P0D") is not None:
        yield (), value
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from (((name, *below), day) for below, day in _dates(held))


def _less(amount: float, percent: Decimal) -> int | float:
    left = Decimal(str(amount)) * (100 - percent) / 100
    if isinstance(amount, int):
        return int(left.to_integral_value())
    return float(round(left, 2))


def _with_targets(node: Node, property_: Property, more: Iterable[Node]) -> Iterator[Alteration]:
    """A relation that leads to more than it did."""
    old = node.values.get(property_.name)
    there = {*node.edges.get(property_.name, ())}
    new = [target for target in dict.fromkeys(more) if target not in there]
    names = [_name(target, property_, node) for target in new]
    if not names:
        return
    if property_.many:
        kept = old if isinstance(old, list) else []
        yield _put(node, node.pointer_to(property_), [*kept, *names])
    elif old is None:
        yield _put(node, node.pointer_to(property_), names[0])


def _redirected(holder: Node, old: Node, new: Node, inverse: str) -> Iterator[Alteration]:
    """References that name another one."""
    for name, targets in holder.edges.items():
        property_ = holder.type.properties.get(name)
        if property_ is None:
            continue
        if property_.object is not None and not property_.object.name:
            for inner in targets:
                yield from _redirected(inner, old, new, inverse)
            continue
        relation = property_.relation
        if relation is None or relation.inverse != inverse or old not in targets:
            continue
        said = holder.values.get(name)
        pointer = holder.pointer_to(property_)
        if not isinstance(said, list):
            yield _put(holder, pointer, _name(new, property_, holder))
            continue
        # As they were written, but for the one; what leads nowhere is not rewritten.
        written = dict(zip(targets, said, strict=False)) if len(said) == len(targets) else {}
        kept = [
            written.get(target, _name(target, property_, holder))
            for target in dict.fromkeys(new if target is old else target for target in targets)
        ]
        if len(kept) == len(said):
            at = next(i for i, target in enumerate(targets) if target is old)
            yield _put(holder, (*pointer, at), kept[at])
        else:
            yield _put(holder, pointer, kept)


def _name(target: Node, property_: Property, said_by: Node) -> str:
    """How a property of a definition names another one."""
    name = target.name
    if target.namespace != said_by.namespace:
        name = f"{target.namespace}/{name}"
    assert property_.relation is not None
    return name if property_.relation.default == target.type.name else f"{target.type.name}:{name}"


def _put(node: Node, pointer: tuple[str | int, ...], value: Any) -> Alteration:
    assert node.document is not None
    return Alteration(node.document, Change(node.document.index, pointer, Operation.PUT, value))


def _remove(node: Node, pointer: tuple[str | int, ...]) -> Alteration:
    assert node.document is not None
    return Alteration(node.document, Change(node.document.index, pointer, Operation.REMOVE))
