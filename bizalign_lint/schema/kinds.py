"""The schema of a kind → its properties and relations, from annotations and shared schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    """Reads kind schemas, following ``$ref``. Raises WrongNameError."""

    def __init__(self, resources: Mapping[str, Schema]) -> None:
        self._resources = resources
        self._nested: list[ObjectType] = []
        self._open: list[str] = []
        """References to the shared schemas that are being read, from the outside in."""

    def kind(self, name: str, schema: Schema) -> Kind:
        self._nested, self._open = [], []
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
            suppresses=_suppresses(schema.get("x-suppresses"), type_),
            changes=_changes(schema.get("x-changes", {}), type_),
            vendor_dates=_vendor_dates(schema.get("x-vendor-dates"), type_),
        )

    def _resolve(self, schema: Schema, root: Schema) -> Schema:
        return resolved(schema, root, self._resources)

    @contextmanager
    def _within(self, raw: Schema, schema: Schema) -> Iterator[None]:
        """Around reading an object or list items that may be shared schemas (``$ref``).

        Raises WrongNameError if a shared schema contains itself.
        """
        references = [s["$ref"] for s in (raw, schema.get("items", {})) if "$ref" in s]
        for reference in references:
            if reference in self._open:
                raise WrongNameError(reference, f"{reference} contains itself")
        self._open += references
        yield
        del self._open[len(self._open) - len(references) :]

    def _read(self, schema: Schema, root: Schema, into: ObjectType, section: str | None) -> None:
        required = set(schema.get("required", ()))
        into.order = into.order or tuple(schema.get("x-order", ()))
        for name, raw in schema.get("properties", {}).items():
            property_ = into.properties[name] = self._property(
                name, raw, root, name in required, section
            )
            if property_.schema.get("x-currency") and "default" in property_.schema:
                into.preset[name] = property_.schema["default"]
            if property_.entry is not None and property_.relation is not None:
                entries = property_.relation.entries
                if entries in schema["properties"]:
                    raise WrongNameError(entries, f"{entries} is already a property beside {name}")
                into.properties[entries] = _blocks(property_, entries)
        for name in into.order:
            _require(name, into)
        for name, raw in schema.get("x-derived", {}).items():
            into.properties[name] = self._derived(name, raw, section)
            derivation = into.properties[name].derivation
            assert derivation is not None
            for path in (*derivation.paths, derivation.otherwise):
                _require_path(into, path)
            if derivation.along:
                _require(derivation.along, into)
            if derivation.traits.ordered:
                _require_order(into, derivation.paths[0])
        for property_ in list(into.properties.values()):
            if property_.vocabulary is not None:
                _require(property_.vocabulary.version, into)

    def _property(
        self, name: str, raw: Schema, root: Schema, required: bool, section: str | None
    ) -> Property:
        schema = self._resolve(raw, root)
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
        for key in ("x-value-aliases", "x-value-hints"):
            for value in schema.get(key, {}).values():
                if property_.enum is not None and value not in property_.enum:
                    message = with_nearest(
                        f"{name} has no value {value}", str(value), map(str, property_.enum)
                    )
                    raise WrongNameError(str(value), message)
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
                with self._within(raw, schema):
                    self._read(item, root, property_.entry, None)
                if not any(p.relation for p in property_.entry.properties.values()):
                    raise WrongNameError(
                        property_.relation.entries,
                        f"the items of {name} must be objects with a reference, as paths read "
                        f"these as {property_.relation.entries}",
                    )
        if annotation := schema.get("x-vocabulary"):
            property_.vocabulary = Vocabulary(annotation["list"], annotation["version"])
        if item.get("type") == "object" and "properties" in item:
            nested = schema.get("x-nested")
            property_.object = ObjectType(nested["kind"] if nested else "")
            with self._within(raw, schema):
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


def _suppresses(annotation: Mapping[str, str] | None, type_: ObjectType) -> Suppresses | None:
    if annotation is None:
        return None
    for name in annotation.values():
        _require(name, type_)
    return Suppresses(**annotation)


def _changes(annotation: Mapping[str, Any], type_: ObjectType) -> Changes:
    if not annotation:
        return NO_CHANGES
    for name in (
        *annotation.get("states", ()),
        annotation.get("successor"),
        *annotation.get("takesOver", ()),
    ):
        if name is not None:
            _require(name, type_)
    for key in ("begins", "ends"):
        if key in annotation:
            _require_path(type_, tuple(annotation[key].split("/")))
    return Changes(
        begins=annotation.get("begins", ""),
        ends=annotation.get("ends", ""),
        states=annotation.get("states", {}),
        successor=annotation.get("successor", ""),
        **{
            name: tuple(annotation.get(key, ()))
            for name, key in (
                ("takes_over", "takesOver"),
                *((name, name) for name in ("redirects", "dates", "amounts", "spends", "shared")),
            )
        },
    )


def _vendor_dates(annotation: Mapping[str, Any] | None, type_: ObjectType) -> VendorDates | None:
    if annotation is None:
        return None
    for key in ("product", "version", "purl"):
        _require(annotation[key], type_)
    holder = _require(annotation["holder"], type_)
    paid = annotation["paid"]
    for name in (*annotation["dates"], *annotation["begins"], *paid["dates"], paid["where"]):
        _require_path(type_, (holder.name, name))

    def milestones_by_name(dates: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
        return {name: tuple(milestones) for name, milestones in dates.items()}

    return VendorDates(
        product=annotation["product"],
        version=annotation["version"],
        purl=annotation["purl"],
        holder=annotation["holder"],
        dates=milestones_by_name(annotation["dates"]),
        begins=tuple(annotation["begins"]),
        paid_where=paid["where"],
        paid=milestones_by_name(paid["dates"]),
    )


def _blocks(property_: Property, name: str) -> Property:
    """The property by which paths read the blocks in a list of references."""
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


def _require(name: str, type_: ObjectType) -> Property:
    """The property with a name. Raises WrongNameError."""
    found = type_.properties.get(name)
    if found is None:
        raise WrongNameError(name, with_nearest(f"unknown property {name}", name, type_.properties))
    return found


def _require_order(type_: ObjectType, path: tuple[str, ...]) -> None:
    """Check that a path leads to an object with ordered dates. Raises WrongNameError."""
    at: ObjectType | None = type_
    for name in path:
        at = at.properties[name].object if at is not None else None
    if at is None or len(at.order) < 2:
        raise WrongNameError(path[-1], f"{path[-1]} has no ordered dates (x-order)")


def _require_path(type_: ObjectType, path: tuple[str, ...]) -> None:
    """Check that a path through nested objects exists. Raises WrongNameError."""
    current: ObjectType | None = type_
    for before, name in zip(("", *path), path, strict=False):
        if current is None:
            raise WrongNameError(name, f"{before} has no properties, so it cannot have {name}")
        current = _require(name, current).object


def _datatype(schema: Schema) -> str:
    if schema.get("format") == "date":
        return "date"
    declared = schema.get("type", "any")
    return declared if isinstance(declared, str) else str(declared[0])
