"""Where each value of a definition came from that was made of another tool's record."""

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
"""Where a record may say which findings are accepted: in a column, an annotation or a property."""


@dataclass(slots=True, eq=False)
class RecordOrigin:
    """Leads from a pointer into the definition to the place in the record."""

    record: Record
    has_comments: bool
    open: frozenset[str]
    aliases: tuple[str, ...]
    name: Pointer
    """The field that stands for the whole definition."""
    joins: str = ""
    """The name of a definition of another source that this one completes; empty for most."""
    elsewhere: dict[Pointer, str] = field(default_factory=dict)
    """The files of the values that are not in the record's own."""
    ways: dict[Pointer, tuple[Locator, Pointer]] = field(default_factory=dict)
    tables: dict[Pointer, str] = field(default_factory=dict)
    """By value: the words that its table has."""

    def ignored(self) -> tuple[str, Pointer] | None:
        """What an annotation, property or column of the record accepts, and where it stands."""
        for way in _IGNORES:
            said = value_of(self.record.fields, way)
            if isinstance(said, str) and said:
                return said, way
        return None

    def ignored_at(self, way: Pointer) -> tuple[Span, str]:
        """The stretch of that field, and its cell."""
        return self.record.locator.locate(way, False), self.record.locator.cell(way)

    def expected_values(self, pointer: Pointer) -> str:
        """The words that the table of a value has; empty where it has none."""
        return self.tables.get(pointer, "")

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The stretch of the field that a value came from, or of the record's name."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.locate(self.name, False)
        (locator, way), rest = found
        return locator.locate((*way, *rest), key and not (way and rest))

    def path(self, pointer: Pointer) -> str:
        """The file of a value that is in another one; empty for its own."""
        if not self.elsewhere:
            return ""
        known = (pointer[:length] for length in range(len(pointer), -1, -1))
        way = next((one for one in known if one in self.ways), ())
        return self.elsewhere.get(way, "")

    def cell(self, pointer: Pointer) -> str:
        """The cell of the field that a value came from; empty where there are none."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.cell(self.name)
        (locator, way), rest = found
        return locator.cell((*way, *rest))

    def extent(self, pointer: Pointer) -> Span:
        """All lines of the field that a value came from, or of the record."""
        found = self.found(pointer)
        if found is None:
            return self.record.locator.extent(())
        (locator, way), rest = found
        return locator.extent((*way, *rest))

    def found(self, pointer: Pointer) -> tuple[tuple[Locator, Pointer], Pointer] | None:
        """The field that a value came from, and the rest of the way; None: no field has it."""
        for length in range(len(pointer), -1, -1):
            found = self.ways.get(pointer[:length])
            if found is not None:
                return found, pointer[length:]
        return None
