"""What every reader makes of a file: records and links between them, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Flaw, Location, Pointer, Source, Span

START = Span(1, 1, 1, 2)


class Locator:
    """Where the fields of a record are; asked only for what is reported."""

    __slots__ = ()

    def locate(self, pointer: Pointer, key: bool, /) -> Span:
        """The small stretch that stands for a field; for one that is not there, the record's."""
        raise NotImplementedError

    def extent(self, pointer: Pointer) -> Span:
        """All lines of a field, or of the whole record."""
        return self.locate(pointer, False)

    def cell(self, _pointer: Pointer, /) -> str:
        """What a workbook calls the place, such as ``Sheet!C12``; empty in all other files."""
        return ""


@dataclass(slots=True, eq=False)
class Record:
    """One thing in a file of another tool."""

    type: str
    """What the format calls it."""
    id: str
    """What it is known by in its source, and nothing else there."""
    fields: Mapping[str, Any]
    locator: Locator
    namespace: str = ""
    """Where references that name none look first, in formats that have namespaces."""
    number: int = -1
    """Its place among the YAML documents of the file; -1 in other formats."""
    aliases: tuple[str, ...] = ()
    """The references by which our definitions may name it, beside its name."""
    names: tuple[str, ...] = ()
    """What other records of the source call it; the first is the most exact."""
    raw: Mapping[str, Any] | None = None
    """What it says itself where that may be a definition of ours as it is."""


class Link(NamedTuple):
    """A relation that the format holds as a thing of its own."""

    type: str
    id: str
    source: str
    """The identity of the record (or link) that it starts from."""
    target: str
    locator: Locator
    source_type: str = ""
    """The type of the record at that end, where ``source`` is one of its names."""
    target_type: str = ""


@dataclass(slots=True)
class Read:
    """What a file holds."""

    records: list[Record] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    comments: bool = False
    """Whether it is YAML, and so can have comments that accept findings."""


class RecordedLocator(Locator):
    """Places that were taken down while the file was read."""

    __slots__ = ("_spans", "_whole")

    def __init__(self, whole: Span, spans: Mapping[Pointer, Span]) -> None:
        self._whole = whole
        self._spans = spans

    def locate(self, pointer: Pointer, _key: bool, /) -> Span:
        """The stretch of a field; of its nearest holder where it has none."""
        while pointer and pointer not in self._spans:
            pointer = pointer[:-1]
        return self._spans.get(pointer, self._whole)

    def extent(self, pointer: Pointer) -> Span:
        """The same; of the whole record, all of it."""
        return self.locate(pointer, False) if pointer else self._whole


class Format(NamedTuple):
    """What is known of a format."""

    read: Callable[[Source, Mapping[str, Any]], Read]
    """With what the mapping says of the file, such as the sheet or the separator."""
    identity: Callable[[str, str, Record], str]
    """The text of a reference, the type that it means when it names none, and the record that it
    is in → the identity that it means."""
    type_of: Callable[[str], str] = lambda _identity: ""
    """The type that an identity names; empty where it names none."""
    of_tables: Callable[[Source, Mapping[str, Any], Mapping[str, Any]], Read] | None = None
    """The same as ``read`` for a workbook whose sheets are there as rows already."""
    of_rows: bool = False
    """Whether its records are rows of a table, whose fields are columns."""


def by_itself(text: str, _type: str, _record: Record) -> str:
    """The identity that a reference means, in formats where it is that."""
    return text.strip()


def bad(source: Source, problem: str, span: Span = START, cell: str = "") -> Flaw:
    """What keeps a file, or a part of it, from being read; ``cell`` is its place in a workbook."""
    place = Location(source.path, span, cell)
    return Flaw(conditions.SYNTAX, place, {"problem": problem}, problem)
