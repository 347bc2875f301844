"""Completion of keys: properties, the entries of a definition, and whole definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bizalign_lint.core.words import match_rank, prose, sentence
from bizalign_lint.ide.cursor import Cursor, Position
from bizalign_lint.ide.items import Item, ItemType, Offer, ranked
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.words import described
from bizalign_lint.schema.ontology import Kind, Ontology, Property
from bizalign_lint.schema.skeleton import Stops, lines, minimal_value, typical

_INDENT = re.compile(r"[ \t]*")
_AFTER = re.compile(r"[ \t]*:")


def keys(at: Cursor, properties: Iterable[Property], lead: str = "") -> Offer:
    """The properties that are not there yet, the required ones first."""
    there = {part.key for part in at.holder.parts if part is not at.part}
    if at.part is not None and at.part.dash:
        there = set()
    found: list[tuple[int, Item]] = []
    for property_ in properties:
        if property_.name in there or not property_.written:
            continue
        rank = match_rank(at.typed.lower(), property_.name.lower())
        if rank is None:
            continue
        detail = "required" if property_.required else ""
        text, snippet = _entry(at, property_, lead)
        item = Item(
            label=property_.name,
            sort=ItemType.PROPERTY,
            text=text,
            detail=detail,
            about=prose(property_.description),
            snippet=snippet,
            first=property_.required,
        )
        found.append((rank * 2 + (not property_.required), item))
    return Offer(at.span, ranked(found))


def _entry(at: Cursor, property_: Property, lead: str) -> tuple[str, bool]:
    """The text to insert for a key, and whether it is a snippet with places to fill in."""
    if _AFTER.match(at.page.sketch.text, at.end):
        return f"{lead}{property_.name}", False
    if at.holder.flow:
        if property_.many:
            return f"{lead}{property_.name}: [$1]", True
        return f"{lead}{property_.name}: ", False
    if property_.object is None and not property_.many:
        return f"{lead}{property_.name}: ", False
    if property_.object is None:
        return f"{lead}{property_.name}: [$1]", True
    entry = lines({property_.name: minimal_value(property_, Stops())})
    further = f"\n{' ' * (len(lead) + _width_before_key(at))}"
    return f"{lead}{further.join(entry)}", True


def _width_before_key(at: Cursor) -> int:
    """The distance of a key from the indentation of its line, such as the width of a dash.

    An editor indents further lines like the line on which they are inserted.
    """
    text = at.page.sketch.text
    start = at.page.offset(Position(at.span.line, 1))
    return at.start - start - len(_INDENT.match(text, start, at.start)[0])  # type: ignore[index]


def sections(ontology: Ontology, at: Cursor, kind: Kind) -> Offer:
    """The top-level entries of a definition that are not there yet."""
    there = {part.key for part in at.document.parts if part is not at.part}
    found: list[tuple[int, Item]] = []
    sections = {property_.section for property_ in kind.type.properties.values()}
    for name in kind.schema.get("properties", {}):
        rank = match_rank(at.typed.lower(), name.lower())
        if name in there or rank is None:
            continue
        has_colon = _AFTER.match(at.page.sketch.text, at.end) is not None
        text = name if has_colon else f"{name}:\n  " if name in sections else f"{name}: "
        required = name in kind.schema.get("required", ())
        about = described(ontology, kind, name)
        item = Item(
            label=name,
            sort=ItemType.PROPERTY,
            text=text,
            detail="required" if required else "",
            about=about,
            first=required,
        )
        found.append((rank * 2 + (not required), item))
    return Offer(at.span, ranked(found))


def documents(snapshot: Snapshot, at: Cursor, lead: str = "") -> Offer:
    """A whole definition of each kind; ``lead`` separates it from the one before."""
    typed = at.typed.lower()
    found: list[tuple[int, Item]] = []
    for kind in snapshot.loaded.ontology.kinds.values():
        title = str(kind.schema.get("title", kind.name))
        rank = match_rank(typed, kind.name.lower(), title.lower(), "kind", "apiversion")
        if rank is not None:
            item = Item(
                label=title,
                sort=ItemType.SNIPPET,
                text=lead + "\n".join(lines(typical(kind, Stops()))) + "\n",
                detail=f"New {title[:1].lower() + title[1:] if title[1:2].islower() else title}",
                about=sentence(prose(kind.description)),
                search=f"{kind.name} {title} apiVersion kind",
                snippet=True,
            )
            found.append((rank, item))
    return Offer(at.span, ranked(found))
