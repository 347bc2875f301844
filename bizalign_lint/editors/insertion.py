"""A member more in an object of a settings file, every other character as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from bizalign_lint.editors.jsonc import Value, read

_INDENT = "    "
_GAP = re.compile(r"[ \t\r\n]*\Z")
_MARGIN = re.compile(r"[ \t]*")


class NoObjectError(Exception):
    """Something other than an object stands where one has to; ``name`` is its key."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def with_member(text: str, path: Sequence[str], value: Any) -> str:
    """The text with a value at a path of keys, if there is none; objects on the way are made.

    Raises NotJsoncError for what cannot be read, NoObjectError for what has no members.
    """
    top = read(text)
    if top is None:
        eol = "\r\n" if "\r\n" in text else "\n"
        lead = text if not text or text.endswith("\n") else text + eol
        return lead + _shown(_nested(path, value), "", eol) + eol
    holder, missing = top, list(path)
    name = "the file"
    while True:
        if not isinstance(holder.plain, dict):
            raise NoObjectError(name)
        member = holder.member(missing[0])
        if member is None:
            return _inserted(text, holder, missing[0], _nested(missing[1:], value))
        name = missing.pop(0)
        if not missing:
            return text
        holder = member.value


def keys(text: str, name: str) -> list[str]:
    """The keys of an object that is a member of the file's; none when it is not there."""
    top = read(text)
    member = top.member(name) if top is not None else None
    return [inner.key for inner in member.value.members] if member is not None else []


def _nested(path: Sequence[str], value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


def _inserted(text: str, holder: Value, key: str, value: Any) -> str:
    eol = "\r\n" if "\r\n" in text else "\n"
    outer = _margin(text, holder.start)
    inner = _margin(text, holder.members[0].start) if holder.members else outer
    if len(inner) <= len(outer):
        inner = outer + _INDENT
    brace = holder.end - 1
    gap = _GAP.search(text, holder.start + 1, brace)
    assert gap is not None
    # What is said at the end of the object stays before the new member, and a comment that runs
    # to the end of its line there.
    said = gap.start() if "\n" in gap[0] else brace
    member = f"{eol}{inner}{json.dumps(key)}: {_shown(value, inner, eol)}"
    after = text[said:brace] or f"{eol}{outer}"
    if holder.comma is not None:
        return f"{text[:said]}{member},{after}{text[brace:]}"
    if not holder.members:
        return f"{text[:said]}{member}{after}{text[brace:]}"
    end = holder.members[-1].value.end
    return f"{text[:end]},{text[end:said]}{member}{after}{text[brace:]}"


def _margin(text: str, at: int) -> str:
    """The white space that the line of a place begins with."""
    start = text.rfind("\n", 0, at) + 1
    found = _MARGIN.match(text, start)
    assert found is not None
    return found[0]


def _shown(value: Any, margin: str, eol: str) -> str:
    step = "\t" if "\t" in margin else _INDENT if len(margin) % 4 == 0 else "  "
    lines = json.dumps(value, indent=step, ensure_ascii=False).split("\n")
    return f"{eol}{margin}".join(lines)
