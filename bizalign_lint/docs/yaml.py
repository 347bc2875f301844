"""Plain values → YAML as the documentation shows it: blocks, and short lists in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;()&'’/%+_-]*[A-Za-z0-9.)%]|[A-Za-z]")
_IN_LIST = re.compile(r"[A-Za-z][A-Za-z0-9 .;()&'’/%+_-]*[A-Za-z0-9.)%]|[A-Za-z]")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_WIDTH = 100


def document(value: dict[str, Any]) -> str:
    """A definition as text."""
    return "\n".join(_mapping(value, "")) + "\n"


def flow(value: Any) -> str:
    """A value in one line."""
    return _flow(value, nested=False)


def _mapping(value: dict[str, Any], indent: str) -> Iterator[str]:
    for key, item in value.items():
        line = f"{indent}{key}: {_flow(item, nested=False)}"
        if isinstance(item, dict) and item:
            yield f"{indent}{key}:"
            yield from _mapping(item, f"{indent}  ")
        elif isinstance(item, list) and not (_simple(item) and len(line) <= _WIDTH):
            yield f"{indent}{key}:"
            yield from _list(item, f"{indent}  ")
        else:
            yield line


def _list(items: list[Any], indent: str) -> Iterator[str]:
    for item in items:
        line = f"{indent}- {_flow(item, nested=False)}"
        if not isinstance(item, dict) or (len(line) <= _WIDTH and _simple([*item.values()])):
            yield line
            continue
        first, *others = _mapping(item, f"{indent}  ")
        yield f"{indent}- {first.removeprefix(f'{indent}  ')}"
        yield from others


def _simple(items: list[Any]) -> bool:
    return not any(isinstance(item, (dict, list)) for item in items)


def _flow(value: Any, nested: bool) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{k}: {_flow(v, True)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(item, True) for item in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    plain = (_IN_LIST if nested else _PLAIN).fullmatch(value)
    if plain and value.lower() not in _WORDS:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
