"""A flaw → how it can be mended, as edits of its file. Looks at the file's text, and nowhere else.

Edits are small stretches of text. A round trip through a YAML library would be shorter here, and
would re-indent lists, re-wrap text, lose CRLF and blanks before comments: the difference that a
person has to review would be larger than the mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from bizalign_lint.core import conditions
from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import (
    Change,
    Deed,
    Edit,
    Fix,
    Flaw,
    Location,
    Place,
    Pointer,
    Source,
    Span,
)
from bizalign_lint.fixes.dates import iso
from bizalign_lint.fixes.yaml_edit import (
    Replacement,
    quoted,
    scalar,
    whole_line,
    with_entry,
    without_item,
)
from bizalign_lint.fixes.yaml_reorder import reordered
from bizalign_lint.parsing.ignore_comments import COMMENT
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.core_schema import NumberTooLong, resolve
from bizalign_lint.parsing.yaml.nodes import Node
from bizalign_lint.parsing.yaml.stream import Stream

_NOT_FOR_QUOTES = re.compile(r'["\\\r\n]')
_BREAK = re.compile(r"\r\n|\r|\n|\Z")


def fix(flaw: Flaw, source: Source | None = None) -> Fix | None:
    """How a flaw can be mended; None where that is for a person to say.

    ``source`` is the file that a flaw with a mere location stands in.
    """
    make = _FIXES.get(flaw.condition)
    if make is None:
        return None
    if isinstance(flaw.place, Place):
        source = flaw.place.document.source
    return make(flaw, source) if source is not None else None


def edit(path: str, lines: Lines, replacement: Replacement) -> Edit:
    """A replacement with its place as lines and columns."""
    start, end, text = replacement
    first, last = lines.span(start, start + 1), lines.span(end, end + 1)
    return Edit(Location(path, Span(first.line, first.column, last.line, last.column)), text)


def _quotes(flaw: Flaw, source: Source) -> Fix | None:
    read = stream.read(source.content)
    if isinstance(flaw.place, Place):
        found = _reach(_root(read, flaw.place), flaw.place.pointer, copies=True)
        if found is None:
            return None
        key, node = found
        scalar_node = key if flaw.place.key and key is not None else node
        start, end = scalar_node.start, scalar_node.end
    else:
        span = flaw.place.span
        start = read.lines.index(span.line, span.column)
        end = read.lines.index(span.end_line, span.end_column)
    if read.lines.all[start:end] != flaw.subject:
        return None
    return _made(
        f"Put {flaw.subject} in quotes", source, read.lines, quoted(read.lines.all, start, end)
    )


def _torn(flaw: Flaw, source: Source) -> Fix | None:
    """Quotes around the entries that were one."""
    if not isinstance(flaw.place, Place):
        return None
    read = stream.read(source.content)
    *way, first = flaw.place.pointer
    found = _reach(_root(read, flaw.place), tuple(way))
    if found is None or found[1].items is None or not isinstance(first, int):
        return None
    items = found[1].items
    start = items[first].start
    end = start + len(flaw.subject)
    if read.lines.all[start:end] != flaw.subject or _NOT_FOR_QUOTES.search(flaw.subject):
        return None
    number = flaw.place.document.index
    parts = [index for index, item in enumerate(items) if start < item.start < end]
    changes = (
        Change(number, (*way, first), Deed.PUT, flaw.subject),
        *(Change(number, (*way, index), Deed.REMOVE) for index in parts),
    )
    replacement = (start, end, f'"{flaw.subject}"')
    title = f"Put “{flaw.subject}” in quotes"
    return _made(title, source, read.lines, replacement, changes=changes)


def _comment(flaw: Flaw, source: Source) -> Fix | None:
    if isinstance(flaw.place, Place):
        return None
    lines = stream.lines(source.content)
    span = flaw.place.span
    start = lines.index(span.line, span.column)
    end = lines.index(span.end_line, span.end_column)
    replacement = _without_rule(lines.all, start, end, flaw.subject)
    # A reason that somebody wrote goes only when somebody looks.
    keeps = replacement is None or bool(replacement[2].strip()) or "--" not in lines.all[start:end]
    title = f"Remove the suppression of {flaw.subject}"
    return _made(title, source, lines, replacement, safe=keeps)


def _near_rule(flaw: Flaw, source: Source) -> Fix | None:
    """The rule that was meant, in a comment or in a definition."""
    near = flaw.details.get("near")
    if not near or isinstance(flaw.place, Place):
        return _near_value(flaw, source)
    lines = stream.lines(source.content)
    start = lines.index(flaw.place.span.line, flaw.place.span.column)
    found = COMMENT.match(lines.all, start)
    if found is None:
        return None
    said = [name.strip() for name in found["rules"].split(",")]
    named = dict.fromkeys(near if name == flaw.subject else name for name in said)
    replacement = (*found.span("rules"), ", ".join(named))
    return _made(f"Change it to {near}", source, lines, replacement, safe=False)


def _near_value(flaw: Flaw, _source: Source) -> Fix | None:
    near = flaw.details.get("near")
    safe = bool(flaw.details.get("certain"))
    return _put(flaw, near, f"Change it to {near}", safe=safe) if near else None


def _near_key(flaw: Flaw, source: Source) -> Fix | None:
    near, place = flaw.details.get("near"), flaw.place
    if not near or not isinstance(place, Place):
        return None
    read = stream.read(source.content)
    root = _root(read, place)
    holder, found = _reach(root, place.pointer[:-1]), _reach(root, place.pointer)
    if holder is None or found is None or found[0] is None or near in (holder[1].entries or {}):
        return None
    change = Change(place.document.index, place.pointer, Deed.RENAME, near)
    replacement = scalar(read.lines.all, found[0], near)
    title = f"Rename it to {near}"
    safe = bool(flaw.details.get("certain"))
    return _made(title, source, read.lines, replacement, changes=(change,), safe=safe)


def _schema(flaw: Flaw, source: Source) -> Fix | None:
    """Mends what a schema has against a value, as far as it can be told."""
    details = flaw.details
    if details.get("placeholder"):
        return _placeholder(flaw, source)
    if details.get("keyword") == "uniqueItems":
        return _unique(flaw, source)
    if details.get("near"):
        return _near_value(flaw, source)
    if details.get("keyword") == "type" and isinstance(flaw.place, Place):
        return _other_type(flaw, flaw.place, source)
    if details.get("datatype") == "date" and isinstance(flaw.place, Place):
        said = _value(flaw.place)
        day = iso(said) if isinstance(said, str) else None
        if day is not None and day != said:
            return _put(flaw, day, f"Write it as {day}", safe=True)
    return None


def _other_type(flaw: Flaw, place: Place, source: Source) -> Fix | None:
    """What is text but for its quotes, a number but for them, or a list but for its brackets."""
    read = stream.read(source.content)
    found = _reach(_root(read, place), place.pointer)
    if found is None:
        return None
    node, said = found[1], _value(place)
    text = read.lines.all[node.start : node.end]
    datatype, many = flaw.details.get("datatype"), flaw.details.get("many")
    replacement: Replacement | None
    value: Any
    if isinstance(said, dict | list) or said is None or "\n" in text or text != text.strip():
        return None
    if many and isinstance(said, str) and datatype == "string":
        replacement, value, title = (node.start, node.end, f"[{text}]"), [said], "Make it a list"
    elif many:
        return None
    elif datatype == "string" and not isinstance(said, str):
        replacement, value, title = quoted(read.lines.all, node.start, node.end), text, "Quote it"
    elif datatype in ("integer", "number") and isinstance(said, str):
        number = _number(said)
        if number is None:
            return None
        replacement, value, title = (node.start, node.end, said), number, "Remove the quotes"
    else:
        return None
    change = Change(place.document.index, place.pointer, Deed.PUT, value)
    return _made(title, source, read.lines, replacement, changes=(change,))


def _number(text: str) -> int | float | None:
    """The number that a text would be without quotes; None when it would be something else."""
    try:
        value = resolve(text) if text else None
    except NumberTooLong:
        return None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _unique(flaw: Flaw, source: Source) -> Fix | None:
    place = flaw.place
    assert isinstance(place, Place)
    read = stream.read(source.content)
    found = _reach(_root(read, place), place.pointer)
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
            changes.append(Change(place.document.index, pointer, Deed.REMOVE))
        seen.add(item.value)
    title = "Remove what is listed twice"
    return _made(title, source, read.lines, *replacements, changes=tuple(changes))


def _alphabetical(flaw: Flaw, source: Source) -> Fix | None:
    """The list in order. A comment line might be a heading: a person should look at that."""
    place = flaw.place
    assert isinstance(place, Place)
    pointer = place.pointer[:-1]
    read = stream.read(source.content)
    found = _reach(_root(read, place), pointer)
    if found is None or found[1].items is None:
        return None
    values = [item.value for item in found[1].items]
    order = sorted(range(len(values)), key=values.__getitem__)
    way = reordered(read.lines.all, found[1], order)
    if way is None:
        return None
    put = Change(place.document.index, pointer, Deed.PUT, [values[index] for index in order])
    title, safe = "Put the list in alphabetical order", not way.has_comment_lines
    return _made(title, source, read.lines, way.replacement, changes=(put,), safe=safe)


def _placeholder(flaw: Flaw, source: Source) -> Fix | None:
    place, name = flaw.place, flaw.details["property"]
    assert isinstance(place, Place)
    read = stream.read(source.content)
    found = _reach(_root(read, place), place.pointer)
    if found is None or found[1].entries is None:
        return None
    value = orjson.loads(flaw.details["placeholder"])
    change = Change(place.document.index, (*place.pointer, name), Deed.PUT, value)
    replacement = with_entry(read.lines.all, found[1], name, value)
    title = f"Add {name}, to be filled in"
    return _made(title, source, read.lines, replacement, changes=(change,), safe=False)


def _put(flaw: Flaw, value: str, title: str, safe: bool) -> Fix | None:
    """Another text in place of the flawed one."""
    place = flaw.place
    if not isinstance(place, Place):
        return None
    source = place.document.source
    read = stream.read(source.content)
    found = _reach(_root(read, place), place.pointer)
    if found is None or not isinstance(found[1].value, str):
        return None
    change = Change(place.document.index, place.pointer, Deed.PUT, value)
    replacement = scalar(read.lines.all, found[1], value)
    return _made(title, source, read.lines, replacement, changes=(change,), safe=safe)


def _made(
    title: str,
    source: Source,
    lines: Lines,
    *replacements: Replacement | None,
    changes: tuple[Change, ...] = (),
    safe: bool = True,
) -> Fix | None:
    edits = [edit(source.path, lines, r) for r in replacements if r is not None]
    if not edits or len(edits) < len(replacements):
        return None
    return Fix(title, tuple(edits), safe, changes)


def _root(read: Stream, place: Place) -> Node | None:
    index = place.document.index
    return read.trees[index].root if index < len(read.trees) else None


def _reach(
    root: Node | None, pointer: Pointer, copies: bool = False
) -> tuple[Node | None, Node] | None:
    """The key and the node at a pointer, if it stands there itself.

    None where an alias or a merge key leads there, and, unless ``copies`` do not matter, where an
    anchor lets it appear elsewhere as well: a change of the one would be a change of both.
    """
    node, key = root, None
    for step in pointer:
        if node is None or node.target is not None:
            return None
        if node.entries is not None:
            entry = node.entries.get(str(step))
            if entry is None or entry.merged is not None:
                return None
            node, key = entry.node, entry.key
        elif node.items is not None and isinstance(step, int) and 0 <= step < len(node.items):
            node, key = node.items[step], None
        else:
            return None
        if node.anchor is not None and not copies:
            return None
    if node is None or node.target is not None or (node.anchor is not None and not copies):
        return None
    if key is not None and (key.target is not None or (key.anchor is not None and not copies)):
        return None
    return key, node


def _value(place: Place) -> Any:
    value: Any = place.document.value
    for step in place.pointer:
        value = value[step]
    return value


def _without_rule(text: str, start: int, end: int, rule: str) -> tuple[int, int, str] | None:
    """The stretch that takes a rule out of a comment; all of the comment, when it has no other."""
    found = COMMENT.match(text, start, end)
    if found is None:
        return None
    rules = found["rules"].split(",")
    named = [index for index, name in enumerate(rules) if name.strip() == rule]
    if not named:
        return None
    if len(rules) > 1:
        left = [name.strip() for index, name in enumerate(rules) if index != named[-1]]
        return (*found.span("rules"), ", ".join(left))
    before = start
    while before and text[before - 1] in " \t":
        before -= 1
    if before and text[before - 1] not in "\r\n":
        return before, end, ""
    break_ = _BREAK.match(text, end)
    return whole_line(text, before, break_.end() if break_ is not None else end)


_FIXES: Mapping[str, Callable[[Flaw, Source], Fix | None]] = {
    conditions.AMBIGUOUS_SCALAR: _quotes,
    conditions.TORN_NUMBER: _torn,
    conditions.SUPPRESSION_UNUSED: _comment,
    conditions.UNKNOWN_RULE: _near_rule,
    conditions.DANGLING: _near_value,
    conditions.UNKNOWN_TERM: _near_value,
    conditions.UNKNOWN_KIND: _near_value,
    conditions.UNKNOWN_FIELD: _near_key,
    conditions.SCHEMA: _schema,
    conditions.REFERENCE_ORDER: _alphabetical,
}
