"""The schema of a kind → what it may hold, shared shapes and annotations read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bizalign_lint.core.suggest import with_nearest
from bizalign_lint.schema.derivations import FUNCTIONS, Derivation
from bizalign_lint.schema.ontology import (
    NO_CHANGES,
    Changes,
    Kind,
    ObjectType,
    Property,
    Relation,
    Schema,
    Suppresses,
    VendorDates,
    Vocabulary,
)
from bizalign_lint.schema.references import WrongNameError, resolved


class KindReader:
    """Reads kind schemas, following ``$ref``."""

    def __init__(self, resources: Mapping[str, Schema]) -> None:
        self._resources = resources
        self._nested: list[ObjectType] = []

    def kind(self, name: str, schema: Schema) -> Kind:
        self._nested = []
        type_ = ObjectType(name)
        for section in ("metadata", "spec"):
            part = self._resolve(schema["properties"].get(section, {}), schema)
            self._read(part, schema, type_, section)
        return Kind(
            name=name,
            perspective=schema["x-kind"]["perspective"],
            description=schema.get("description", ""),
            schema=schema,
            type=type_,
            nested=tuple(self._nested),
            suppresses=Suppresses(**schema["x-suppresses"]) if "x-suppresses" in schema else None,
            changes=_changes(schema.get("x-changes", {}), type_),
            vendor_dates=_vendor_dates(schema.get("x-vendor-dates"), type_),
        )

    def _resolve(self, schema: Schema, root: Schema) -> Schema:
        return resolved(schema, root, self._resources)

    def _read(self, schema: Schema, root: Schema, into: ObjectType, section: str | None) -> None:
        required = set(schema.get("required", ()))
        into.order = into.order or tuple(schema.get("x-order", ()))
        for name, raw in schema.get("properties", {}).items():
            property_ = into.properties[name] = self._property(
                name, self._resolve(raw, root), root, name in required, section
            )
            if property_.schema.get("x-currency") and "default" in property_.schema:
                into.preset[name] = property_.schema["default"]
            if property_.entry is not None and property_.relation is not None:
                entries = property_.relation.entries
                if entries in schema["properties"]:
                    raise WrongNameError(entries, f"{entries} is a property beside {name} already")
                into.properties[entries] = _blocks(property_, entries)
        for name in into.order:
            _known(name, into)
        for name, raw in schema.get("x-derived", {}).items():
            into.properties[name] = self._derived(name, raw, section)
            derivation = into.properties[name].derivation
            assert derivation is not None
            for path in (*derivation.paths, derivation.otherwise):
                _at(into, path)
            if derivation.along:
                _known(derivation.along, into)
            if derivation.traits.ordered:
                _ordered(into, derivation.paths[0])
        for property_ in list(into.properties.values()):
            if property_.vocabulary is not None:
                _known(property_.vocabulary.version, into)

    def _property(
        self, name: str, schema: Schema, root: Schema, required: bool, section: str | None
    ) -> Property:
        many = schema.get("type") == "array"
        item = self._resolve(schema.get("items", {}), root) if many else schema
        property_ = Property(
            name=name,
            description=schema.get("description", ""),
            datatype=_datatype(item),
            many=many,
            required=required,
            section=section,
            schema=item,
            enum=tuple(item["enum"]) if "enum" in item else None,
            unique=schema.get("uniqueItems", False),
            aliases=tuple(schema.get("x-aliases", ())),
            grave=schema.get("x-grave", ""),
        )
        if annotation := schema.get("x-relation"):
            hierarchy = annotation.get("hierarchy")
            only = annotation["to"][0] if len(annotation["to"]) == 1 else None
            property_.relation = Relation(
                to=tuple(annotation["to"]),
                inverse=annotation["inverse"],
                hierarchy={None: None, False: None, True: ""}.get(hierarchy, hierarchy),
                default=annotation.get("default", only),
                carries=annotation.get("carries", hierarchy not in (None, False)),
                entries=annotation.get("entries", ""),
            )
            if property_.relation.entries:
                property_.entry = ObjectType("")
                self._read(item, root, property_.entry, None)
                if not any(p.relation for p in property_.entry.properties.values()):
                    raise WrongNameError(
                        property_.relation.entries,
                        f"{property_.relation.entries} are blocks, and the items of {name} are "
                        "none that have a reference in them",
                    )
        if annotation := schema.get("x-vocabulary"):
            property_.vocabulary = Vocabulary(annotation["list"], annotation["version"])
        if item.get("type") == "object" and "properties" in item:
            nested = schema.get("x-nested")
            property_.object = ObjectType(nested["kind"] if nested else "")
            self._read(item, root, property_.object, None)
            if nested:
                property_.object.parent = nested["parent"]
                self._nested.append(property_.object)
        return property_

    def _derived(self, name: str, schema: Schema, section: str | None) -> Property:
        function = next(key for key in FUNCTIONS if key in schema)
        paths = schema[function] if isinstance(schema[function], list) else [schema[function]]
        return Property(
            name=name,
            description=schema["description"],
            datatype=_datatype(schema),
            many=False,
            required=False,
            section=section,
            schema=schema,
            enum=tuple(schema["enum"]) if "enum" in schema else None,
            derivation=Derivation(
                function,
                tuple(tuple(path.split("/")) for path in paths),
                horizon=schema.get("horizon", ""),
                declared_by=frozenset(schema.get("declaredBy", ())),
                declared=schema.get("declared", ""),
                otherwise=tuple(schema["otherwise"].split("/")) if "otherwise" in schema else (),
                along=schema.get("along", ""),
            ),
        )


def _changes(said: Mapping[str, Any], type_: ObjectType) -> Changes:
    if not said:
        return NO_CHANGES
    for name in (*said.get("states", ()), said.get("successor"), *said.get("takesOver", ())):
        if name is not None:
            _known(name, type_)
    for key in ("begins", "ends"):
        if key in said:
            _at(type_, tuple(said[key].split("/")))
    return Changes(
        begins=said.get("begins", ""),
        ends=said.get("ends", ""),
        states=said.get("states", {}),
        successor=said.get("successor", ""),
        **{
            name: tuple(said.get(key, ()))
            for name, key in (
                ("takes_over", "takesOver"),
                *((name, name) for name in ("redirects", "dates", "amounts", "spends", "shared")),
            )
        },
    )


def _vendor_dates(said: Mapping[str, Any] | None, type_: ObjectType) -> VendorDates | None:
    if said is None:
        return None
    for key in ("product", "version", "purl"):
        _known(said[key], type_)
    holder = _known(said["holder"], type_)
    paid = said["paid"]
    for name in (*said["dates"], *said["begins"], *paid["dates"], paid["where"]):
        _at(type_, (holder.name, name))

    def ways(dates: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
        return {name: tuple(milestones) for name, milestones in dates.items()}

    return VendorDates(
        product=said["product"],
        version=said["version"],
        purl=said["purl"],
        holder=said["holder"],
        dates=ways(said["dates"]),
        begins=tuple(said["begins"]),
        paid_where=paid["where"],
        paid=ways(paid["dates"]),
    )


def _blocks(property_: Property, name: str) -> Property:
    """The blocks that are in place of references, as a property that paths read."""
    return Property(
        name=name,
        description=property_.description,
        datatype="object",
        many=True,
        required=False,
        section=property_.section,
        schema=property_.schema,
        object=property_.entry,
        entries_of=property_.name,
    )


def _known(name: str, type_: ObjectType) -> Property:
    """The property of that name."""
    found = type_.properties.get(name)
    if found is None:
        raise WrongNameError(
            name, with_nearest(f"it has no property {name} beside it", name, type_.properties)
        )
    return found


def _ordered(type_: ObjectType, path: tuple[str, ...]) -> None:
    """Make sure that a path leads to an object with dates in an order."""
    at: ObjectType | None = type_
    for name in path:
        at = at.properties[name].object if at is not None else None
    if at is None or len(at.order) < 2:
        raise WrongNameError(path[-1], f"{path[-1]} has no dates in an order (x-order)")


def _at(type_: ObjectType, path: tuple[str, ...]) -> None:
    """Make sure that a path of nested objects leads somewhere."""
    within: ObjectType | None = type_
    for name in path:
        if within is None:
            raise WrongNameError(name, f"{name} is read from a value without properties")
        within = _known(name, within).object


def _datatype(schema: Schema) -> str:
    if schema.get("format") == "date":
        return "date"
    declared = schema.get("type", "any")
    return declared if isinstance(declared, str) else str(declared[0])
