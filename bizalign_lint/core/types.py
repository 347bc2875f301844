"""The nouns that every stage shares. Frozen, and imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

Pointer = tuple[str | int, ...]
"""The way from a document's root to a value in it: mapping keys and list indexes."""


class Severity(StrEnum):
    """How much a finding matters; ordered by ``rank``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
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


class Source(NamedTuple):
    """One file's content, wherever it came from (disk, git index, editor buffer)."""

    path: str
    content: bytes


@dataclass(slots=True, eq=False)
class Document:
    """One YAML document that is ours (its ``apiVersion`` says so), as plain values."""

    source: Source
    index: int
    """Its place among all YAML documents of the file, 0-based."""
    value: dict[str, Any]


class Place(NamedTuple):
    """A value in a document, before anyone has asked where in the text it stands.

    ``key`` asks for the mapping key instead of the value that it holds.
    """

    document: Document
    pointer: Pointer
    key: bool = False


class Related(NamedTuple):
    """A second place that a finding speaks of."""

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


class Edit(NamedTuple):
    """A stretch of a file and the text to put there. Of an insertion the span is empty."""

    location: Location
    text: str


class Deed(StrEnum):
    """What a change does to a value."""

    PUT = "put"
    REMOVE = "remove"
    RENAME = "rename"


class Change(NamedTuple):
    """What edits are meant to do to the values of a file; nothing else may change."""

    document: int
    """Its place among all YAML documents of the file, 0-based."""
    pointer: Pointer
    deed: Deed
    value: Any = None
    """What is put there, or the new name of the key."""


class Fix(NamedTuple):
    """How a finding can be mended: edits of one file, and what they are meant to change."""

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
    """One thing that is wrong in the user's model, ready to report."""

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
