"""Small changes to a YAML text that leave everything around them as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bizalign_lint.parsing.yaml.nodes import Node
from bizalign_lint.parsing.yaml.write import EASY, plain

_QUOTED = re.compile(r'[^"\\\x00-\x1f\x7f]*')
DASH = re.compile(r"[ \t]*-[ \t]+")
REST = re.compile(r"[ \t]*(#[^\r\n]*)?(\r\n|\r|\n|\Z)")
COMMA = re.compile(r"\s*,\s*")


class Raw(str):
    """Text to insert as it is, since it is YAML already."""

    __slots__ = ()


Replacement = tuple[int, int, str]
"""The start and end index of a span of text, and the text to put there."""


def line_start(text: str, index: int) -> int:
    """The index at which the line of an index begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_break(text: str) -> str:
    """The line break of a text: that of its first line."""
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found is not None else "\n"


def quoted(text: str, start: int, end: int) -> Replacement | None:
    """A plain scalar put in quotes; None if there is no such scalar."""
    if not text[start:end] or not EASY.fullmatch(text[start:end].lstrip("+")):
        return None
    return start, end, f'"{text[start:end]}"'


def scalar(text: str, node: Node, value: str) -> Replacement | None:
    """A scalar replaced with another text, its quotes kept; None if that is not safe."""
    old = text[node.start : node.end]
    if not old or old[0] in "|>" or "\n" in old or "\r" in old or not _QUOTED.fullmatch(value):
        return None
    if old[0] == "'":
        return node.start, node.end, "'{}'".format(value.replace("'", "''"))
    return node.start, node.end, f'"{value}"' if old[0] == '"' else plain(value)


def without_item(text: str, list_: Node, index: int) -> Replacement | None:
    """A list without a scalar after its first item, comments kept; None if that is not safe."""
    assert list_.items is not None
    item, before = list_.items[index], list_.items[index - 1]
    if list_.flow:
        comma = COMMA.fullmatch(text, before.end, item.start)
        return (before.end, item.end, "") if comma is not None else None
    line = line_start(text, item.start)
    rest = REST.match(text, item.end)
    if rest is None or DASH.fullmatch(text, line, item.start) is None:
        return None
    if "\n" in text[item.start : item.end] or "\r" in text[item.start : item.end]:
        return None
    if rest[1] is not None:
        return text.index("-", line), rest.start(1), ""
    return whole_line(text, line, rest.end())


def whole_line(text: str, start: int, end: int) -> Replacement:
    """A line removed with its line break: the one after it or, at the end, the one before it."""
    if end == len(text) and text[end - 1 : end] not in ("\n", "\r"):
        start -= 2 if text.startswith("\r\n", start - 2) else min(start, 1)
    return start, end, ""


def with_entries(text: str, mapping: Node, new: Mapping[str, Any]) -> Replacement | None:
    """A mapping with more entries; None if that is not safe."""
    inline = ", ".join(f"{plain(key)}: {_flow(value)}" for key, value in new.items())
    if not mapping.entries:
        start, end = mapping.start + 1, mapping.end - 1
        return (start, end, inline) if mapping.flow and not text[start:end].strip() else None
    if any(entry.merged is not None for entry in mapping.entries.values()):
        return None
    if mapping.flow:
        last = max(entry.node.end for entry in mapping.entries.values())
        return last, last, f", {inline}"
    last = max(entry.key.start for entry in mapping.entries.values())
    lead = text[line_start(text, last) : last]
    if lead.strip(" -"):
        return None
    break_ = line_break(text)
    indent = " " * len(lead)
    lines = [line for key, value in new.items() for line in _block(key, value)]
    node = max(mapping.entries.values(), key=lambda entry: entry.key.start).node
    rest = REST.match(text, node.end)
    if rest is not None and rest[2] and _is_one_line(text, last, node):
        after = rest.end()
        return after, after, "".join(f"{indent}{line}{break_}" for line in lines)
    # Before the last key, since a block scalar has no clear end.
    return last, last, "".join(f"{line}{break_}{indent}" for line in lines)


def _is_one_line(text: str, start: int, node: Node) -> bool:
    stretch = text[start : node.end]
    has_break = "\n" in stretch or "\r" in stretch
    return node.start < node.end and text[node.start] not in "|>" and not has_break


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{plain(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, Raw):
        return str(value)
    return plain(value) if isinstance(value, str) else json.dumps(value)


def _block(key: str, value: Any) -> list[str]:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        items = [[line for name in item for line in _block(name, item[name])] for item in value]
        dashed = (f"  {'  ' if n else '- '}{line}" for item in items for n, line in enumerate(item))
        return [f"{plain(key)}:", *dashed]
    if not isinstance(value, dict) or not value:
        return [f"{plain(key)}: {_flow(value)}"]
    below = [f"  {line}" for name, held in value.items() for line in _block(name, held)]
    return [f"{plain(key)}:", *below]
