"""A flaw → how it can be fixed, as edits to its file. Looks at the file's text and nothing else.

Edits replace small spans of text. A round trip through a YAML library would take less code here,
but would re-indent lists, re-wrap text, and lose CRLF and spaces before comments: the diff to
review would be larger than the fix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bizalign_lint.core import conditions
from bizalign_lint.core.types import (
    Change,
    Fix,
    Flaw,
    Operation,
    Place,
    Source,
)
from bizalign_lint.fixes.edits import fix_of, reach, root
from bizalign_lint.fixes.values import add_dates, conform, to_near_value
from bizalign_lint.fixes.yaml_edit import (
    quoted,
    scalar,
    whole_line,
)
from bizalign_lint.fixes.yaml_reorder import reordered
from bizalign_lint.parsing.ignore_comments import COMMENT
from bizalign_lint.parsing.yaml import stream

_NOT_FOR_QUOTES = re.compile(r'["\\\r\n]')
_BREAK = re.compile(r"\r\n|\r|\n|\Z")


def fix(flaw: Flaw, source: Source | None = None) -> Fix | None:
    """How a flaw can be fixed; None if that takes a person's decision.

    ``source`` is the file of a flaw whose place is only a location.
    """
    make = _FIXES.get(flaw.condition)
    if make is None:
        return None
    if isinstance(flaw.place, Place):
        if flaw.place.document.origin is not None:
            return None
        source = flaw.place.document.source
    return make(flaw, source) if source is not None else None


def _quotes(flaw: Flaw, source: Source) -> Fix | None:
    read = stream.read(source.content)
    if isinstance(flaw.place, Place):
        found = reach(root(read, flaw.place), flaw.place.pointer, copies=True)
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
    return fix_of(
        f"Put {flaw.subject} in quotes", source, read.lines, quoted(read.lines.all, start, end)
    )


def _split_number(flaw: Flaw, source: Source) -> Fix | None:
    """Quotes around the items of a list that were meant to be one."""
    if not isinstance(flaw.place, Place):
        return None
    read = stream.read(source.content)
    *above, first = flaw.place.pointer
    found = reach(root(read, flaw.place), tuple(above))
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
        Change(number, (*above, first), Operation.PUT, flaw.subject),
        *(Change(number, (*above, index), Operation.REMOVE) for index in parts),
    )
    replacement = (start, end, f'"{flaw.subject}"')
    title = f"Put “{flaw.subject}” in quotes"
    return fix_of(title, source, read.lines, replacement, changes=changes)


def _unused_suppression(flaw: Flaw, source: Source) -> Fix | None:
    if isinstance(flaw.place, Place):
        return None
    lines = stream.lines(source.content)
    span = flaw.place.span
    start = lines.index(span.line, span.column)
    end = lines.index(span.end_line, span.end_column)
    replacement = _without_rule(lines.all, start, end, flaw.subject)
    # A fix that removes a reason somebody wrote has to be reviewed.
    safe = replacement is None or bool(replacement[2].strip()) or "--" not in lines.all[start:end]
    title = f"Remove the suppression of {flaw.subject}"
    return fix_of(title, source, lines, replacement, safe=safe)


def _near_rule(flaw: Flaw, source: Source) -> Fix | None:
    """The rule that was probably meant, in a comment or in a definition."""
    near = flaw.details.get("near")
    if not near or isinstance(flaw.place, Place):
        return to_near_value(flaw, source)
    lines = stream.lines(source.content)
    start = lines.index(flaw.place.span.line, flaw.place.span.column)
    found = COMMENT.match(lines.all, start)
    if found is None:
        return None
    rules = [name.strip() for name in found["rules"].split(",")]
    named = dict.fromkeys(near if name == flaw.subject else name for name in rules)
    replacement = (*found.span("rules"), ", ".join(named))
    return fix_of(f"Change it to {near}", source, lines, replacement, safe=False)


def _near_key(flaw: Flaw, source: Source) -> Fix | None:
    near, place = flaw.details.get("near"), flaw.place
    if not near or not isinstance(place, Place):
        return None
    read = stream.read(source.content)
    top = root(read, place)
    holder, found = reach(top, place.pointer[:-1]), reach(top, place.pointer)
    if holder is None or found is None or found[0] is None or near in (holder[1].entries or {}):
        return None
    change = Change(place.document.index, place.pointer, Operation.RENAME, near)
    replacement = scalar(read.lines.all, found[0], near)
    title = f"Rename it to {near}"
    safe = bool(flaw.details.get("certain"))
    return fix_of(title, source, read.lines, replacement, changes=(change,), safe=safe)


def _alphabetical(flaw: Flaw, source: Source) -> Fix | None:
    """The list sorted. Unsafe if comment lines move, as one of them might be a heading."""
    place = flaw.place
    assert isinstance(place, Place)
    pointer = place.pointer[:-1]
    read = stream.read(source.content)
    found = reach(root(read, place), pointer)
    if found is None or found[1].items is None:
        return None
    values = [item.value for item in found[1].items]
    order = sorted(range(len(values)), key=values.__getitem__)
    reordering = reordered(read.lines.all, found[1], order)
    if reordering is None:
        return None
    put = Change(place.document.index, pointer, Operation.PUT, [values[index] for index in order])
    title, safe = "Sort the list alphabetically", not reordering.has_comment_lines
    return fix_of(title, source, read.lines, reordering.replacement, changes=(put,), safe=safe)


def _without_rule(text: str, start: int, end: int, rule: str) -> tuple[int, int, str] | None:
    """The replacement that removes a rule from a comment; or the whole comment, if it is alone."""
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
    conditions.TORN_NUMBER: _split_number,
    conditions.SUPPRESSION_UNUSED: _unused_suppression,
    conditions.UNKNOWN_RULE: _near_rule,
    conditions.DANGLING: to_near_value,
    conditions.WRONG_KIND: to_near_value,
    conditions.UNKNOWN_TERM: to_near_value,
    conditions.UNKNOWN_KIND: to_near_value,
    conditions.UNKNOWN_FIELD: _near_key,
    conditions.SCHEMA: conform,
    conditions.REFERENCE_ORDER: _alphabetical,
    conditions.VENDOR_DATE: to_near_value,
    conditions.VENDOR_DATES_MISSING: add_dates,
}
