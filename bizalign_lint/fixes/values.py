"""Values that a schema rejects → fixes, where it is clear what was meant."""

from __future__ import annotations

from math import isfinite
from typing import Any

import orjson

from bizalign_lint.core.types import (
    Change,
    Fix,
    Flaw,
    Operation,
    Place,
    Source,
)
from bizalign_lint.fixes.edits import fix_of, put, reach, root, value_of
from bizalign_lint.fixes.yaml_edit import (
    Replacement,
    quoted,
    with_entries,
    without_item,
)
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.core_schema import NumberTooLong, resolve
from bizalign_lint.parsing.yaml.write import flow


def to_near_value(flaw: Flaw, _source: Source) -> Fix | None:
    """Replaces a value with the one that was probably meant."""
    near = flaw.details.get("near")
    safe = bool(flaw.details.get("certain"))
    return put(flaw, near, f"Change it to {near}", safe=safe) if near else None


def conform(flaw: Flaw, source: Source) -> Fix | None:
    """Makes a value conform to its schema, where it is clear how."""
    details = flaw.details
    if details.get("placeholder"):
        return _add_placeholder(flaw, source)
    if details.get("keyword") == "uniqueItems":
        return _remove_duplicates(flaw, source)
    if details.get("near"):
        return to_near_value(flaw, source)
    if details.get("block"):
        return _reshape(flaw, source)
    if details.get("keyword") == "type":
        return _convert(flaw, source)
    return None


def _reshape(flaw: Flaw, source: Source) -> Fix | None:
    """Writes a value in the form that its property expects, on one line, if no comment is lost."""
    place, value = flaw.place, orjson.loads(flaw.details["block"])
    assert isinstance(place, Place)
    read = stream.read(source.content)
    found = reach(root(read, place), place.pointer)
    if found is None:
        return None
    key, node = found
    text = read.lines.all
    start = node.start if key is None else key.end
    end = start + len(text[start : node.end].rstrip())
    if "#" in text[start:end]:
        return None
    written = flow(value)
    change = Change(place.document.index, place.pointer, Operation.PUT, value)
    replacement = start, end, written if key is None else f": {written}"
    title, safe = f"Write {written}", bool(flaw.details.get("certain"))
    return fix_of(title, source, read.lines, replacement, changes=(change,), safe=safe)


def _convert(flaw: Flaw, source: Source) -> Fix | None:
    """Adds quotes to text, removes them from a number, or adds brackets to the item of a list."""
    place = flaw.place
    assert isinstance(place, Place)
    read = stream.read(source.content)
    found = reach(root(read, place), place.pointer)
    if found is None:
        return None
    node, old = found[1], value_of(place)
    text = read.lines.all[node.start : node.end]
    datatype, many = flaw.details.get("datatype"), flaw.details.get("many")
    replacement: Replacement | None
    value: Any
    if isinstance(old, dict | list) or old is None or "\n" in text or text != text.strip():
        return None
    if many and isinstance(old, str) and datatype == "string":
        replacement, value, title = (node.start, node.end, f"[{text}]"), [old], "Make it a list"
    elif many:
        return None
    elif datatype == "string" and not isinstance(old, str):
        replacement, value, title = quoted(read.lines.all, node.start, node.end), text, "Quote it"
    elif datatype in ("integer", "number") and isinstance(old, str):
        number = _number(old, datatype)
        if number is None:
            return None
        replacement, value, title = (node.start, node.end, old), number, "Remove the quotes"
    else:
        return None
    change = Change(place.document.index, place.pointer, Operation.PUT, value)
    return fix_of(title, source, read.lines, replacement, changes=(change,))


def _number(text: str, datatype: str) -> int | float | None:
    """The number that a text would be without quotes; None if it would not be of the datatype."""
    try:
        value = resolve(text) if text else None
    except NumberTooLong:
        return None
    if isinstance(value, float):
        fits = value.is_integer() if datatype == "integer" else isfinite(value)
        return value if fits else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _remove_duplicates(flaw: Flaw, source: Source) -> Fix | None:
    place = flaw.place
    assert isinstance(place, Place)
    read = stream.read(source.content)
    found = reach(root(read, place), place.pointer)
    if found is None or found[1].items is None:
        return None
    seen: set[str] = set()
    replacements: list[Replacement] = []
    changes: list[Change] = []
    for index, item in enumerate(found[1].items):
        if not isinstance(item.value, str):
            return None
        if item.value in seen:
            replacement = without_item(read.lines.all, found[1], index)
            if replacement is None:
                return None
            replacements.append(replacement)
            pointer = (*place.pointer, index)
            changes.append(Change(place.document.index, pointer, Operation.REMOVE))
        seen.add(item.value)
    title = "Remove the duplicate"
    return fix_of(title, source, read.lines, *replacements, changes=tuple(changes))


def _add_placeholder(flaw: Flaw, source: Source) -> Fix | None:
    place, name = flaw.place, flaw.details["property"]
    assert isinstance(place, Place)
    read = stream.read(source.content)
    found = reach(root(read, place), place.pointer)
    if found is None or found[1].entries is None:
        return None
    value = orjson.loads(flaw.details["placeholder"])
    change = Change(place.document.index, (*place.pointer, name), Operation.PUT, value)
    replacement = with_entries(read.lines.all, found[1], {name: value})
    title = f"Add {name} to fill in"
    return fix_of(title, source, read.lines, replacement, changes=(change,), safe=False)


def add_dates(flaw: Flaw, source: Source) -> Fix | None:
    """Adds the vendor's dates to a definition that lacks them."""
    place, holder = flaw.place, flaw.details["holder"]
    assert isinstance(place, Place)
    read = stream.read(source.content)
    above = place.pointer[:-1]
    found, held = (reach(root(read, place), one) for one in (above, (*above, holder)))
    missing: dict[str, str] = orjson.loads(flaw.details["missing"])
    if found is None or found[1].entries is None:
        return None
    number, text = place.document.index, read.lines.all
    if held is None:
        changes = [Change(number, (*above, holder), Operation.PUT, missing)]
        replacement = with_entries(text, found[1], {holder: missing})
    else:
        changes = [
            Change(number, (*above, holder, name), Operation.PUT, day)
            for name, day in missing.items()
        ]
        replacement = with_entries(text, held[1], missing)
    title = f"Add the dates that {flaw.details['source']} knows"
    return fix_of(title, source, read.lines, replacement, changes=tuple(changes))
