"""Kinds, properties and relations: what the engine knows about the domain."""

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
    """The kind of references without one; None if they must state it."""
    carries: bool = False
    """Whether the target depends on the node that refers to it, and not the reverse."""
    entries: str = ""
    """The property by which paths read blocks in place of references; empty: none are allowed."""


class Language(NamedTuple):
    """The words of one language."""

    marks: frozenset[str]
    """Words that identify a text as being in this language."""
    lists: Mapping[str, tuple[str, ...]]
    """Word lists that rules look for, by name."""


Languages = Mapping[str, Language]
"""By code (ISO 639-1)."""


class Vocabulary(NamedTuple):
    """``x-vocabulary``: a list of terms, in the version that a sibling property names."""

    list: str
    version: str


@dataclass(slots=True, eq=False, repr=False)
class Property:
    """A property of an object, as seen by a step of a path."""

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
    """Whether the items of the list must be unique (``uniqueItems``)."""
    relation: Relation | None = None
    object: ObjectType | None = None
    vocabulary: Vocabulary | None = None
    derivation: Derivation | None = None
    aliases: tuple[str, ...] = ()
    """Its names in other tools (``x-aliases``)."""
    entry: ObjectType | None = None
    """For a list of references: the type of blocks allowed in place of references."""
    entries_of: str = ""
    """For the property that reads the blocks of a list: that list; empty for all others."""
    grave: str = ""
    """``first`` or ``last``: the most severe end of its values; empty if they have no order."""

    def __repr__(self) -> str:
        return f"<property {self.name}>"

    @property
    def links(self) -> bool:
        """Whether it contains objects with a name, or with references."""
        return self.object is not None and bool(self.object.name or self.object.links)

    @property
    def written(self) -> bool:
        """Whether it occurs in files: it is neither computed nor another view of a list."""
        return self.derivation is None and not self.entries_of

    @property
    def block(self) -> ObjectType | None:
        """The type of a mapping that is its value, or an item of it; None if no mapping can be."""
        return self.object or self.entry


class Referrer(NamedTuple):
    """A relation as seen from its target."""

    property: str
    holder: ObjectType
    """The type of the object that contains the reference."""
    entity: ObjectType
    """Its nearest holder with a name, to which the inverse leads."""


@dataclass(slots=True, eq=False, repr=False)
class ObjectType:
    """The type of an object: an entity, a nested node, or a nested object without a name."""

    name: str
    """The kind; empty for an object without a name of its own."""
    properties: dict[str, Property] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    preset: dict[str, Any] = field(default_factory=dict)
    """Default values, which the workspace defines."""
    parent: str = ""
    """For a nested node: the name of the inverse that leads to its holder."""
    holder: tuple[ObjectType, str] | None = None
    """For a nested object: the type that contains it, and the property."""
    inverses: dict[str, list[Referrer]] = field(default_factory=dict)
    """Inverse name → the relations that lead here under that name."""

    def __repr__(self) -> str:
        return f"<type {self.name or self.holder}>"

    @property
    def entity(self) -> ObjectType:
        """The nearest type with a name: itself or one of its holders."""
        type_ = self
        while not type_.name and type_.holder is not None:
            type_ = type_.holder[0]
        return type_

    @property
    def reference(self) -> str:
        """For a block in place of a reference: the name of the property with the reference."""
        return next(p.name for p in self.properties.values() if p.relation is not None)

    @property
    def links(self) -> tuple[Property, ...]:
        """The properties from which edges of the graph originate, directly or within."""
        return tuple(p for p in self.properties.values() if p.relation or p.links)


class Suppresses(NamedTuple):
    """``x-suppresses``: the properties by which a definition suppresses rules."""

    rules: str
    targets: str
    until: str
    reason: str


class Changes(NamedTuple):
    """``x-changes``: what happens to a definition that is ended, replaced, delayed or cut.

    All but ``states``, ``successor`` and ``redirects`` are paths of the rule language that end in a
    property.
    """

    begins: str = ""
    """The date from which it can be relied on."""
    ends: str = ""
    """The date that ends it."""
    states: Mapping[str, Any] = MappingProxyType({})
    """The values of its properties once it has ended early."""
    successor: str = ""
    """The property that names its successor."""
    takes_over: tuple[str, ...] = ()
    """The relations that its successor takes over."""
    redirects: tuple[str, ...] = ()
    """The inverses to nodes whose references are redirected to its successor."""
    dates: tuple[str, ...] = ()
    """The dates that move when it is delayed."""
    amounts: tuple[str, ...] = ()
    """The amounts that shrink when it is cut."""
    spends: tuple[str, ...] = ()
    """The amounts that it costs."""
    shared: tuple[str, ...] = ()
    """The part of its cost that others allocate to it, and have to bear without it."""


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
    """Property of that object → milestones of a release, of which the first known one is used."""
    begins: tuple[str, ...]
    """The dates that nothing depends on: differences in them are not reported."""
    paid_where: str
    """The property that says whether the organisation pays for longer support."""
    paid: Mapping[str, tuple[str, ...]]
    """Replaces ``dates`` if it does."""


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
    """Lower-case kind → kind, as the case of kinds in references does not matter."""


def kind_title(ontology: Ontology, kind: str) -> str:
    """The title of a kind, such as ``IT component``."""
    known = ontology.kinds.get(kind)
    return str(known.schema.get("title", kind)) if known is not None else sentence(spaced(kind))


def property_at(ontology: Ontology, kind: str, pointer: Pointer) -> Property | None:
    """The property at a pointer into a document of a kind; None if there is none."""
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
