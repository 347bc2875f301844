"""What a plain table is about, by the names of its columns and by the words in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.types import Source
from bizalign_lint.core.words import folded
from bizalign_lint.mapping.language import Value
from bizalign_lint.mapping.values import translated
from bizalign_lint.readers import formats
from bizalign_lint.readers.records import Record

_NAMED, _GUESSED = 0.5, 0.8
"""The share of a column's values that must be known words: if its name is known, and if not."""
_DIFFERENT = 0.6
"""The share of different values from which on a column is taken to name the rows."""
_LEAST = 3
"""The smallest number of rows from which anything is guessed."""

Sheet = Sequence[Record]


class Fit(NamedTuple):
    """How far a table is what a mapping reads."""

    rows: int
    """So many can be read."""
    named: int
    """So many of them are in sheets whose first wanted column has a name that is known."""
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    """What has to be said: by the mapping's name of a column, what it is called."""


def fit(source: Source, said: Mapping[str, Any], wanted: Sequence[str]) -> Fit:
    """How far a table has the wanted columns of a mapping, the first of which names each row.

    ``said`` is the mapping.
    """
    sheets: dict[str, list[Record]] = defaultdict(list)
    for record in formats.find(said["reader"]).read(source, said["options"]).records:
        sheets[record.type].append(record)
    words = dict(_words(said))
    rows = named = 0
    called: dict[str, dict[str, None]] = {}
    for sheet in sorted(sheets.values(), key=len, reverse=True):
        found = {name: _column(sheet, name, words.get(name), said) for name in wanted}
        if all(found.values()):
            rows += len(sheet)
            named += len(sheet) if found[wanted[0]] == wanted[0] else 0
            for name, column in found.items():
                if column != name:
                    called.setdefault(name, {})[column] = None
    return Fit(rows, named, tuple((name, (*columns,)) for name, columns in called.items()))


def column_of_names(sheet: Sheet) -> str:
    """The first column that can say in words what each row is; empty where none can."""
    return next(
        (one for one in _columns(sheet) if _tells_apart(sheet, one) and _is_prose(sheet, one)), ""
    )


def _column(
    sheet: Sheet, name: str, words: Mapping[str, Any] | None, said: Mapping[str, Any]
) -> str:
    """The column that is meant by a name; empty where none is."""
    if words is None:
        if any(name in record.fields for record in sheet):
            return name
        known = said["options"]["columns"]
        others = [one for one in _columns(sheet) if one not in known]
        return next((one for one in others if _tells_apart(sheet, one)), "")
    if _share(sheet, name, words) >= _NAMED:
        return name
    if len(sheet) < _LEAST:
        return ""
    best = max(_columns(sheet), key=lambda one: _share(sheet, one, words), default="")
    return best if _share(sheet, best, words) >= _GUESSED else ""


def _columns(sheet: Sheet) -> Collection[str]:
    return {column: None for record in sheet for column in record.fields}


def _share(sheet: Sheet, column: str, words: Mapping[str, Any]) -> float:
    """How many of a column's values are known words."""
    values = [record.fields[column] for record in sheet if column in record.fields]
    spec = Value((column,), words=words)
    return sum(translated(value, spec)[1] for value in values) / len(values) if values else 0.0


def _tells_apart(sheet: Sheet, column: str) -> bool:
    """Whether a column says what each row is."""
    values = [record.fields.get(column) for record in sheet]
    texts = {folded(value) for value in values if isinstance(value, str)}
    return len(sheet) >= _LEAST and len(texts) >= _DIFFERENT * len(sheet)


def _is_prose(sheet: Sheet, column: str) -> bool:
    """Whether the values of a column are rather words than numbers and codes."""
    values = [value for record in sheet if isinstance(value := record.fields.get(column), str)]
    worded = [value for value in values if not any(letter.isdigit() for letter in value)]
    return len(worded) > len(values) / 2


def _words(said: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """By column: the words that a mapping knows in it."""
    if isinstance(said, dict):
        if "column" in said and "words" in said:
            yield said["column"], {folded(str(one)): our for one, our in said["words"].items()}
        for inner in said.values():
            yield from _words(inner)
    elif isinstance(said, list):
        for inner in said:
            yield from _words(inner)
