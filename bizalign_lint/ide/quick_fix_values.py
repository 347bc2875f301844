"""Remedies that change a value or add a missing one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import orjson

from bizalign_lint.core.types import Edit, Pointer, Source
from bizalign_lint.fixes.edits import edit
from bizalign_lint.fixes.yaml_edit import (
    REST,
    Raw,
    Replacement,
    line_break,
    line_start,
    with_entries,
)
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.complete_references import written
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.nodes import cursor_context
from bizalign_lint.ide.remedy import FindingContext, Remedy
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.nodes import Node as YamlNode
from bizalign_lint.parsing.yaml.walk import walk
from bizalign_lint.parsing.yaml.write import plain
from bizalign_lint.schema.ontology import Property
from bizalign_lint.schema.skeleton import Shown, minimal_value

_EVENT = re.compile(r".*edOn")
"""The names of dates of past events (``reviewedOn``); other dates may be in the future."""
_WRITTEN = frozenset({"string", "number"})
_FEW = 9
_MOST_NODES = 4


def other_values(snapshot: Snapshot, context: FindingContext) -> Iterator[Remedy]:
    """Remedies that replace the value at the place of the finding."""
    span = context.finding.location.span
    path = context.finding.location.path
    here = cursor_context(snapshot, path, Position(span.line, span.column))
    if here is None or here.meaning.property is None or here.at.part is None or here.at.on_key:
        return
    if here.meaning.property.relation is not None:
        return  # there is no telling which definition is meant
    property_ = here.meaning.property
    near = context.node if context.node is not None else here.node
    for value, shown in _values(snapshot, property_, near):
        if shown != here.text:
            found = put(snapshot.sources[path], here.at.number, here.at.pointer, value)
            if found is not None:
                yield Remedy(f"Change {property_.name} to {shown}", (found,))


def additions(snapshot: Snapshot, context: FindingContext) -> Iterator[Remedy]:
    """Remedies that add a value for a property that the rule reads and the definition lacks."""
    node = context.node
    if node is None or node.document is None:
        return
    source = snapshot.sources.get(node.document.source.path)
    if source is None:
        return
    open_ = [*_open(context, node)]
    for property_ in open_:
        name, there = property_.name, property_.name in node.values
        for value, shown in _values(snapshot, property_, node):
            pointer = node.pointer_to(property_)
            if there:
                found = append(source, node.document.index, pointer, value)
                title = f"Add {shown} to {name}"
            else:
                new = [value] if property_.many else value
                found = add(source, node.document.index, pointer, new)
                title = f"Add {name}: {shown}"
            if found is not None:
                yield Remedy(title, (found,))
    for property_ in open_:
        if not _is_for_people(property_) or property_.name in {*node.values, *node.edges}:
            continue
        value = minimal_value(property_, _Blank())
        placeholder = add(source, node.document.index, node.pointer_to(property_), value)
        if placeholder is not None:
            yield Remedy(f"Add {property_.name}, to be filled in", (placeholder,), is_open=True)


def _open(context: FindingContext, node: Node) -> Iterator[Property]:
    """The properties that the rule reads and to which a value can be added."""
    for name in context.names:
        property_ = node.type.properties.get(name)
        if property_ is None or property_.derivation is not None:
            continue
        relation = property_.relation
        if len(context.names) > 1 and relation is not None and relation.hierarchy is not None:
            continue  # it only leads to the nodes with the other properties
        if property_.many or name not in node.values:
            yield property_


def _is_for_people(property_: Property) -> bool:
    """Whether a property takes text or numbers that only a person can know."""
    if property_.object is not None:
        return any(map(_is_for_people, property_.object.properties.values()))
    named = property_.relation is not None or property_.enum is not None
    return not named and property_.datatype in _WRITTEN


class _Blank:
    """Leaves all values empty, to be filled in."""

    def value(self, _: Property, __: Shown, /) -> Raw:
        return Raw("")

    def entry(self) -> Raw:
        return Raw("")


def _values(
    snapshot: Snapshot, property_: Property, node: Node | None
) -> Iterator[tuple[Raw, str]]:
    """The possible values of a property, as YAML and for display; none if they are unlimited."""
    schema = property_.schema
    if property_.relation is not None:
        for found in _near(snapshot, property_, node):
            text = written(found, property_.relation, node.namespace if node else "default")
            yield Raw(plain(text)), text
    elif property_.enum is not None:
        for value in property_.enum[:_FEW]:
            yield Raw(plain(value) if isinstance(value, str) else _json(value)), str(value)
    elif property_.datatype == "date" and _EVENT.fullmatch(property_.name):
        day = snapshot.settings.as_of.isoformat()
        yield Raw(f'"{day}"'), f"today, {day}"
    elif property_.datatype == "boolean":
        yield from ((Raw("true"), "true"), (Raw("false"), "false"))
    elif property_.datatype == "integer" and {"minimum", "maximum"} <= schema.keys():
        values = range(int(schema["minimum"]), int(schema["maximum"]) + 1)
        yield from ((Raw(str(value)), str(value)) for value in values[:_FEW])


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _near(snapshot: Snapshot, property_: Property, node: Node | None) -> list[Node]:
    """The nodes that a property may refer to, those that nodes of the same kind refer to first."""
    assert property_.relation is not None
    used: Counter[Node] = Counter()
    if node is not None:
        for other in snapshot.graph.kinds.get(node.type.name, ()):
            used.update(other.edges.get(property_.name, ()))
    there = {*node.edges.get(property_.name, ()), node} if node is not None else set()
    found = [
        other
        for kind in property_.relation.to
        for other in snapshot.graph.kinds.get(kind, ())
        if other not in there
    ]
    space = node.namespace if node is not None else "default"
    found.sort(key=lambda n: (-used[n], n.namespace != space, n.reference))
    return found[:_MOST_NODES]


def put(source: Source, number: int, pointer: Pointer, value: Raw) -> Edit | None:
    """The edit that replaces a scalar with another value; None if that is not safe."""
    read = stream.read(source.content)
    found = _reach(read, number, pointer)
    if found is None or found.items is not None or found.entries is not None:
        return None
    text = read.lines.all[found.start : found.end]
    if not text or text[0] in "|>&*!" or "\n" in text:
        return None
    return edit(source.path, read.lines, (found.start, found.end, str(value)))


def append(source: Source, number: int, pointer: Pointer, value: Raw) -> Edit | None:
    """The edit that appends an item to a list of scalars; None if that is not safe."""
    read = stream.read(source.content)
    found = _reach(read, number, pointer)
    if found is None or found.items is None:
        return None
    text = read.lines.all
    replacement: Replacement
    if not found.items:
        replacement = (found.start + 1, found.end - 1, str(value))
    elif found.flow:
        last = found.items[-1].end
        replacement = (last, last, f", {value}")
    else:
        begin, last = found.items[-1].start, found.items[-1].end
        lead = text[line_start(text, begin) : begin]
        if lead.strip() != "-":
            return None
        rest = REST.match(text, last)
        if rest is None:
            return None
        end = rest.start(2)
        replacement = (end, end, f"{line_break(text)}{lead}{value}")
    return edit(source.path, read.lines, replacement)


def add(source: Source, number: int, pointer: Pointer, value: object) -> Edit | None:
    """The edit that adds an entry to a mapping, with its section if that does not exist yet.

    None if that is not safe.
    """
    read = stream.read(source.content)
    holder = _reach(read, number, pointer[:-1])
    key = str(pointer[-1])
    replacement = None
    if holder is not None and holder.entries is not None:
        replacement = with_entries(read.lines.all, holder, {key: value})
    elif holder is None and len(pointer) > 1:
        top = _reach(read, number, pointer[:-2])
        if top is not None and top.entries is not None and pointer[-2] not in top.entries:
            replacement = with_entries(read.lines.all, top, {str(pointer[-2]): {key: value}})
    return edit(source.path, read.lines, replacement) if replacement is not None else None


def _reach(read: stream.Stream, number: int, pointer: Pointer) -> YamlNode | None:
    """The node at a pointer; None if there is none or it is an alias."""
    root = read.trees[number].root if number < len(read.trees) else None
    if root is None:
        return None
    found = walk(root, pointer)
    return found.node if found.complete and found.node.target is None else None
