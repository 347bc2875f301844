"""A mapping applied in reverse: definitions → the records and links that it would read as them.

What the mapping does not cover, or the format cannot hold, is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bizalign_lint.core.types import Pointer
from bizalign_lint.core.words import slug
from bizalign_lint.exporters.entries import Backwards, Entry, Link, Names
from bizalign_lint.exporters.said import as_said, leaves, property_at, put, targets
from bizalign_lint.graph.nodes import DEFAULT_NAMESPACE, Node
from bizalign_lint.mapping.language import Element, Relation, Rules, Setting, Value, value_of
from bizalign_lint.schema.ontology import Property

_NAME, _NAMESPACE = ("metadata", "name"), ("metadata", "namespace")


def backwards(
    rules: Rules,
    nodes: Sequence[Node],
    names: Callable[[Sequence[Entry]], Names],
    derived: Callable[[Node], Mapping[str, Any]],
) -> Backwards:
    """The records and links that a mapping would turn into these definitions.

    ``names`` chooses the names of all records; ``derived`` gives the derived values of a node.
    """
    left_out: Counter[str] = Counter()
    entries: dict[Node, Entry] = {}
    for node in nodes:
        element = _element(rules, node)
        if element is None:
            left_out[f"definition of the kind {node.type.name}"] += 1
        else:
            entries[node] = Entry(node, element)
    called = names([*entries.values()])
    writer = _Writer(rules, entries, called, derived, left_out)
    for entry in entries.values():
        writer.write(entry)
    for entry in entries.values():
        writer.complete(entry)
    return Backwards([*entries.values()], writer.links, called, left_out)


def _element(rules: Rules, node: Node) -> Element | None:
    """The first element of the mapping for the kind of a node whose constants the node has."""
    value = _value(node)
    for element in rules.elements:
        if element.kind == node.type.name and element.type:
            fixed = [s for s in element.settings if not s.values[0].field]
            if all(value_of(value, s.pointer) == s.values[0].constant for s in fixed):
                return element
    return None


def _value(node: Node) -> dict[str, Any]:
    assert node.document is not None
    return node.document.value


class _Writer:
    def __init__(
        self,
        rules: Rules,
        entries: Mapping[Node, Entry],
        names: Names,
        derived: Callable[[Node], Mapping[str, Any]],
        left_out: Counter[str],
    ) -> None:
        self.links: list[Link] = []
        self._rules = rules
        self._entries = entries
        self._names = names
        self._derived = derived
        self._left_out = left_out
        self._seen: set[tuple[str, int, int]] = set()

    def write(self, entry: Entry) -> None:
        """Fill the fields of a record, and those of other records that its references go to."""
        element, node = entry.element, entry.node
        for way, word in element.marks:
            entry.put(way, word)
        space, name = self._names.name(entry)
        if element.name:
            entry.put(element.name, name)
        if element.namespace and space != DEFAULT_NAMESPACE:
            entry.put(element.namespace, space)
        settings = {setting.pointer: setting for setting in element.settings}
        for pointer, value in leaves(_value(node), settings):
            setting = settings.get(pointer)
            property_ = property_at(node, pointer)
            if property_ is not None and property_.relation is not None:
                self._refer(entry, pointer, property_, setting, value)
            elif pointer == _NAME:
                kept = name == node.name if element.name else slug(node.title) == node.name
                if not kept:
                    self._leave(node, pointer)
            elif pointer == _NAMESPACE:
                if not element.namespace or space != node.namespace:
                    self._leave(node, pointer)
            elif setting is None or not self._set(entry, setting, value):
                self._leave(node, pointer)
        self._follow(entry, settings)

    def complete(self, entry: Entry) -> None:
        """Fill mandatory fields that are still empty with the values of the mapping."""
        for way, value in entry.element.write:
            if value_of(entry.fields, way) is None:
                entry.put(way, value)

    def _leave(self, node: Node, pointer: Pointer, count: int = 1) -> None:
        name = ".".join(map(str, pointer[1:])) or str(pointer[0])
        self._left_out[f"{name} of {node.type.name}"] += count

    def _set(self, entry: Entry, setting: Setting, value: Any) -> bool:
        """Put a value into the field that it is read from; False if the field cannot hold it."""
        way = setting.values[0]
        if not way.field:
            return bool(value == way.constant)
        if way.then is not None or way.each or way.is_name:
            return False
        items = value if isinstance(value, list) else [value]
        said = [as_said(item, way) for item in items]
        if any(item is None for item in said):
            return False
        if said:
            put(entry, setting, way, said)
        return bool(said)

    def _follow(self, entry: Entry, settings: Mapping[Pointer, Setting]) -> None:
        """Fill fields with derived values: what follows from dates replaces what is not stated."""
        for property_ in entry.node.type.properties.values():
            if property_.derivation is None or not property_.derivation.otherwise:
                continue
            path = property_.derivation.otherwise
            pointer = (entry.node.type.properties[path[0]].section or "spec", *path)
            setting = settings.get(pointer)
            if setting is None or setting.is_rest or property_.enum is None:
                continue
            if value_of(_value(entry.node), pointer) is None:
                value = self._derived(entry.node).get(property_.name)
                if value is not None:
                    self._set(entry, setting, value)

    def _refer(
        self,
        entry: Entry,
        pointer: Pointer,
        property_: Property,
        setting: Setting | None,
        value: Any,
    ) -> None:
        """Write the references of a property: to a field of the record or target, or as links."""
        node = entry.node
        held: list[str] = []
        last: Value | None = None
        many = isinstance(value, list)
        count = len(value) if many else 1
        for target in targets(node, pointer):
            other = self._entries.get(target)
            if other is None:
                continue
            if setting is None or setting.is_rest:
                # A property of a nested object may have the same name and another meaning.
                if len(pointer) == 2 and self._say(entry, property_, other):
                    count -= 1
                    continue
                if setting is None:
                    continue
            way = self._way(setting, other)
            text = None if way is None else self._names.refer(other, way.refers, entry)
            if text is not None and not (way and way.split and way.split in text):
                held.append(text)
                count -= 1
                last = way
        if held and setting is not None:
            assert last is not None
            put(entry, setting, last, held)
        if count > 0 or not value:
            self._leave(node, pointer, max(count, 1))
        details = [item for item in value if isinstance(item, dict)] if many else []
        if details:
            self._left_out[f"details in {property_.name} of {node.type.name}"] += len(details)

    def _way(self, setting: Setting, target: Entry) -> Value | None:
        """The field to hold a reference to a record: the first for its type, else the first."""
        ways = [way for way in setting.values if way.field and way.then is None]
        if setting.property.many:
            ways = ways[:1]
        fit = (way for way in ways if way.refers == target.type)
        return next(fit, ways[0] if ways else None)

    def _say(self, entry: Entry, property_: Property, other: Entry) -> bool:
        """Write a reference as a link or to a field of its target; False if neither is possible."""
        return self._link(entry, property_, other) or self._fill(entry, property_, other)

    def _link(self, entry: Entry, property_: Property, other: Entry) -> bool:
        """Write a reference as a link; False if the mapping has no relation for it."""
        relation = next(
            (r for r in self._rules.relations if _holds(r, entry, property_, other)), None
        )
        if relation is None:
            return False
        ends = (entry, other) if relation.at_source else (other, entry)
        key = (relation.type, id(ends[0]), id(ends[1]))
        if key not in self._seen:
            self._seen.add(key)
            self.links.append(Link(relation.type, *ends))
        return True

    def _fill(self, entry: Entry, property_: Property, other: Entry) -> bool:
        """Write a reference to a field of its target; False if the mapping has none for it."""
        for fill in other.element.fills:
            if fill.property == property_.name and fill.value.refers == entry.type:
                text = self._names.refer(entry, fill.value.refers, other)
                if text is not None:
                    split = fill.value.split
                    known = value_of(other.fields, fill.value.field)
                    if split and split in text:
                        return False
                    many: Any = [*(known or ()), text]
                    if split:
                        many = text if known is None else f"{known}{split}{text}"
                    other.put(fill.value.field, many)
                    return True
        return False


def _holds(relation: Relation, entry: Entry, property_: Property, other: Entry) -> bool:
    """Whether links of a relation become references of a property between these two kinds."""
    holder, target = (
        (relation.source, relation.target)
        if relation.at_source
        else (relation.target, relation.source)
    )
    return (
        relation.property is property_
        and holder == entry.node.type.name
        and target == other.node.type.name
    )
