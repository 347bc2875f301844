"""The origin of a definition made from another tool's record: the place of each value."""

from __future__ import annotations

from dataclasses import dataclass, field

from bizalign_lint.core.types import Pointer, Span
from bizalign_lint.mapping.language import value_of
from bizalign_lint.readers.records import Locator, Record

_IGNORE = "bizalign/ignore"
_IGNORES: tuple[Pointer, ...] = (
    (_IGNORE,),
    ("metadata", "annotations", _IGNORE),
    ("property", _IGNORE),
)
"""The fields with suppressions in a record: a column, an annotation or a property."""


@dataclass(slots=True, eq=False)
class RecordOrigin:
    """Finds the place in the record for a pointer into the definition."""

    record: Record
    has_comments: bool
    open: frozenset[str]
    aliases: tuple[str, ...]
    name: Pointer
    """The field that stands for the whole definition."""
    joins: str = ""
    """The definition of another source that this one completes; empty if there is none."""
    elsewhere: dict[Pointer, str] = field(default_factory=dict)
    """The files of values that come from another file, by pointer."""
    fields: dict[Pointer, tuple[Locator, Pointer]] = field(default_factory=dict)
    """The field of each value, with the locator that finds it, by pointer."""
    tables: dict[Pointer, str] = field(default_factory=dict)
    """The words of the table of a value, by pointer."""

    def ignored(self) -> tuple[str, Pointer] | None:
        """The text of the record's suppressions, and its field; None if it has none."""
        for place in _IGNORES:
            text = value_of(self.record.fields, place)
            if isinstance(text, str) and text:
                return text, place
        return None

    def ignored_at(self, place: Pointer) -> tuple[Span, str]:
        """The span of the field with suppressions, and its cell."""
        return self.record.locator.locate(place, False), self.record.locator.cell(place)

    def expected_values(self, pointer: Pointer) -> str:
        """The words of the table of a value; empty if it has no table."""
        return self.tables.get(pointer, "")

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The span of the field that a value came from, or else of the record's name."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.locate(self.name, False)
        (locator, at), rest = found
        return locator.locate((*at, *rest), key and not (at and rest))

    def path(self, pointer: Pointer) -> str:
        """The path of a value's file; empty if it is the definition's own file."""
        if not self.elsewhere:
            return ""
        known = (pointer[:length] for length in range(len(pointer), -1, -1))
        recorded = next((one for one in known if one in self.fields), ())
        return self.elsewhere.get(recorded, "")

    def cell(self, pointer: Pointer) -> str:
        """The cell of the field that a value came from; empty if the format has no cells."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.cell(self.name)
        (locator, at), rest = found
        return locator.cell((*at, *rest))

    def extent(self, pointer: Pointer) -> Span:
        """The span of all lines of the field that a value came from, or else of the record."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.extent(())
        (locator, at), rest = found
        return locator.extent((*at, *rest))

    def found(self, pointer: Pointer) -> tuple[tuple[Locator, Pointer], Pointer] | None:
        """The field that a value came from, and the pointer within it; None if there is none."""
        for length in range(len(pointer), -1, -1):
            found = self.fields.get(pointer[:length])
            if found is not None:
                return found, pointer[length:]
        return None
