"""The result of every reader: records and links between them, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.core.types import Flaw, Location, Pointer, Source, Span

START = Span(1, 1, 1, 2)


class Locator:
    """Locates the fields of a record; used only for what is reported."""

    __slots__ = ()

    def locate(self, pointer: Pointer, key: bool, /) -> Span:
        """The span of a field, within one line; for a missing one, that of the record."""
        raise NotImplementedError

    def extent(self, pointer: Pointer) -> Span:
        """The full span of a field, or of the whole record."""
        return self.locate(pointer, False)

    def cell(self, _pointer: Pointer, /) -> str:
        """The cell in a workbook, such as ``Sheet!C12``; empty for all other files."""
        return ""


@dataclass(slots=True)
class Record:
    """One object in a file of another tool."""

    type: str
    """Its type, in the words of the format."""
    id: str
    """Its identifier, unique in its source."""
    fields: Mapping[str, Any]
    locator: Locator
    namespace: str = ""
    """The namespace of its references that name none, in formats with namespaces."""
    number: int = -1
    """Its index among the YAML documents of the file; -1 in other formats."""
    aliases: tuple[str, ...] = ()
    """References by which our definitions may refer to it, in addition to its name."""
    names: tuple[str, ...] = ()
    """Names by which other records of the source refer to it, the most exact first."""
    raw: Mapping[str, Any] | None = None
    """Its original content, if that may already be a definition of ours."""


class Link(NamedTuple):
    """A relation that the format stores as an object of its own."""

    type: str
    id: str
    source: str
    """The id of the record (or link) that it starts from."""
    target: str
    locator: Locator
    source_type: str = ""
    """The type of the record at that end, if ``source`` is one of its names."""
    target_type: str = ""


@dataclass(slots=True)
class Read:
    """The contents of a file."""

    records: list[Record] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    comments: bool = False
    """Whether it is YAML, and so can contain suppressions."""


class RecordedLocator(Locator):
    """Places that were recorded while the file was read."""

    __slots__ = ("_spans", "_whole")

    def __init__(self, whole: Span, spans: Mapping[Pointer, Span]) -> None:
        self._whole = whole
        self._spans = spans

    def locate(self, pointer: Pointer, _key: bool, /) -> Span:
        """The span of a field; if none was recorded, of its nearest ancestor."""
        while pointer and pointer not in self._spans:
            pointer = pointer[:-1]
        return self._spans.get(pointer, self._whole)

    def extent(self, pointer: Pointer) -> Span:
        """The span of a field, or of the whole record."""
        return self.locate(pointer, False) if pointer else self._whole


class Format(NamedTuple):
    """A format and how it is read."""

    read: Callable[[Source, Mapping[str, Any]], Read]
    """Reads a file, with the mapping's options, such as the sheet or the separator."""
    identity: Callable[[str, str, Record], str]
    """The text of a reference, its type if it names none, and the record that contains it → the id
    of its target."""
    type_of: Callable[[str], str] = lambda _identity: ""
    """The type in an id; empty if it contains none."""
    of_tables: Callable[[Source, Mapping[str, Any], Mapping[str, Any]], Read] | None = None
    """Like ``read``, for a workbook whose sheets are given as rows."""
    of_rows: bool = False
    """Whether its records are rows of a table, with columns as fields."""


def by_itself(text: str, _type: str, _record: Record) -> str:
    """The id that a reference means, in formats whose references are ids."""
    return text.strip()


def bad(source: Source, problem: str, span: Span = START, cell: str = "") -> Flaw:
    """The flaw of a file, or a part of it, that cannot be read; ``cell`` is its cell in a
    workbook."""
    place = Location(source.path, span, cell)
    return Flaw(conditions.SYNTAX, place, {"problem": problem}, problem)


def too_large(source: Source) -> list[Flaw]:
    """The flaw of a file that is too large to be read; empty for any other."""
    if len(source.content) <= MAX_BYTES:
        return []
    return [bad(source, f"this file has more than {MAX_BYTES:,} bytes; split it")]


def not_utf8(source: Source, error: UnicodeDecodeError) -> Flaw:
    """The flaw of a file that is not UTF-8, at the line of the error."""
    line = source.content.count(b"\n", 0, error.start) + 1
    return bad(source, "this is not UTF-8; save it as UTF-8", Span(line, 1, line, 2))
