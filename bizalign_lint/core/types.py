"""The data types that every stage shares. Immutable; imports no other module of ours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

Pointer = tuple[str | int, ...]
"""The steps from a document's root to a value in it: mapping keys and list indexes."""


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
    """A range of text: 1-based lines and columns (code points), the end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Location(NamedTuple):
    """A span in a file. ``path`` is relative to the workspace root, with forward slashes."""

    path: str
    span: Span
    cell: str = ""
    """The cell in a workbook, such as ``Sheet!C12``; empty for all other files."""


class Source(NamedTuple):
    """One file's content, wherever it came from (disk, git index, editor buffer)."""

    path: str
    content: bytes


class Origin(Protocol):
    """Where the values of a definition came from, if it was read from another tool's file."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names of the definition, such as the record's identity in that tool."""

    @property
    def has_comments(self) -> bool:
        """Whether the file is YAML, and so can contain suppressions."""

    @property
    def open(self) -> frozenset[str]:
        """Kinds that the source does not list completely, and ``Kind:name`` of definitions that are
        known to be elsewhere."""

    def ignored(self) -> tuple[str, Pointer] | None:
        """The text of the record's suppression (``bizalign/ignore``) and its pointer in the record;
        None if it has none."""

    def ignored_at(self, pointer: Pointer) -> tuple[Span, str]:
        """The span of the record's suppression, and its cell if the file is a workbook."""

    def expected_values(self, pointer: Pointer) -> str:
        """The values that the mapping accepts in place of this one; empty if it accepts any."""

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The span that a value came from, within one line."""

    def path(self, pointer: Pointer) -> str:
        """The file that a value came from if it is not the definition's own file; else empty."""

    def cell(self, pointer: Pointer) -> str:
        """The cell of a workbook that a value came from; empty for all other files."""

    def extent(self, pointer: Pointer) -> Span:
        """The full span that a value came from; of the whole record if the pointer is empty."""


@dataclass(slots=True, eq=False)
class Document:
    """One definition, as plain values: a YAML document with our ``apiVersion``, or the result of
    mapping a record in another tool's file."""

    source: Source
    index: int
    """Its index among all YAML documents (or records) of the file, 0-based."""
    value: dict[str, Any]
    origin: Origin | None = None
    """None if the file contains ``value`` as it is. Files of other tools are never edited."""
    supplied: Mapping[Pointer, Related] = field(default_factory=dict)
    """Values that come from outside the model, by pointer, with the source of each."""


class Place(NamedTuple):
    """A value in a document, before its position in the text is known.

    With ``key``, the mapping key is meant instead of its value.
    """

    document: Document
    pointer: Pointer
    key: bool = False


class Related(NamedTuple):
    """A second place that a finding mentions."""

    message: str
    place: Place | Location


class Flaw(NamedTuple):
    """What a stage before the rules found wrong; a rule adds id, severity and help.

    ``condition`` is one of ``conditions.CONDITIONS``; ``details`` fill the rule's message.
    ``subject`` is the offending value; it is part of the fingerprint.
    """

    condition: str
    place: Place | Location
    details: Mapping[str, str] = MappingProxyType({})
    subject: str = ""
    related: tuple[Related, ...] = ()
    cause: str = ""
    """Identifies a root cause that several flaws can share; empty if this one stands alone."""


class Edit(NamedTuple):
    """A span of a file and the text to replace it with. For an insertion, the span is empty."""

    location: Location
    text: str


class Operation(StrEnum):
    """What a change does to a value."""

    PUT = "put"
    REMOVE = "remove"
    RENAME = "rename"


class Change(NamedTuple):
    """What edits are meant to change in the values of a file; nothing else may change."""

    document: int
    """Its index among all YAML documents of the file, 0-based."""
    pointer: Pointer
    operation: Operation
    value: Any = None
    """The new value, or the new name of the key."""


class Fix(NamedTuple):
    """How a finding can be fixed: edits of one file, and what they are meant to change."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool
    """Whether it preserves what the author meant, and so needs no review."""
    changes: tuple[Change, ...] = ()


class RelatedLocation(NamedTuple):
    """A second place of a finding, resolved."""

    message: str
    location: Location


class Finding(NamedTuple):
    """One thing that is wrong in the user's model, ready to report.

    A cause with several places is one finding: each place is one of its ``occurrences``, itself a
    finding; the message is then about all of them.
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
    """Identifies its root cause, which findings of other rules may share. Empty: unknown."""
    occurrences: tuple[Finding, ...] = ()
    """All its places, by path, line and column; empty if it has only one."""
    former: str = ""
    """Its fingerprint in baselines of version 1."""

    @property
    def places(self) -> tuple[Finding, ...]:
        """Each of its places, as a finding of its own."""
        return self.occurrences or (self,)


def places(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each place of the findings, as a finding of its own."""
    return (place for finding in findings for place in finding.places)


def fingerprint_in(folder: str, fingerprint: str) -> str:
    """The fingerprint in a joint report on several workspaces.

    ``folder`` is the workspace's folder, relative to the one around all; ``.`` is that one
    itself.
    """
    if folder == ".":
        return fingerprint
    from hashlib import sha256

    return sha256(os.fsencode(f"{folder}\0{fingerprint}")).hexdigest()[:20]
