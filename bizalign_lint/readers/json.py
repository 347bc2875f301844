"""JSON (RFC 8259): the object of a file, or those of a list in it, are records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from bizalign_lint.core.limits import MAX_DEPTH
from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.readers.records import (
    Format,
    Locator,
    Read,
    Record,
    bad,
    by_itself,
    not_utf8,
    too_large,
)

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.DOTALL)
_PLAIN = re.compile(r"[^\s,\]}]+")
_RECORD = "record"


class _Text:
    """The text of a file, in which values are located on demand."""

    def __init__(self, text: str, pointer: Pointer) -> None:
        self.lines = Lines(text)
        self._pointer = pointer

    @cached_property
    def starts(self) -> list[int]:
        """The start of each record; located all at once, as many may be needed."""
        text = self.lines.all
        found = self.find(self._pointer, 0)
        if found is None:
            return [0]
        at = found[2]
        return [at] if text[at : at + 1] != "[" else [begin for _, begin in self._inside(at)]

    def find(self, pointer: Pointer, at: int) -> tuple[int, int, int, int] | None:
        """Start and end of the key, and of the value, at a pointer from the value at an index; None
        if missing."""
        at = self._skip(at)
        key = (at, at)
        for step in pointer:
            begin = next(((k, b) for k, b in self._inside(at) if self._is(k, b, step)), None)
            if begin is None:
                return None
            key, at = begin[0] if isinstance(begin[0], tuple) else (begin[1], begin[1]), begin[1]
        return (*key, at, self._end(at))

    def _is(self, key: tuple[int, int] | int, _begin: int, step: str | int) -> bool:
        if isinstance(key, int):
            return key == step
        return bool(json.loads(self.lines.all[slice(*key)]) == step)

    def _inside(self, at: int) -> Iterator[tuple[tuple[int, int] | int, int]]:
        """The entries of an object or list: the key's span or the index, and the value's start."""
        text = self.lines.all
        opening = text[at : at + 1]
        if opening not in ("{", "["):
            return
        at = self._skip(at + 1)
        number = 0
        while text[at : at + 1] not in ("}", "]", ""):
            key: tuple[int, int] | int = number
            if opening == "{":
                name = _STRING.match(text, at)
                if name is None:
                    return
                key = name.span()
                at = self._skip(self._skip(name.end()) + 1)
            yield key, at
            at = self._skip(self._end(at))
            if text[at : at + 1] == ",":
                at = self._skip(at + 1)
            number += 1

    def _end(self, at: int) -> int:
        text = self.lines.all
        if text[at : at + 1] not in ("{", "["):
            found = _STRING.match(text, at) or _PLAIN.match(text, at)
            return found.end() if found is not None else at + 1
        depth = 0
        for token in _TOKEN.finditer(text, at):
            if token[0] in "{[":
                depth += 1
            elif token[0] in "}]":
                depth -= 1
                if not depth:
                    return token.end()
        return len(text)

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.lines.all, at)
        return found.end() if found is not None else at


class JsonLocator(Locator):
    """The places of one record."""

    __slots__ = ("_number", "_text")

    def __init__(self, text: _Text, number: int) -> None:
        self._text = text
        self._number = number

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The span of a scalar, else of its key; for a missing value, that of its nearest
        ancestor."""
        text, start = self._text, self._start()
        found = text.find(pointer, start)
        while found is None and pointer:
            pointer = pointer[:-1]
            found, key = text.find(pointer, start), True
        assert found is not None
        key_begin, key_end, begin, end = found
        if key_begin < begin and (key or text.lines.all.startswith(("{", "["), begin)):
            begin, end = key_begin, key_end
        return text.lines.small_span(begin, end)

    def extent(self, pointer: Pointer) -> Span:
        """The full span of a value."""
        found = self._text.find(pointer, self._start())
        return self._text.lines.span(*found[2:]) if found is not None else self.locate((), False)

    def _start(self) -> int:
        starts = self._text.starts
        return starts[min(self._number, len(starts) - 1)] if starts else 0


class _DuplicateKeyError(ValueError):
    """An object has a duplicate key."""


def read(source: Source, options: Mapping[str, Any]) -> Read:
    """The records of a file.

    Option ``records`` is the path to the list of records, ``type`` the field with a record's type,
    and ``key`` the field that identifies it.
    """
    found = Read(flaws=too_large(source))
    if found.flaws:
        return found
    try:
        text = source.content.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        found.flaws.append(not_utf8(source, error))
        return found
    except json.JSONDecodeError as error:
        span = Span(error.lineno, error.colno, error.lineno, error.colno + 1)
        found.flaws.append(bad(source, f"this is not valid JSON: {error.msg}", span))
        return found
    except RecursionError:
        found.flaws.append(bad(source, f"this has more than {MAX_DEPTH} levels"))
        return found
    except ValueError as error:
        found.flaws.append(bad(source, str(error)))
        return found
    pointer = tuple(filter(None, str(options.get("records", "")).split(".")))
    place = _Text(text, pointer)
    for step in pointer:
        value = value.get(step) if isinstance(value, dict) else None
    if value is None and pointer:
        found.flaws.append(bad(source, f"this file has no {'.'.join(pointer)}"))
        return found
    for number, item in enumerate(value if isinstance(value, list) else [value]):
        locator = JsonLocator(place, number)
        if not isinstance(item, dict):
            span = locator.locate((), False)
            found.flaws.append(bad(source, "expected an object here, one for each record", span))
        elif _depth(item) > MAX_DEPTH:
            problem = f"this has more than {MAX_DEPTH} levels"
            found.flaws.append(bad(source, problem, locator.locate((), False)))
        else:
            type_ = str(item.get(options.get("type"), "")) or _RECORD
            key = str(item.get(options.get("key"), ""))
            found.records.append(
                Record(type_, key or f"{source.path}:{number}", item, locator, raw=item)
            )
    return found


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        duplicate = next(name for name in names if names.count(name) > 1)
        raise _DuplicateKeyError(f"duplicate key {duplicate} in one object")
    return result


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not valid JSON")


def _depth(value: Any) -> int:
    """The number of levels of a value."""
    level, depth = [value], 0
    while level:
        depth += 1
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, dict | list)
        ]
    return depth


FORMAT = Format(read, by_itself)
