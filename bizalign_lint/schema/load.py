"""Schema files → the ontology (docs/adding-a-kind.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bizalign_lint.core.errors import SchemaError
from bizalign_lint.core.suggest import with_nearest
from bizalign_lint.core.types import Document, Location, Place, Pointer
from bizalign_lint.core.words import with_article
from bizalign_lint.parsing.positions import locate
from bizalign_lint.schema.kinds import KindReader
from bizalign_lint.schema.ontology import (
    WORKSPACE,
    Kind,
    Language,
    ObjectType,
    Ontology,
    Property,
    Referrer,
    Schema,
)
from bizalign_lint.schema.references import WrongNameError, locating_names, resolved

_OF_FILES = frozenset(("$schema", "$id", "$comment", "title", "description", "x-extends"))
"""The keys of an extension that describe the file itself and are not added to the kind."""


def build(
    schemas: Iterable[Document],
    vocabularies: Iterable[Document],
    languages: Iterable[Document],
    currency: str = "",
) -> Ontology:
    """Build the ontology from parsed schema files.

    ``currency`` is the default for amounts of money without one. Raises SchemaError, with its
    place, for an invalid annotation.
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
            other = origins[identifier].source.path
            raise _error(document, ("$id",), f"{identifier} is already used by {other}")
        resources[identifier] = document.value
        origins[identifier] = document
    by_kind = _by_kind(resources, origins)
    unextended = dict(resources)
    for document in extensions:
        base = document.value["x-extends"]
        if base not in by_kind:
            message = with_nearest(f"unknown kind {base} to extend", base, by_kind)
            raise _error(document, ("x-extends",), message)
        extra = {key: value for key, value in document.value.items() if key not in _OF_FILES}
        resources[by_kind[base]] = _merge(resources[by_kind[base]], extra)
    resources = _with_currency(resources, currency) if currency else resources
    reader = KindReader(resources)
    kinds: dict[str, Kind] = {}
    types: dict[str, ObjectType] = {}
    files_of = {
        name: [*(d for d in reversed(extensions) if d.value["x-extends"] == name), origins[base]]
        for name, base in by_kind.items()
    }
    for name, identifier in by_kind.items():
        *added, own = files_of[name]
        if added:  # what is wrong with the kind itself is not blamed on what extends it
            with locating_names([own]):
                reader.kind(name, unextended[identifier])
        with locating_names(added or [own]):
            kinds[name] = reader.kind(name, resources[identifier])
            _name(kinds[name], types)
    for name, kind in kinds.items():
        with locating_names(files_of[name]):
            _connect(kind.type, types)
    workspace = ObjectType(WORKSPACE)
    for name, target in types.items():
        workspace.properties[name] = Property(
            name=name,
            description=f"Every {name}.",
            datatype="object",
            many=True,
            required=False,
            section=None,
            schema={},
            object=target,
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


def _by_kind(resources: Mapping[str, Schema], origins: Mapping[str, Document]) -> dict[str, str]:
    """The kinds, each with the identifier of its schema."""
    found: dict[str, str] = {}
    for identifier, schema in resources.items():
        if "x-kind" not in schema:
            continue
        kind = schema["properties"]["kind"]["const"]
        if kind in found:
            other = origins[found[kind]].source.path
            message = (
                f"the kind {kind} is already defined by {other}; extend it with x-extends: {kind}"
            )
            raise _error(origins[identifier], ("properties", "kind", "const"), message)
        found[kind] = identifier
    return found


def _name(kind: Kind, types: dict[str, ObjectType]) -> None:
    """Add a kind, and those of its nested nodes, to the types by name."""
    for type_ in (kind.type, *kind.nested):
        if type_.name in types or type_.name == WORKSPACE:
            raise WrongNameError(type_.name, f"there is a kind {type_.name} already")
        types[type_.name] = type_


def _with_currency(resources: Mapping[str, Schema], currency: str) -> dict[str, Schema]:
    """The schemas with a default for currencies (``x-currency``), which are then optional."""
    return {
        identifier: _with_default(schema, currency, schema, resources)
        for identifier, schema in resources.items()
    }


def _with_default(schema: Any, currency: str, root: Schema, resources: Mapping[str, Schema]) -> Any:
    """The same for a part of the schema ``root``."""
    if isinstance(schema, list):
        return [_with_default(item, currency, root, resources) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        key: value if key == "examples" else _with_default(value, currency, root, resources)
        for key, value in schema.items()
    }
    if schema.get("x-currency"):
        found["default"] = currency
    properties = schema.get("properties")
    if isinstance(schema.get("required"), list) and isinstance(properties, dict):
        found["required"] = [
            name
            for name in schema["required"]
            if not _resolved(properties.get(name), root, resources).get("x-currency")
        ]
    return found


def _resolved(schema: Any, root: Schema, resources: Mapping[str, Schema]) -> Schema:
    try:
        return resolved(schema, root, resources) if isinstance(schema, dict) else {}
    except WrongNameError:
        return {}  # reported when the kind is read


def _language(value: Mapping[str, Any]) -> Language:
    lists = {name: tuple(words) for name, words in value.get("lists", {}).items()}
    words = {word for listed in lists.values() for phrase in listed for word in phrase.split()}
    distinctive = words - {*value.get("shared", ())}
    return Language(frozenset((*value["marks"], *distinctive)), lists)


def _terms(entries: Iterable[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            yield entry["term"]
            yield from _terms(entry.get("narrower", ()))


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


def _connect(type_: ObjectType, types: Mapping[str, ObjectType]) -> None:
    """Record the inverses of a type's relations, and check their targets. Raises WrongNameError."""
    for property_ in type_.properties.values():
        if property_.object is not None:
            property_.object.holder = (type_, property_.name)
            _connect(property_.object, types)
        if property_.relation is None:
            continue
        for name in property_.relation.to:
            if name not in types:
                message = f"{property_.name} refers to {name}, which is not a kind"
                raise WrongNameError(name, with_nearest(message, name, types))
            if property_.relation.default not in (None, *property_.relation.to):
                default = str(property_.relation.default)
                message = f"{property_.name} cannot refer to {with_article(default)}"
                raise WrongNameError(default, f"{message}, so that cannot be the default")
            inverse = property_.relation.inverse
            referrers = types[name].inverses.setdefault(inverse, [])
            referrers.append(Referrer(property_.name, type_, type_.entity))
            # The same relation may exist on several kinds, such as that to the owner.
            others = [r for r in referrers if r.property != property_.name]
            if inverse in types[name].properties or others:
                what = f"the inverse of {others[0].property}" if others else "a property"
                raise WrongNameError(
                    inverse,
                    f"{name} already has {inverse}, as {what}; "
                    f"give the inverse of {property_.name} another name",
                )


def _error(document: Document, pointer: Pointer, message: str) -> SchemaError:
    place = Place(document, pointer)
    return SchemaError(message, Location(document.source.path, locate(place)))
