"""Values → YAML as people write it: block style, short collections in brackets, text folded."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

WIDTH = 100

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ._%()/&+'’–-]*[A-Za-z0-9._%)])?")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])


class Verbatim(str):
    """A scalar that is written as it stands, whatever it may then mean."""

    __slots__ = ()


def document(value: dict[str, Any]) -> str:
    """One YAML document."""
    return "\n".join(_mapping(value, 0)) + "\n"


def _mapping(value: dict[str, Any], indent: int) -> Iterator[str]:
    for key, item in value.items():
        yield from _entry(f"{' ' * indent}{key}:", item, indent + 2)


def _entry(start: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, (dict, list)) and value:
        short = f"{start} {_flow(value)}" if indent > 2 and _is_small(value) else ""
        if short and len(short) <= WIDTH:
            yield short
        else:
            yield start
            yield from (
                _mapping(value, indent) if isinstance(value, dict) else _items(value, indent)
            )
        return
    line = f"{start} {_flow(value)}"
    if len(line) <= WIDTH or not isinstance(value, str):
        yield line
        return
    yield f"{start} >-"
    margin = " " * indent
    yield from textwrap.wrap(
        value, WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False
    )


def _items(values: list[Any], indent: int) -> Iterator[str]:
    margin = " " * indent
    for value in values:
        line = f"{margin}- {_flow(value)}"
        if not isinstance(value, dict) or (_is_small(value) and len(line) <= WIDTH):
            yield line
            continue
        first, *rest = _mapping(value, indent + 2)
        yield f"{margin}- {first.lstrip()}"
        yield from rest


def _is_small(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    return all(not isinstance(item, (dict, list)) for item in inner)


def _flow(value: Any) -> str:
    match value:
        case Verbatim():
            return str(value)
        case str():
            plain = _PLAIN.fullmatch(value) is not None and value.lower() not in _WORDS
            return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)
