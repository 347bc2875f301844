"""Remedies that remove, swap or adjust existing values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Edit, Location
from bizalign_lint.fixes.yaml_edit import REST, line_start, whole_line
from bizalign_lint.ide.cursor import Cursor, Page, Position, cursor
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.remedy import FindingContext, Remedy
from bizalign_lint.ide.snapshot import Snapshot

_DATE = re.compile(r"[\"']?[0-9]{4}-[0-9]{2}-[0-9]{2}[\"']?")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WHOLE = 100
"""The sum that shares must have."""
_REMOVABLE = frozenset(
    {conditions.DUPLICATE_KEY, conditions.DANGLING, conditions.WRONG_KIND, conditions.CYCLE}
)
"""The conditions that disappear if the flawed entry is removed."""


def removals(snapshot: Snapshot, context: FindingContext) -> Iterator[Remedy]:
    """Remedies that remove the entry or element; for a duplicate key, this one or the other."""
    if context.rule.condition not in _REMOVABLE:
        return
    finding = context.finding
    places = [("Remove", finding.location)]
    if context.rule.condition == conditions.DUPLICATE_KEY:
        places = [("Remove this", finding.location)]
        places += (("Remove the other", other.location) for other in finding.related)
    for lead, place in places:
        at = _at(snapshot, place)
        if at is None or at.part is None:
            continue
        edit = _without(place.path, at.page, at.part)
        if edit is not None:
            name = at.part.key if at.part.key is not None else at.value
            yield Remedy(f"{lead} {name}", (edit,))


def swaps(snapshot: Snapshot, context: FindingContext) -> Iterator[Remedy]:
    """Remedies that swap two dates of one mapping."""
    at = _at(snapshot, context.finding.location)
    if at is None or at.part is None or at.part.parent is None:
        return
    here, path = at.part, context.finding.location.path
    if not _DATE.fullmatch(_text(at.page, here)):
        return
    for other in at.part.parent.parts:
        if other is not here and _DATE.fullmatch(_text(at.page, other)):
            edits = (_put(path, at.page, here, other), _put(path, at.page, other, here))
            yield Remedy(f"Swap {here.key} and {other.key}", edits)


def sums(snapshot: Snapshot, context: FindingContext) -> Iterator[Remedy]:
    """Remedies that change one share so that all of them add up to 100 per cent."""
    node = context.node
    if node is None or node.document is None or not context.names:
        return
    source = snapshot.sources.get(node.document.source.path)
    at = _at(snapshot, Location(node.document.source.path, context.finding.location.span))
    if source is None or at is None:
        return
    for parent in at.page.sketch.everything(at.document):
        if parent.key not in context.names or not parent.parts:
            continue
        rows = [row for row in parent.parts if row.dash]
        for key in sorted({p.key for row in rows for p in row.parts if p.key is not None}):
            found = [p for row in rows for p in row.parts if p.key == key]
            texts = [_text(at.page, part) for part in found]
            if len(found) != len(rows) or not all(map(_NUMBER.fullmatch, texts)):
                continue
            rest = _WHOLE - sum(map(float, texts))
            for part, text in reversed([*zip(found, texts, strict=True)]):
                value = round(float(text) + rest, 6)
                if value > 0:
                    shown = f"{value:g}"
                    span = at.page.span(part.value_start, part.value_end)
                    edit = Edit(Location(source.path, span), shown)
                    title = f"Change {key} from {text} to {shown}, so that all add up to {_WHOLE}"
                    yield Remedy(title, (edit,))


def _at(snapshot: Snapshot, place: Location) -> Cursor | None:
    source = snapshot.sources.get(place.path)
    if source is None:
        return None
    return cursor(source.content, Position(place.span.line, place.span.column))


def _text(page: Page, part: Part) -> str:
    return page.sketch.text[part.value_start : part.value_end]


def _put(path: str, page: Page, part: Part, other: Part) -> Edit:
    return Edit(Location(path, page.span(part.value_start, part.value_end)), _text(page, other))


def _without(path: str, page: Page, part: Part) -> Edit | None:
    """The edit that removes an entry or element, and its list if it is the only element.

    None if that is not safe.
    """
    text = page.sketch.text
    parent = part.parent
    if parent is None:
        return None
    if part.dash and len(parent.parts) == 1:
        return _without(path, page, parent)
    if parent.flow:
        number = parent.parts.index(part)
        if number:
            start, end = parent.parts[number - 1].end, part.end
        elif len(parent.parts) > 1:
            start, end = part.start, parent.parts[1].start
        else:
            start, end = part.start, part.end
        return Edit(Location(path, page.span(start, end)), "")
    line = line_start(text, part.start)
    rest = REST.match(text, part.end)
    if rest is None or text[line : part.start].strip():
        return None
    start, end, _ = whole_line(text, line, rest.end())
    return Edit(Location(path, page.span(start, end)), "")
