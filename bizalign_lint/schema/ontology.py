"""Kinds, properties and relations: what the engine knows of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from bizalign_lint.core.types import Pointer
from bizalign_lint.core.words import sentence, spaced
from bizalign_lint.schema.derivations import Derivation

WORKSPACE = "Workspace"
"""The node that stands for the whole workspace; it has one property for each kind."""

Schema = dict[str, Any]


class Relation(NamedTuple):
    """A property that refers to nodes (``x-relation``)."""

    to: tuple[str, ...]
    inverse: str
    hierarchy: str | None
    """None: not a tree; "": a tree; a property name: a tree whose levels that property counts."""
    default: str | None
    """The kind that a name without a kind means; None if it has to be stated."""
    carries: bool = False
    """Whether what is named depends on what names it, and not the other way round."""
    entries: str = ""
    """What a path calls the blocks that may be in place of references; empty: none may."""


class Language(NamedTuple):
    """The words of one language."""

    marks: frozenset[str]
    """Words by which a text is known to be in it."""
    lists: Mapping[str, tuple[str, ...]]
    """Words that rules look for, by the name of the list."""


Languages = Mapping[str, Language]
"""By code (ISO 639-1)."""


class Vocabulary(NamedTuple):
    """``x-vocabulary``: a list of terms, in the version that a sibling property names."""

    list: str
    version: str


@dataclass(slots=True, eq=False, repr=False)
class Property:
    """One property of an object, as a path step sees it."""

    name: str
    description: str
    datatype: str
    """``string``, ``date``, ``integer``, ``number``, ``boolean``, ``object`` or ``any``."""
    many: bool
    required: bool
    section: str | None
    """``metadata`` or ``spec`` for the properties of an entity, else None."""
    schema: Schema
    """Its JSON Schema (of one item, for a list), references resolved."""
    enum: tuple[Any, ...] | None = None
    unique: bool = False
    """Whether no item of the list may be there twice (``uniqueItems``)."""
    relation: Relation | None = None
    object: ObjectType | None = None
    vocabulary: Vocabulary | None = None
    derivation: Derivation | None = None
    aliases: tuple[str, ...] = ()
    """What people who come from other tools call it (``x-aliases``)."""
    entry: ObjectType | None = None
    """For a list of references: the block that may be in place of one, and says more."""
    entries_of: str = ""
    """For the blocks of such a list, as a path reads them: the list; empty for any other."""
    grave: str = ""
    """``first`` or ``last``: which end of its values is the most severe; empty where none is."""

    def __repr__(self) -> str:
        return f"<property {self.name}>"

    @property
    def links(self) -> bool:
        """Whether it holds objects with a name, or with references in them."""
        return self.object is not None and bool(self.object.name or self.object.links)

    @property
    def written(self) -> bool:
        """Whether a definition can say it: it is not computed, nor another view of a list."""
        return self.derivation is None and not self.entries_of

    @property
    def block(self) -> ObjectType | None:
        """What a mapping may hold that is its value, or an item of it."""
        return self.object or self.entry


class Referrer(NamedTuple):
    """One relation as its far end sees it."""

    property: str
    holder: ObjectType
    """The object that the reference is in."""
    entity: ObjectType
    """The nearest holder with a name; where the inverse leads to."""


@dataclass(slots=True, eq=False, repr=False)
class ObjectType:
    """What an object may hold: an entity, a nested node or a nested object without a name."""

    name: str
    """The kind; empty for an object without a name of its own."""
    properties: dict[str, Property] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    preset: dict[str, Any] = field(default_factory=dict)
    """What holds of each that does not say otherwise, as the workspace has it."""
    parent: str = ""
    """For a nested node: what it calls the inverse to its holder."""
    holder: tuple[ObjectType, str] | None = None
    """For an object within another: that one, and the property that holds it."""
    inverses: dict[str, list[Referrer]] = field(default_factory=dict)
    """Inverse name → the relations that lead here under that name."""

    def __repr__(self) -> str:
        return f"<type {self.name or self.holder}>"

    @property
    def entity(self) -> ObjectType:
        """The nearest type with a name: itself, or what holds it."""
        type_ = self
        while not type_.name and type_.holder is not None:
            type_ = type_.holder[0]
        return type_

    @property
    def reference(self) -> str:
        """For a block in place of a reference: the property that the reference is in."""
        return next(p.name for p in self.properties.values() if p.relation is not None)

    @property
    def links(self) -> tuple[Property, ...]:
        """The properties that edges of the graph come from, directly or deeper down."""
        return tuple(p for p in self.properties.values() if p.relation or p.links)


class Suppresses(NamedTuple):
    """``x-suppresses``: the properties by which a definition sets rules aside."""

    rules: str
    targets: str
    until: str
    reason: str


class Changes(NamedTuple):
    """``x-changes``: what becomes of a definition when it is ended, replaced, delayed or cut.

    All but ``states``, ``successor`` and ``redirects`` are paths of the rule language that end in a
    property.
    """

    begins: str = ""
    """The date from which it can be relied on."""
    ends: str = ""
    """The date that ends it."""
    states: Mapping[str, Any] = MappingProxyType({})
    """What its properties say once it has ended before its time."""
    successor: str = ""
    """The property that names what takes its place."""
    takes_over: tuple[str, ...] = ()
    """The relations that what takes its place has then, too."""
    redirects: tuple[str, ...] = ()
    """The inverses to what names it, and then names what takes its place."""
    dates: tuple[str, ...] = ()
    """The dates that move when it is delayed."""
    amounts: tuple[str, ...] = ()
    """The amounts that get less when it is cut."""
    spends: tuple[str, ...] = ()
    """What it costs."""
    shared: tuple[str, ...] = ()
    """The part of that which others pass on to it, and have to bear without it."""


NO_CHANGES = Changes()


class VendorDates(NamedTuple):
    """``x-vendor-dates``: the properties that name a release, and those that hold its dates."""

    product: str
    version: str
    purl: str
    """The property that holds a package URL (ECMA-427)."""
    holder: str
    """The property whose object holds the dates."""
    dates: Mapping[str, tuple[str, ...]]
    """Property of that object → the milestones of a release that it takes, the first known one."""
    begins: tuple[str, ...]
    """Those of them that nothing depends on: what differs there is not worth a word."""
    paid_where: str
    """The property by which an organisation says that it pays for longer support."""
    paid: Mapping[str, tuple[str, ...]]
    """The same as ``dates``, in its place, where that is said."""


class Kind(NamedTuple):
    """One kind of definition and the schema that checks it."""

    name: str
    perspective: str
    description: str
    schema: Schema
    type: ObjectType
    nested: tuple[ObjectType, ...] = ()
    suppresses: Suppresses | None = None
    changes: Changes = NO_CHANGES
    vendor_dates: VendorDates | None = None


class Ontology(NamedTuple):
    """Everything the engine knows about the domain, read from ``schemas/``."""

    kinds: dict[str, Kind]
    types: dict[str, ObjectType]
    """Entity kinds, nested kinds and the workspace, by name."""
    resources: dict[str, Schema]
    """Shared schemas by ``$id``, for the validator's registry."""
    vocabularies: dict[str, dict[str, frozenset[str]]]
    """Vocabulary version (``tbm-4.0``) → list → terms."""
    languages: Languages
    spelling: dict[str, str]
    """Lower-case kind → kind, as references may write it either way."""


def kind_title(ontology: Ontology, kind: str) -> str:
    """What people call a kind: ``IT component``."""
    known = ontology.kinds.get(kind)
    return str(known.schema.get("title", kind)) if known is not None else sentence(spaced(kind))


def property_at(ontology: Ontology, kind: str, pointer: Pointer) -> Property | None:
    """The property that a pointer into a document of that kind leads to, if there is one."""
    if kind not in ontology.kinds:
        return None
    current: ObjectType | None = ontology.kinds[kind].type
    found: Property | None = None
    for step in pointer[1:]:
        if isinstance(step, int):
            continue
        found = current.properties.get(step) if current else None
        current = found.block if found else None
    return found
