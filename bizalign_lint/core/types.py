"""The nouns that every stage shares. Frozen, and imports nothing of ours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

Pointer = tuple[str | int, ...]
"""The way from a document's root to a value in it: mapping keys and list indexes."""


class Severity(StrEnum):
    """How much a finding matters; ordered by ``rank``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Span(NamedTuple):
    """A stretch of text: 1-based lines and columns (code points), the end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Location(NamedTuple):
    """A stretch of one file. ``path`` is relative to the workspace root, with forward slashes."""

    path: str
    span: Span
    cell: str = ""
    """What a workbook calls it, such as ``Sheet!C12``; empty in all other files."""


class Source(NamedTuple):
    """One file's content, wherever it came from (disk, git index, editor buffer)."""

    path: str
    content: bytes


class Origin(Protocol):
    """Where the values of a definition are that was read from another tool's file."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else the definition is known by, such as the record's identity in that tool."""

    @property
    def has_comments(self) -> bool:
        """Whether the file is YAML, and so can have comments that accept findings."""

    @property
    def open(self) -> frozenset[str]:
        """The kinds of which the source does not hold everything, and ``Kind:name`` of what is
        known to be elsewhere."""

    def ignored(self) -> tuple[str, Pointer] | None:
        """What the record says to accept (``bizalign/ignore``), and the way to it in the record;
        None where it says nothing."""

    def ignored_at(self, way: Pointer) -> tuple[Span, str]:
        """The stretch of the file, and the cell of a workbook, where a record says that."""

    def expected_values(self, pointer: Pointer) -> str:
        """What the mapping would understand in place of a value; empty where it takes any."""

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The small stretch of the file that a value came from."""

    def path(self, pointer: Pointer) -> str:
        """The file that a value came from, where that is not the definition's own; else empty."""

    def cell(self, pointer: Pointer) -> str:
        """What a workbook calls that place; empty in all other files."""

    def extent(self, pointer: Pointer) -> Span:
        """All lines of what a value came from; with an empty pointer, of the whole record."""


@dataclass(slots=True, eq=False)
class Document:
    """One definition, as plain values: a YAML document that is ours (its ``apiVersion`` says so),
    or what a mapping made of a record in another tool's file."""

    source: Source
    index: int
    """Its place among all YAML documents (or records) of the file, 0-based."""
    value: dict[str, Any]
    origin: Origin | None = None
    """None: it is ours, and the file says it as it is here. Others' files are never edited."""
    supplied: Mapping[Pointer, Related] = field(default_factory=dict)
    """The values that no file of the model says, by where they are, with who says each."""


class Place(NamedTuple):
    """A value in a document, before anyone has asked where in the text it is.

    ``key`` asks for the mapping key instead of the value that it holds.
    """

    document: Document
    pointer: Pointer
    key: bool = False


class Related(NamedTuple):
    """A second place that a finding mentions."""

    message: str
    place: Place | Location


class Flaw(NamedTuple):
    """What a stage found wrong, before a rule gives it id, severity and help.

    ``condition`` is one of ``conditions.CONDITIONS``; ``details`` fill the rule's message.
    ``subject`` is the offending value, which the fingerprint is made of.
    """

    condition: str
    place: Place | Location
    details: Mapping[str, str] = MappingProxyType({})
    subject: str = ""
    related: tuple[Related, ...] = ()
    cause: str = ""
    """What it comes from, where that may be wrong in many places; empty for what stands alone."""


class Edit(NamedTuple):
    """A stretch of a file and the text to put there. Of an insertion the span is empty."""

    location: Location
    text: str


class Operation(StrEnum):
    """What a change does to a value."""

    PUT = "put"
    REMOVE = "remove"
    RENAME = "rename"


class Change(NamedTuple):
    """What edits are meant to do to the values of a file; nothing else may change."""

    document: int
    """Its place among all YAML documents of the file, 0-based."""
    pointer: Pointer
    operation: Operation
    value: Any = None
    """What is put there, or the new name of the key."""


class Fix(NamedTuple):
    """How a finding can be fixed: edits of one file, and what they are meant to change."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool
    """Whether it keeps what the author meant, whoever that was."""
    changes: tuple[Change, ...] = ()


class RelatedLocation(NamedTuple):
    """A second place of a finding, resolved."""

    message: str
    location: Location


class Finding(NamedTuple):
    """One thing that is wrong in the user's model, ready to report.

    What one cause breaks in many places is one finding: ``occurrences`` are these places, each as a
    finding of its own. What the finding itself says is then about all of them.
    """

    rule: str
    name: str
    guideline: str
    severity: Severity
    message: str
    location: Location
    fingerprint: str
    entity: str | None = None
    """Reference of the node it is about, e.g. ``Capability:default/order-management``."""
    help: str = ""
    related: tuple[RelatedLocation, ...] = ()
    fix: Fix | None = None
    cause: str = ""
    """What it comes from; findings of other rules may come from the same. Empty: not known."""
    occurrences: tuple[Finding, ...] = ()
    """All its places, by path, line and column; empty when it has the one only."""
    former: str = ""
    """The fingerprint that baselines of version 1 know it by."""

    @property
    def places(self) -> tuple[Finding, ...]:
        """Each place that it is found at, as a finding of its own."""
        return self.occurrences or (self,)


def places(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each place of some findings, as a finding of its own."""
    return (place for finding in findings for place in finding.places)


def fingerprint_in(place: str, fingerprint: str) -> str:
    """The fingerprint that a finding of the workspace at a place has among those of others."""
    if place == ".":
        return fingerprint
    from hashlib import sha256

    return sha256(os.fsencode(f"{place}\0{fingerprint}")).hexdigest()[:20]
