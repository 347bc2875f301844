"""Completion: what can be inserted at the cursor."""

from __future__ import annotations

from typing import Any

from bizalign_lint.core.words import match_rank
from bizalign_lint.ide.complete_keys import documents, keys, sections
from bizalign_lint.ide.complete_references import references
from bizalign_lint.ide.complete_rules import in_comment, rules
from bizalign_lint.ide.complete_values import used_values, values
from bizalign_lint.ide.cursor import Cursor, Meaning, Position, cursor, meaning, pointer
from bizalign_lint.ide.items import Item, ItemType, Offer, ranked
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.envelope import API_VERSION, FIELD
from bizalign_lint.reporters.markdown import escape
from bizalign_lint.schema.ontology import Property


def completion(snapshot: Snapshot, path: str, position: Position) -> Offer | None:
    """The items that can be inserted at a position of a file; None if there are none."""
    source = snapshot.sources.get(path)
    if source is None:
        return None
    at = cursor(source.content, position)
    if at.comment is not None:
        return in_comment(snapshot, path, at)
    if at.closed or not at.page.is_ours(at.document):
        return None
    part = at.part
    if part is not None and part.key is not None and not at.on_key:
        return _values(snapshot, path, at, part)
    steps = pointer(at.holder)
    held = meaning(snapshot.loaded.ontology, at.kind, steps)
    if at.holder is at.document:
        return _top(snapshot, at)
    if held.section is not None and held.kind is not None:
        properties = [p for p in held.kind.type.properties.values() if p.section == held.section]
        return keys(at, properties)
    if held.type is not None and not _is_named(at, held):
        return _in_object(at, held)
    if held.property is not None and (held.property.many or at.holder.flow == "["):
        return _values(snapshot, path, at, at.holder)
    return None


def _is_named(at: Cursor, held: Meaning) -> bool:
    """Whether a property holds a reference, and not the object that may be in its place."""
    by_name = held.property is not None and held.property.relation is not None
    return by_name and at.holder.key is not None


def _in_object(at: Cursor, held: Meaning) -> Offer | None:
    """The properties of an object; in a list of objects, those of a new element."""
    assert held.type is not None and held.property is not None
    dash = at.holder.dash or (at.part is not None and at.part.dash)
    new = held.property.many and not dash and at.holder.key is not None
    return keys(at, held.type.properties.values(), lead="- " if new else "")


def _top(snapshot: Snapshot, at: Cursor) -> Offer:
    """The top-level entries of a definition; whole definitions if it is empty or complete."""
    ontology = snapshot.loaded.ontology
    others = [part for part in at.document.parts if part is not at.part]
    if not others:
        return documents(snapshot, at)
    known = ontology.kinds.get(at.kind)
    missing = sections(ontology, at, known or next(iter(ontology.kinds.values())))
    if not missing.items and known is not None and others[-1].end <= at.start:
        return documents(snapshot, at, lead="---\n")
    return missing


def _values(snapshot: Snapshot, path: str, at: Cursor, part: Part) -> Offer | None:
    """The values that an entry, or the list that it holds, may have."""
    ontology = snapshot.loaded.ontology
    steps = pointer(part)
    if steps == (FIELD,):
        return _plain(at, [Item(API_VERSION, ItemType.VALUE, API_VERSION)])
    if steps == ("kind",):
        return _plain(at, _kinds(snapshot))
    found = meaning(ontology, at.kind, steps)
    property_ = found.property
    if property_ is None:
        return None
    lead = _lead(at, property_)
    if property_.many and part is at.part and not part.dash and not part.flow:
        return _as_list(_of_property(snapshot, path, at, part, found, lead))
    return _of_property(snapshot, path, at, part, found, lead)


def _as_list(offer: Offer | None) -> Offer | None:
    """An offer with each item in brackets, for use after the key of a list."""
    if offer is None:
        return None
    items = (
        item._replace(text=f"{item.text[: -len(item.text.lstrip())]}[{item.text.lstrip()}]")
        for item in offer.items
    )
    return offer._replace(items=tuple(items))


def _of_property(
    snapshot: Snapshot, path: str, at: Cursor, part: Part, found: Meaning, lead: str
) -> Offer | None:
    """The values that a property, or an item of it, may have."""
    property_ = found.property
    assert property_ is not None
    steps = pointer(part)
    suppresses = found.kind.suppresses if found.kind is not None else None
    if suppresses is not None and steps[-1] == suppresses.rules:
        return rules(snapshot, path, at, lead)
    if property_.relation is not None:
        return references(snapshot, path, at, property_, lead, _others(at, part))
    others = _others(at, part)
    known = values(snapshot.loaded.ontology, at, property_, lead, others)
    used = used_values(snapshot, at, steps, property_, lead, others)
    if known is None or used is None or len(known.items) > 1:
        return known or used  # a single known value is only the default
    labels = {item.label for item in used.items}
    more = [item for item in known.items if item.label not in labels]
    return used._replace(items=(*used.items, *more))


def _lead(at: Cursor, property_: Property) -> str:
    """The text that must precede a value, if it is not there yet."""
    text = at.page.sketch.text
    if at.part is None and property_.many and not at.holder.flow:
        return "- "
    if at.start == at.offset and text[at.start - 1 : at.start] in (":", "-") and at.start > 0:
        return " "
    return ""


def _others(at: Cursor, part: Part) -> list[str]:
    """The items that are in the list already."""
    if part is at.part:
        return []
    return [at.page.sketch.value(other) for other in part.parts if other is not at.part]


def _kinds(snapshot: Snapshot) -> list[Item]:
    return [
        Item(
            kind.name,
            ItemType.KIND,
            kind.name,
            detail=kind.perspective,
            about=escape(kind.description),
            search=f"{kind.name} {kind.schema.get('title', '')}",
        )
        for kind in snapshot.loaded.ontology.kinds.values()
    ]


def _plain(at: Cursor, items: list[Item]) -> Offer:
    """The items that match what is typed."""
    typed = at.typed.lower()
    lead = " " if at.page.sketch.text[at.start - 1 : at.start] == ":" else ""
    found: list[tuple[int, Item]] = []
    for item in items:
        rank: Any = match_rank(typed, (item.search or item.label).lower())
        if rank is not None:
            found.append((rank, item._replace(text=lead + item.text)))
    return Offer(at.span, ranked(found))
