"""Whole definitions to fill in, in the syntax that editors call snippets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from bizalign_lint.parsing.envelope import API_VERSION, FIELD
from bizalign_lint.parsing.yaml.write import plain, scalar
from bizalign_lint.schema.ontology import Kind, ObjectType

_SPECIAL = re.compile(r"[\\$}]")
_IN_CHOICE = re.compile(r"[\\$},|]")


def whole(kind: Kind) -> dict[str, Any]:
    """A definition of a kind: what its first example shows, each value a place to stop at."""
    stops = count(1)
    example: dict[str, Any] = next(iter(kind.schema.get("examples", ())), {})
    body: dict[str, Any] = {FIELD: API_VERSION, "kind": kind.name}
    for section in ("metadata", "spec"):
        body[section] = _object(example.get(section, {}), kind.type, stops) or f"${next(stops)}"
    return body


def _object(value: dict[str, Any], type_: ObjectType | None, stops: Iterator[int]) -> Any:
    return {
        key: _value(item, type_, key, stops)
        for key, item in value.items()
        if type_ is None or key in type_.properties
    }


def _value(value: Any, type_: ObjectType | None, key: str, stops: Iterator[int]) -> Any:
    property_ = type_.properties.get(key) if type_ else None
    if isinstance(value, list):
        return [_value(item, type_, key, stops) for item in value[:1]]
    if isinstance(value, dict):
        return _object(value, property_.object if property_ else None, stops)
    if property_ is not None and property_.enum is not None:
        options = [value, *(option for option in property_.enum if option != value)]
        listed = ",".join(_IN_CHOICE.sub(r"\\\g<0>", str(option)) for option in options)
        return f"${{{next(stops)}|{listed}|}}"
    return _stop(value, next(stops))


def _stop(value: Any, number: int) -> str:
    """A placeholder that shows a value, in quotes where it needs them."""
    text = plain(value) if isinstance(value, str) else scalar(value)
    if text.startswith('"'):
        return f'"${{{number}:{_SPECIAL.sub(_escaped, text[1:-1])}}}"'
    return f"${{{number}:{_SPECIAL.sub(_escaped, text)}}}"


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
