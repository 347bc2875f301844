"""What a mapping says, read and held against the ontology."""

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
    """One way to a value."""

    field: Pointer
    constant: Any = None
    words: Mapping[str, Any] | None = None
    """By their word, in small letters."""
    hint_to_others: bool = True
    """Whether a word that is not in the table is a mistake."""
    refers: str = ""
    """The type that a reference means when it names none."""
    then: Value | None = None
    """The way on, from the record that the field refers to."""
    split: str = ""
    decimal: str = "."
    each: str = ""
    """The property, beside its name, of an object that each value becomes."""
    is_name: bool = False
    """Whether a value becomes a name."""
    known: str = ""
    """The words of the table as the mapping writes them."""
    theirs: Mapping[Any, str] | None = None
    """The first word of the table for each of ours."""


class Setting(NamedTuple):
    """One property and the ways to its value, of which the first that has one counts."""

    pointer: Pointer
    """In the definition."""
    property: Property
    ways: tuple[Value, ...]
    is_rest: bool = False
    """Whether it holds what nothing else does."""


class Fill(NamedTuple):
    """A property of the definitions that a field refers to."""

    way: Value
    property: str


class Element(NamedTuple):
    """Some records, and what becomes of them."""

    types: frozenset[str]
    """Empty: of any type."""
    where: tuple[tuple[Pointer, frozenset[str]], ...]
    """Fields, each with the values that it may have, in small letters."""
    kind: str
    """Empty: left out."""
    why: str
    """Why they are left out."""
    name: Pointer
    """Empty: its title names it."""
    namespace: Pointer
    settings: tuple[Setting, ...]
    fills: tuple[Fill, ...]
    joins: Pointer = ()
    """The field that names the definition of another source that it completes."""
    has: tuple[Pointer, ...] = ()
    """Fields that must have a value."""
    is_definition: bool = False
    """Whether they are definitions of ours, and are taken as they are."""
    type: str = ""
    """The first of the types, which an export writes."""
    marks: tuple[tuple[Pointer, str], ...] = ()
    """The first value of each field that it is known by, which an export writes."""
    write: tuple[tuple[Pointer, Any], ...] = ()
    """What an export writes to fields that would be empty; read, it says nothing."""

    def fits(self, record: Record) -> bool:
        """Whether a record is meant."""
        if self.types and record.type not in self.types:
            return False
        if any(value_of(record.fields, way) in (None, "", []) for way in self.has):
            return False
        return all(
            _meets(words, [*map(folded, texts(value_of(record.fields, way)))])
            for way, words in self.where
        )


class Relation(NamedTuple):
    """What links of some types become."""

    types: frozenset[str]
    steps: int
    """1: only direct ones."""
    source: str
    target: str
    at_source: bool
    """Whether the source's definition has the property."""
    property: Property
    pointer: Pointer
    type: str
    """The first of the types, which an export writes."""


class View(NamedTuple):
    """What an export draws."""

    kind: str
    """What is in it, each within its parent."""
    title: str


@dataclass(slots=True)
class Rules:
    """One mapping: what it says, and what it extends."""

    name: str
    reader: str
    options: dict[str, Any] = field(default_factory=dict)
    every: dict[str, Any] = field(default_factory=dict)
    """Values of every definition, as said."""
    elements: list[Element] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    links: str = ""
    """The sheet of links that an export writes, and …"""
    link_write: Mapping[str, Any] = field(default_factory=dict)
    """… what each row of it holds besides."""
    rest: Mapping[str, str] | None = None
    """Where properties are that nothing else says, as said."""

    def element(self, record: Record) -> Element | None:
        """What becomes of a record; None where nothing is said of it."""
        return next((element for element in self.elements if element.fits(record)), None)

    def kinds_of(self, type_: str) -> frozenset[str]:
        """What records of a type may become."""
        return frozenset(e.kind for e in self.elements if e.kind and type_ in e.types)


def _meets(words: frozenset[str], said: Sequence[str]) -> bool:
    """Whether one of some texts is one of some words, in which a star stands for anything."""
    return not words.isdisjoint(said) or any(
        fnmatchcase(text, word.replace("[", "[[]"))
        for word in words
        if "*" in word
        for text in said
    )


def value_of(fields: Any, way: Pointer) -> Any:
    """The value that a way through fields leads to; None where there is none."""
    for step in way:
        if not isinstance(fields, Mapping):
            return None
        fields = fields.get(step)
    return fields


def texts(value: Any) -> list[str]:
    """A value, or each of a list, as text."""
    return [str(item) for item in (value if isinstance(value, list) else [value])]


def title_way(element: Element) -> Pointer:
    """Where a record has its title; empty where the mapping does not say."""
    titles = [setting for setting in element.settings if setting.pointer == TITLE]
    return titles[0].ways[0].field if titles else ()


def assumed(said: Mapping[str, Any]) -> list[tuple[str, Pointer, Any]]:
    """What silence means: kind, property and value."""
    return [
        (key.partition("/")[0], tuple(key.partition("/")[2].split(".")), value)
        for key, value in said.items()
    ]
