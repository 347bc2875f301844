"""Fields of records → values as our schemas expect them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from bizalign_lint.core.types import Pointer
from bizalign_lint.core.words import folded
from bizalign_lint.mapping.language import Value

_REMARK = re.compile(r"\s*\([^()]*\)$")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


def entries(raw: Any, spec: Value) -> Iterator[tuple[Pointer, Any]]:
    """The values of a field, each with its pointer within the field."""
    if isinstance(raw, list):
        for index, item in enumerate(raw):
            if item is not None and item != "":
                yield (index,), item
    elif spec.split and isinstance(raw, str):
        for part in raw.split(spec.split):
            if part.strip():
                yield (), part.strip()
    elif raw is not None and raw != "":
        yield (), raw


def translated(raw: Any, spec: Value) -> tuple[Any, bool]:
    """Our value for a word of the table, and True; the word itself and False if it has none.

    A remark in brackets after the word is ignored. Without a table, every value is known.
    """
    if spec.words is None:
        return raw, True
    word = folded(str(raw))
    our = spec.words.get(word, spec.words.get(_REMARK.sub("", word)))
    return (raw, False) if our is None else (our, True)


def cast(raw: Any, datatype: str, decimal: str) -> Any:
    """A value converted to a datatype; unchanged if that is not possible."""
    if datatype in ("string", "date"):
        text = raw if isinstance(raw, str) else _plain(raw)
        if datatype == "date" and isinstance(text, str):
            day = _DAY.fullmatch(text.strip())
            return f"{day[1]}-{day[2]}-{day[3]}" if day else text
        return text
    if not isinstance(raw, str):
        is_whole = isinstance(raw, float) and raw.is_integer()
        return int(raw) if datatype == "integer" and is_whole else raw
    if datatype in ("integer", "number"):
        return _number(raw, datatype, decimal)
    if datatype == "boolean":
        return {"true": True, "yes": True, "false": False, "no": False}.get(folded(raw), raw)
    return raw


def _plain(raw: Any) -> Any:
    """A number or boolean as text, whole numbers without decimals; anything else unchanged."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw) if isinstance(raw, int | float) else raw


def _number(text: str, datatype: str, decimal: str) -> Any:
    other = "," if decimal == "." else "."
    bare = re.sub(rf"[\s'’\u00a0\u202f{re.escape(other)}]", "", text).replace(decimal, ".")
    try:
        number = int(bare) if datatype == "integer" else float(bare)
        return number if isfinite(number) else text
    except (OverflowError, ValueError):
        return text


def match_name(text: str, names: Sequence[str]) -> str | None:
    """The one of ``names`` that a text in the form of a name means; None if that is unclear.

    People shorten names (``postgres`` for ``postgres-16``) and extend them
    (``postgres-as-we-know-it``); a name at the start takes precedence over one in the middle.
    """
    if text in names:
        return text
    shortened = [name for name in names if name.startswith(f"{text}-")]
    begun = [name for name in names if text.startswith(f"{name}-")]
    held = [name for name in names if f"-{name}-" in f"-{text}-"]
    if shortened:
        return shortened[0] if len(shortened) == 1 else None
    return max(begun or held, key=len, default=None)
