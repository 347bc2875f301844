"""An action on a definition → the changed values, as its schema declares (``x-changes``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from bizalign_lint.core.durations import shift
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Change, Document, Operation
from bizalign_lint.core.words import with_article
from bizalign_lint.fixes.alter import at
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.compiled.steps import UnknownStepError, Walker
from bizalign_lint.rules.language.paths import parse
from bizalign_lint.schema.ontology import NO_CHANGES, Changes, Ontology, Property


class Alteration(NamedTuple):
    """A change of a value, and the definition that it is made in."""

    document: Document
    change: Change


def effective(found: Iterable[Alteration]) -> list[Alteration]:
    """The alterations that make a difference, one for each value."""
    kept = {
        (id(document), change.pointer): Alteration(document, change)
        for document, change in found
        if change.operation is Operation.REMOVE
        or at(document.value, change.pointer) != change.value
    }
    return [*kept.values()]


class Scenarios:
    """Works out which values of definitions an action changes. Each action raises UsageError."""

    def __init__(self, ontology: Ontology, walker: Walker, today: date) -> None:
        self._ontology = ontology
        self._walker = walker
        self._today = today.isoformat()

    def retire(self, node: Node, day: date) -> list[Alteration]:
        """End a definition on a day. Its lifecycle dates after that day are removed."""
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
        """Replace a definition by another one of its kind; it ends on ``day``, if given."""
        changes = self.of(node)
        if not (changes.takes_over or changes.redirects or changes.successor):
            raise self._refused(
                node, "replaced", lambda one: bool(one.takes_over or one.redirects or one.successor)
            )
        if other.type is not node.type:
            raise UsageError(
                f"{other.reference} cannot replace {node.reference}: it is of another kind",
                hint=f"name {with_article(node.type.name)} as the replacement",
            )
        if other is node:
            raise UsageError(f"{node.reference} cannot replace itself")
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
        """Move a definition: below another one, or to another owner, provider and so on.

        ``relation`` names the property to change, if several are possible.
        """
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
                f"{node.reference} has no property "
                + (f"{relation} " if relation else "")
                + f"that refers to a single {to.type.name}",
                hint="describe the change in a patch (--with patch.yaml)",
            )
        if len(may) > 1:
            names = ", ".join(property_.name for property_ in may)
            raise UsageError(
                f"{node.reference} can refer to {to.reference} by several properties",
                hint=f"choose one with --relation: {names}",
            )
        (property_,) = may
        if property_.relation is not None and property_.relation.hierarchy is not None:
            above: Node | None = to
            while above is not None:
                if above is node:
                    raise UsageError(
                        f"{node.reference} cannot be moved below itself or one of its parts"
                    )
                above = next(iter(above.edges.get(property_.name, ())), None)
        return [_put(node, node.pointer_to(property_), _name(to, property_, node))]

    def delay(self, node: Node, by: str) -> list[Alteration]:
        """Move the future dates of a definition by a duration."""
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
                f"{node.reference} has no date after {self._today}, so nothing can be delayed"
            )
        return found

    def cut(self, node: Node, percent: Decimal) -> list[Alteration]:
        """Reduce the amounts of money of a definition by a percentage."""
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
                hint=f"it would be in {', '.join(changes.amounts)}",
            )
        return found

    def of(self, node: Node) -> Changes:
        """What the schema of a definition declares about its changes (``x-changes``)."""
        kind = self._ontology.kinds.get(node.type.name)
        return NO_CHANGES if kind is None else kind.changes

    def _values(self, node: Node, paths: Iterable[str]) -> Iterator[tuple[Node, Property]]:
        """The objects at the ends of paths, each with the last property of its path."""
        return values(node, paths, self._walker)

    def _refused(self, node: Node, action: str, may: Any) -> UsageError:
        kinds = [kind.name for kind in self._ontology.kinds.values() if may(kind.changes)]
        return UsageError(
            f"{node.reference} cannot be {action}: its kind has no values for that",
            hint=f"the kinds that can be {action} are {', '.join(kinds)}; describe any other "
            "change in a patch (--with patch.yaml)",
        )


def values(node: Node, paths: Iterable[str], walker: Walker) -> Iterator[tuple[Node, Property]]:
    """The objects at the ends of paths from a node, each with the last property of its path.

    Raises UsageError for a path that the schemas do not know.
    """
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
    """The dates in a value, each with the keys that lead to it."""
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
    """The alteration that adds targets to a relation; none if there is nothing to add."""
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
    """The alterations that make the references to ``old`` in a holder refer to ``new``."""
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
        # The other references stay as written; those without a target are not rewritten.
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
    """The reference to a target as a property of another definition writes it."""
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
