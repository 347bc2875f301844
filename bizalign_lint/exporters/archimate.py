"""Records and links as a model in The Open Group's exchange format (ArchiMate 3.1)."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.exporters.entries import Backwards, Entry, Link, mixed, parent_of
from bizalign_lint.exporters.said import text
from bizalign_lint.mapping.language import View
from bizalign_lint.reporters import xml

_OPEN = {
    "xmlns": "http://www.opengroup.org/xsd/archimate/3.0/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.opengroup.org/xsd/archimate/3.0/ "
    "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Diagram.xsd",
}
_PROPERTY = "property"
"""The field of an element that holds those that it has for other tools."""
_PREFIX = "id-"
_OTHER = re.compile(r"[^A-Za-z0-9.-]")
_DIGEST = 20
_DEEPEST = 50
"""How deep boxes are nested; a deeper one is drawn beside the outermost."""
_WIDTH, _HEIGHT, _GAP, _HEAD = 130, 50, 12, 32
"""Sizes in the units of a view: an empty box, the gap between boxes, the room for a title."""


class Names:
    """Identifiers made of kinds and names, which stay the same as long as these do."""

    def name(self, entry: Entry) -> tuple[str, str]:
        """The namespace and name of the definition, unchanged."""
        return entry.node.namespace, entry.node.name

    def refer(self, target: Entry, _type: str, _seen_from: Entry, /) -> str:
        """The identifier without its prefix, as the reader of this format returns it."""
        return identity(target).removeprefix(_PREFIX)


def identity(entry: Entry) -> str:
    """The identifier of an element: an xs:ID."""
    node = entry.node
    # Neither kinds nor names contain an underscore, so that the joined text is unique.
    parts = (node.type.name, node.namespace, node.name)
    return _PREFIX + "_".join(_OTHER.sub(_hex, part) for part in parts)


def _hex(found: re.Match[str]) -> str:
    return f"__{ord(found[0]):x}"


def render(made: Backwards, name: str, views: Sequence[View]) -> Iterator[str]:
    """The XML of the model, piece by piece; ``name`` is the name of the model."""
    properties = sorted({key for entry in made.records for key in _properties(entry)})
    definitions = {key: _hashed("property", key) for key in properties}
    yield xml.DECLARATION
    yield from xml.element(
        "model",
        {**_OPEN, "identifier": f"{_PREFIX}model"},
        [
            *_named("name", name),
            *_group("elements", (_element(entry, definitions) for entry in made.records)),
            *_group("relationships", map(_relationship, made.links)),
            *_group("propertyDefinitions", (_definition(*one) for one in definitions.items())),
            *_views(made, views),
        ],
    )


def _group(tag: str, parts: Iterator[Iterator[str]]) -> Iterator[str]:
    """Parts inside a tag; nothing if there are none, because the schema forbids empty groups."""
    inner = [line for part in parts for line in part]
    return xml.element(tag, {}, inner) if inner else iter(())


def _named(tag: str, said: str) -> Iterator[str]:
    yield f'<{tag} xml:lang="en">{xml.text(said).rstrip(chr(10))}</{tag}>\n'


def _properties(entry: Entry) -> Mapping[str, Any]:
    held: Mapping[str, Any] = entry.fields.get(_PROPERTY, {})
    if not isinstance(held, dict):
        raise mixed((_PROPERTY,))
    return held


def _element(entry: Entry, definitions: Mapping[str, str]) -> Iterator[str]:
    fields = entry.fields
    properties = [
        line
        for key, value in _properties(entry).items()
        for line in xml.element(
            "property",
            {"propertyDefinitionRef": definitions[key]},
            _named("value", text(value)),
        )
    ]
    yield from xml.element(
        "element",
        {"identifier": identity(entry), "xsi:type": entry.type},
        [
            *_named("name", str(fields.get("name") or entry.node.title)),
            *(
                _named("documentation", fields["documentation"])
                if fields.get("documentation")
                else ()
            ),
            *(xml.element("properties", {}, properties) if properties else ()),
        ],
    )


def _relationship(link: Link) -> Iterator[str]:
    ends = identity(link.source), identity(link.target)
    attributes = {
        "identifier": _hashed("relation", link.type, *ends),
        "source": ends[0],
        "target": ends[1],
        "xsi:type": link.type,
    }
    return xml.element("relationship", attributes)


def _definition(key: str, identifier: str) -> Iterator[str]:
    attributes = {"identifier": identifier, "type": "string"}
    return xml.element("propertyDefinition", attributes, _named("name", key))


def _hashed(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_DIGEST]
    return f"{_PREFIX}{parts[0]}-{digest}"


class _Box(NamedTuple):
    """An element in a view and those inside it; x and y are relative to the enclosing box."""

    entry: Entry
    x: int
    y: int
    width: int
    height: int
    inner: tuple[_Box, ...]


def _views(made: Backwards, views: Sequence[View]) -> Iterator[str]:
    drawn = [part for view in views for part in _view(made, view)]
    if drawn:
        yield from xml.element("views", {}, xml.element("diagrams", {}, drawn))


def _view(made: Backwards, view: View) -> Iterator[str]:
    """A view of a kind, each definition inside its parent; nothing if the kind has none."""
    entries = {entry.node: entry for entry in made.records if entry.node.type.name == view.kind}
    if not entries:
        return
    inner: dict[Entry | None, list[Entry]] = {}
    for entry in entries.values():
        inner.setdefault(_holder(entry, entries), []).append(entry)
    boxes, _, _ = _packed(inner.get(None, ()), inner)
    name = _hashed("view", view.kind)
    attributes = {"identifier": name, "xsi:type": "Diagram"}
    drawn = [line for box in boxes for line in _node(box, 0, 0, name)]
    yield from xml.element("view", attributes, [*_named("name", view.title), *drawn])


def _holder(entry: Entry, entries: Mapping[Any, Entry]) -> Entry | None:
    """The parent to draw a definition in; None if it has none, is too deep or in a cycle."""
    parent = parent_of(entry.node)
    seen, above = {entry.node}, parent
    while above is not None:
        if above in seen:
            return None
        seen.add(above)
        known = entries.get(above)
        above = parent_of(known.node) if known is not None else None
    if parent is None or len(seen) % _DEEPEST == 0:
        return None
    return entries.get(parent)


def _packed(
    held: Sequence[Entry], inner: Mapping[Entry | None, Sequence[Entry]]
) -> tuple[list[_Box], int, int]:
    """Boxes in rows, about as wide as high together, with their total width and height."""
    columns = max(1, math.ceil(math.sqrt(len(held))))
    boxes: list[_Box] = []
    x = y = _GAP
    widest = row = 0
    for number, entry in enumerate(held):
        if number and number % columns == 0:
            x, y, row = _GAP, y + row + _GAP, 0
        below, width, height = _packed(inner.get(entry, ()), inner)
        within = tuple(box._replace(y=box.y + _HEAD - _GAP) for box in below)
        size = (width, height + _HEAD - _GAP) if within else (_WIDTH, _HEIGHT)
        boxes.append(
            _Box(entry, x=x, y=y, width=max(size[0], _WIDTH), height=size[1], inner=within)
        )
        x += boxes[-1].width + _GAP
        row = max(row, size[1])
        widest = max(widest, x)
    return boxes, widest, y + row + _GAP


def _node(box: _Box, x: int, y: int, view: str) -> Iterator[str]:
    """A box and those inside it; their coordinates count from the corner of the view."""
    left, top = x + box.x, y + box.y
    attributes = {
        "identifier": _hashed("node", view, identity(box.entry)),
        "xsi:type": "Element",
        "elementRef": identity(box.entry),
        "x": left,
        "y": top,
        "w": box.width,
        "h": box.height,
    }
    within = [line for one in box.inner for line in _node(one, left, top, view)]
    return xml.element("node", attributes, within)
