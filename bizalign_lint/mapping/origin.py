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
    """The paths of the files of values that come from another file, by pointer."""
    ways: dict[Pointer, tuple[Locator, Pointer]] = field(default_factory=dict)
    """The field of each value, with the locator that finds it, by pointer."""
    tables: dict[Pointer, str] = field(default_factory=dict)
    """The words of the table of a value, by pointer."""

    def ignored(self) -> tuple[str, Pointer] | None:
        """The text of the record's suppressions, and its field; None if it has none."""
        for way in _IGNORES:
            said = value_of(self.record.fields, way)
            if isinstance(said, str) and said:
                return said, way
        return None

    def ignored_at(self, way: Pointer) -> tuple[Span, str]:
        """The span of the field with suppressions, and its cell."""
        return self.record.locator.locate(way, False), self.record.locator.cell(way)

    def expected_values(self, pointer: Pointer) -> str:
        """The words of the table of a value; empty if it has no table."""
        return self.tables.get(pointer, "")

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The span of the field that a value came from, or else of the record's name."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.locate(self.name, False)
        (locator, way), rest = found
        return locator.locate((*way, *rest), key and not (way and rest))

    def path(self, pointer: Pointer) -> str:
        """The path of the file of a value; empty if it is the definition's own file."""
        if not self.elsewhere:
            return ""
        known = (pointer[:length] for length in range(len(pointer), -1, -1))
        way = next((one for one in known if one in self.ways), ())
        return self.elsewhere.get(way, "")

    def cell(self, pointer: Pointer) -> str:
        """The cell of the field that a value came from; empty if the format has no cells."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.cell(self.name)
        (locator, way), rest = found
        return locator.cell((*way, *rest))

    def extent(self, pointer: Pointer) -> Span:
        """The span of all lines of the field that a value came from, or else of the record."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.extent(())
        (locator, way), rest = found
        return locator.extent((*way, *rest))

    def found(self, pointer: Pointer) -> tuple[tuple[Locator, Pointer], Pointer] | None:
        """The field that a value came from, and the pointer within it; None if there is none."""
        for length in range(len(pointer), -1, -1):
            found = self.ways.get(pointer[:length])
            if found is not None:
                return found, pointer[length:]
        return None
