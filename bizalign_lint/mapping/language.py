"""The parts of a mapping, as read and checked against the ontology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from bizalign_lint.core.types import Pointer
from bizalign_lint.core.words import folded
from bizalign_lint.readers.records import Record
from bizalign_lint.schema.ontology import Property

TITLE: Pointer = ("metadata", "title")


class Value(NamedTuple):
    """Where a value comes from, and how it is converted."""

    field: Pointer
    """The field of the record; empty for a constant."""
    constant: Any = None
    words: Mapping[str, Any] | None = None
    """The table of words: our values by theirs, in lower case."""
    reports_others: bool = True
    """Whether a word that is not in the table is reported; otherwise it is left out."""
    refers: str = ""
    """The type of a referenced record if the reference does not name one."""
    then: Value | None = None
    """The value of the record that the field refers to, to be used instead."""
    split: str = ""
    """What separates several values in the field."""
    decimal: str = "."
    each: str = ""
    """The property that holds each value, if a value becomes an object with a name."""
    is_name: bool = False
    """Whether a value is turned into a name."""
    among: str = ""
    """The property with a list of objects, one of which the text names."""
    known: str = ""
    """The words of the table, as the mapping writes them."""
    theirs: Mapping[Any, str] | None = None
    """The first word of the table for each of our values."""

    @property
    def text(self) -> str:
        """The field, its parts joined by dots."""
        return ".".join(map(str, self.field))


class Setting(NamedTuple):
    """A property and where its value comes from: the first of ``values`` that is not empty."""

    pointer: Pointer
    """The place of the value in the definition."""
    property: Property
    values: tuple[Value, ...]
    is_rest: bool = False
    """Whether the value comes from ``rest``, the field for properties without an entry."""


class Fill(NamedTuple):
    """A field that refers to definitions, and their property that gets a reference back."""

    value: Value
    property: str


class Element(NamedTuple):
    """An entry of a mapping: which records it applies to, and what they become."""

    types: frozenset[str]
    """The types of records; empty for any type."""
    where: tuple[tuple[Pointer, frozenset[str]], ...]
    """Fields, each with the values that it may have, in lower case."""
    kind: str
    """The kind of the definitions; empty if the records are left out."""
    why: str
    """The reason if the records are left out."""
    name: Pointer
    """The field with the name; empty if it is made from the title."""
    namespace: Pointer
    settings: tuple[Setting, ...]
    fills: tuple[Fill, ...]
    joins: Pointer = ()
    """The field that names the definition of another source to complete."""
    has: tuple[Pointer, ...] = ()
    """Fields that must have a value."""
    is_definition: bool = False
    """Whether the records are definitions already, and are kept as they are."""
    type: str = ""
    """The first of the types, which an export writes."""
    marks: tuple[tuple[Pointer, str], ...] = ()
    """The first value of each field in ``where``, which an export writes."""
    write: tuple[tuple[Pointer, Any], ...] = ()
    """What an export writes to fields that would be empty; ignored when records are read."""

    def fits(self, record: Record) -> bool:
        """Whether this entry applies to a record."""
        if self.types and record.type not in self.types:
            return False
        if any(value_of(record.fields, one) in (None, "", []) for one in self.has):
            return False
        return all(
            _matches(words, [*map(folded, texts(value_of(record.fields, one)))])
            for one, words in self.where
        )


class Relation(NamedTuple):
    """An entry of a mapping: the reference that links of some types become."""

    types: frozenset[str]
    steps: int
    """The maximum number of links in a chain; 1 for direct links only."""
    source: str
    target: str
    at_source: bool
    """Whether the property belongs to the source; otherwise it belongs to the target."""
    property: Property
    pointer: Pointer
    type: str
    """The first of the types, which an export writes."""


class View(NamedTuple):
    """A view that an export draws."""

    kind: str
    """The kind of the definitions in it, each inside its parent."""
    title: str


@dataclass(slots=True)
class Rules:
    """A mapping, including what it extends."""

    name: str
    reader: str
    options: dict[str, Any] = field(default_factory=dict)
    every: dict[str, Any] = field(default_factory=dict)
    """Values of all definitions, as the mapping writes them."""
    elements: list[Element] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    links: str = ""
    """The name of the sheet of links that an export writes."""
    link_write: Mapping[str, Any] = field(default_factory=dict)
    """Constant cells of that sheet, by column."""
    rest: Mapping[str, str] | None = None
    """The field for properties that the mapping does not name, as the mapping writes it."""

    def element(self, record: Record) -> Element | None:
        """The first entry that applies to a record; None if there is none."""
        return next((element for element in self.elements if element.fits(record)), None)

    def leaves_file(self, path: str, records: Sequence[Record]) -> bool:
        """Whether the mapping leaves out the only record of a file."""
        found = self.element(records[0]) if [one.id for one in records] == [path] else None
        return found is not None and not found.kind and not found.is_definition

    def reads(self, element: Element) -> frozenset[Any]:
        """The columns of a row that an entry uses."""
        options = (one for one in self.options.values() if isinstance(one, str))
        return frozenset([*options, *(field[0] for field in self.fields(element))])

    def fields(self, element: Element) -> list[Pointer]:
        """The fields of a record that an entry uses."""
        values = [value for setting in element.settings for value in setting.values]
        named = [value.field for value in (*values, *(fill.value for fill in element.fills))]
        named += [field for one in self.elements for field, _ in one.where]
        named += [*element.has, element.name, element.namespace, element.joins]
        return [field for field in named if field]

    def kinds_of(self, type_: str) -> frozenset[str]:
        """The kinds that records of a type may become."""
        return frozenset(e.kind for e in self.elements if e.kind and type_ in e.types)


def _matches(words: frozenset[str], found: Sequence[str]) -> bool:
    """Whether a text matches a word; a star in a word stands for any text."""
    return not words.isdisjoint(found) or any(
        fnmatchcase(text, word.replace("[", "[[]"))
        for word in words
        if "*" in word
        for text in found
    )


def value_of(fields: Any, pointer: Pointer) -> Any:
    """The value at a pointer into nested fields; None if there is none."""
    for step in pointer:
        # A dictionary first: a check against the abstract class is slow.
        if not isinstance(fields, (dict, Mapping)):
            return None
        fields = fields.get(step)
    return fields


def texts(value: Any) -> list[str]:
    """A value, or each item of a list, as text."""
    return [str(item) for item in (value if isinstance(value, list) else [value])]


def title_field(element: Element) -> Pointer:
    """The field with the title of a record; empty if the mapping does not name one."""
    titles = [setting for setting in element.settings if setting.pointer == TITLE]
    return titles[0].values[0].field if titles else ()


def assumed(assume: Mapping[str, Any]) -> list[tuple[str, Pointer, Any]]:
    """The values of ``assume``, for properties that a source leaves out: kind, path and value."""
    return [
        (key.partition("/")[0], tuple(key.partition("/")[2].split(".")), value)
        for key, value in assume.items()
    ]
