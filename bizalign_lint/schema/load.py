"""Schema files → the ontology (docs/adding-a-kind.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bizalign_lint.core.errors import SchemaError
from bizalign_lint.core.suggest import nearest, suggestion
from bizalign_lint.core.types import Document, Location, Place, Pointer, Span
from bizalign_lint.parsing.positions import locate
from bizalign_lint.schema.ontology import (
    WORKSPACE,
    Derivation,
    Kind,
    Language,
    ObjectType,
    Ontology,
    Property,
    Referrer,
    Relation,
    Schema,
    Suppresses,
    Vocabulary,
)


def build(
    schemas: Iterable[Document], vocabularies: Iterable[Document], languages: Iterable[Document]
) -> Ontology:
    """Make the ontology of parsed schema files.

    Raises SchemaError, with its place, for an annotation that cannot be honoured.
    """
    resources: dict[str, Schema] = {}
    origins: dict[str, Document] = {}
    extensions: list[Document] = []
    for document in schemas:
        if "x-extends" in document.value:
            extensions.append(document)
            continue
        identifier = str(document.value.get("$id", document.source.path))
        if identifier in origins:
            taken = origins[identifier].source.path
            raise _error(document, ("$id",), f"{identifier} is taken by {taken}")
        resources[identifier] = document.value
        origins[identifier] = document
    by_kind: dict[str, str] = {}
    for identifier, schema in resources.items():
        if "x-kind" in schema:
            kind = schema["properties"]["kind"]["const"]
            if kind in by_kind:
                taken = origins[by_kind[kind]].source.path
                pointer = ("properties", "kind", "const")
                message = f"the kind {kind} is that of {taken}; to add to it, say x-extends: {kind}"
                raise _error(origins[identifier], pointer, message)
            by_kind[kind] = identifier
    for document in extensions:
        base = document.value["x-extends"]
        if base not in by_kind:
            near = suggestion(nearest(base, by_kind))
            message = f"there is no kind {base} to extend" + (f"; {near}" if near else "")
            raise _error(document, ("x-extends",), message)
        extra = {
            key: document.value[key] for key in ("properties", "$defs") if key in document.value
        }
        resources[by_kind[base]] = _merge(resources[by_kind[base]], extra)
    reader = _Reader(resources)
    kinds = {}
    written = {
        name: [*(d for d in reversed(extensions) if d.value["x-extends"] == name), origins[base]]
        for name, base in by_kind.items()
    }
    for name, identifier in by_kind.items():
        with _naming_places(written[name]):
            kinds[name] = reader.kind(name, resources[identifier])
    types = {t.name: t for kind in kinds.values() for t in (kind.type, *kind.nested)}
    for name, kind in kinds.items():
        with _naming_places(written[name]):
            _connect(kind.type, types)
    workspace = ObjectType(WORKSPACE)
    for name, target in types.items():
        workspace.properties[name] = Property(
            name, f"Every {name}.", "object", True, False, None, {}, object=target
        )
    return Ontology(
        kinds=kinds,
        types={**types, WORKSPACE: workspace},
        resources={key: value for key, value in resources.items() if "x-kind" not in value},
        vocabularies={
            f"{d.value['vocabulary']}-{d.value['version']}": {
                name: frozenset(_terms(terms)) for name, terms in d.value["lists"].items()
            }
            for d in vocabularies
        },
        languages={d.value["language"]: _language(d.value) for d in languages},
        spelling={name.lower(): name for name in types},
    )


def _language(value: Mapping[str, Any]) -> Language:
    lists = {name: tuple(words) for name, words in value.get("lists", {}).items()}
    words = {word for listed in lists.values() for phrase in listed for word in phrase.split()}
    telling = words - {*value.get("shared", ())}
    return Language(frozenset((*value["marks"], *telling)), lists)


class _WrongNameError(Exception):
    """A schema names something that is not there."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name

    def located(self, documents: Sequence[Document]) -> SchemaError:
        """The error with its place: where the first of the files spells the name."""
        name = re.compile(rf"(?<![\w-]){re.escape(self.name)}(?![\w-])")
        for document in documents:
            for number, line in enumerate(document.source.content.decode().splitlines(), start=1):
                if found := name.search(line):
                    span = Span(number, found.start() + 1, number, found.end() + 1)
                    return SchemaError(str(self), Location(document.source.path, span))
        return SchemaError(str(self))


@contextmanager
def _naming_places(documents: Sequence[Document]) -> Iterator[None]:
    """Let a wrong name in some files be told with its place."""
    try:
        yield
    except _WrongNameError as error:
        raise error.located(documents) from None


def _terms(entries: Iterable[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            yield entry["term"]
            yield from _terms(entry.get("narrower", ()))


def followed(schema: Schema, root: Schema, resources: Mapping[str, Schema]) -> Schema:
    """A shape with the shared one in it that it refers to; what it says itself wins.

    ``root`` is the file that references without a name lead into.
    """
    seen = set()
    while "$ref" in schema:
        reference = schema["$ref"]
        if reference in seen:
            raise _WrongNameError(reference, f"{reference} leads back to itself")
        seen.add(reference)
        identifier, _, fragment = reference.partition("#")
        target: Any = resources.get(identifier) if identifier else root
        for step in fragment.strip("/").split("/"):
            target = target.get(step) if isinstance(target, dict) else None
        if not isinstance(target, dict):
            raise _WrongNameError(reference, f"{reference} leads to no schema")
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def check_references(documents: Iterable[Document], ontology: Ontology) -> None:
    """Raise SchemaError, with the place, where a file refers to a schema that was not read."""
    kinds = ontology.kinds
    resources = {**ontology.resources, **{k.schema["$id"]: k.schema for k in kinds.values()}}
    for document in documents:
        base = document.value.get("x-extends")
        root = kinds[base].schema if base else document.value
        for pointer, reference in _references(document.value, ()):
            try:
                followed({"$ref": reference}, root, resources)
            except _WrongNameError as error:
                raise _error(document, pointer, str(error)) from None


def _references(schema: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    """Every ``$ref`` of a schema and the schemas in it, with where it is."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield (*pointer, "$ref"), schema["$ref"]
    for key in ("items", "additionalProperties"):
        yield from _references(schema.get(key), (*pointer, key))
    for key in ("properties", "$defs"):
        for name, part in schema.get(key, {}).items():
            yield from _references(part, (*pointer, key, name))


def _merge(base: Any, extra: Any) -> Any:
    if isinstance(base, dict) and isinstance(extra, dict):
        return {
            key: _merge(base[key], extra[key])
            if key in base and key in extra
            else extra.get(key, base.get(key))
            for key in [*base, *(key for key in extra if key not in base)]
        }
    if isinstance(base, list) and isinstance(extra, list):
        return [*base, *(item for item in extra if item not in base)]
    return extra


class _Reader:
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
        )

    def _resolve(self, schema: Schema, root: Schema) -> Schema:
        return followed(schema, root, self._resources)

    def _read(self, schema: Schema, root: Schema, into: ObjectType, section: str | None) -> None:
        required = set(schema.get("required", ()))
        into.order = into.order or tuple(schema.get("x-order", ()))
        for name, raw in schema.get("properties", {}).items():
            into.properties[name] = self._property(
                name, self._resolve(raw, root), root, name in required, section
            )
        for name in into.order:
            _known(name, into)
        for name, raw in schema.get("x-derived", {}).items():
            into.properties[name] = self._derived(name, raw, section)
            for path in into.properties[name].derivation.paths:  # type: ignore[union-attr]
                _at(into, path)
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
        )
        if annotation := schema.get("x-relation"):
            hierarchy = annotation.get("hierarchy")
            property_.relation = Relation(
                to=tuple(annotation["to"]),
                inverse=annotation["inverse"],
                hierarchy={None: None, False: None, True: ""}.get(hierarchy, hierarchy),
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
        function = next(key for key in schema if key.endswith("Of"))
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
                schema.get("horizon", ""),
                frozenset(schema.get("declaredBy", ())),
                schema.get("declared", ""),
            ),
        )


def _known(name: str, type_: ObjectType) -> Property:
    """The property of that name."""
    found = type_.properties.get(name)
    if found is None:
        near = suggestion(nearest(name, type_.properties))
        raise _WrongNameError(
            name, f"there is no property {name} beside it" + (f"; {near}" if near else "")
        )
    return found


def _at(type_: ObjectType, path: tuple[str, ...]) -> None:
    """Make sure that a path of nested objects leads somewhere."""
    within: ObjectType | None = type_
    for name in path:
        if within is None:
            raise _WrongNameError(name, f"{name} is asked of something that holds nothing")
        within = _known(name, within).object


def _datatype(schema: Schema) -> str:
    if schema.get("format") == "date":
        return "date"
    declared = schema.get("type", "any")
    return declared if isinstance(declared, str) else "any"


def _connect(type_: ObjectType, types: Mapping[str, ObjectType]) -> None:
    """Tell the types that a type leads to, and check that its relations can lead there."""
    for property_ in type_.properties.values():
        if property_.object is not None:
            property_.object.holder = (type_, property_.name)
            _connect(property_.object, types)
        if property_.relation is None:
            continue
        for name in property_.relation.to:
            if name not in types:
                near = suggestion(nearest(name, types))
                message = f"{property_.name} refers to {name}, which is not a kind"
                raise _WrongNameError(name, message + (f"; {near}" if near else ""))
            inverse = property_.relation.inverse
            referrers = types[name].inverses.setdefault(inverse, [])
            referrers.append(Referrer(property_.name, type_, type_.entity))
            # One relation may be of many kinds, as who owns them is.
            others = [r for r in referrers if r.property != property_.name]
            if inverse in types[name].properties or others:
                what = f"the way back of {others[0].property}" if others else "a property"
                raise _WrongNameError(
                    inverse,
                    f"{name} has {inverse} already, as {what}; "
                    f"give the way back of {property_.name} another name",
                )


def _error(document: Document, pointer: Pointer, message: str) -> SchemaError:
    place = Place(document, pointer)
    return SchemaError(message, Location(document.source.path, locate(place)))
