"""Resolves references between schemas (``$ref``), and locates wrong names in annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bizalign_lint.core.errors import SchemaError, raise_all
from bizalign_lint.core.types import Document, Location, Place, Pointer
from bizalign_lint.parsing.positions import locate
from bizalign_lint.schema.ontology import Ontology, Schema

_NONE: Mapping[str, Schema] = {}


def resolve_ref(reference: str, root: Any, resources: Mapping[str, Schema] = _NONE) -> Any:
    """The target of a ``$ref``; None if there is none.

    ``root`` is the schema that contains the reference, ``resources`` are other schemas by ``$id``.
    """
    identifier, _, fragment = reference.partition("#")
    target: Any = resources.get(identifier) if identifier else root
    for step in fragment.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        target = target.get(name) if isinstance(target, dict) else None
    return target


def resolved(schema: Schema, root: Schema, resources: Mapping[str, Schema]) -> Schema:
    """A schema merged with the one that it refers to; its own keywords win.

    ``root`` is the schema that contains the references. Raises WrongNameError.
    """
    seen = set()
    while "$ref" in schema:
        reference = schema["$ref"]
        if reference in seen:
            raise WrongNameError(reference, f"{reference} refers to itself")
        seen.add(reference)
        target = resolve_ref(reference, root, resources)
        if not isinstance(target, dict):
            raise WrongNameError(reference, f"{reference} refers to a schema that does not exist")
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def check_references(documents: Iterable[Document], ontology: Ontology) -> None:
    """Raise SchemaError, with the place, if a file refers to a schema that does not exist."""
    kinds = ontology.kinds
    resources = {**ontology.resources, **{k.schema["$id"]: k.schema for k in kinds.values()}}
    for document in documents:
        base = document.value.get("x-extends")
        root = kinds[base].schema if base else document.value
        raise_all(_broken(document, root, resources))


def _broken(
    document: Document, root: Schema, resources: Mapping[str, Schema]
) -> Iterator[SchemaError]:
    for pointer, part in parts(document.value, ()):
        if "$ref" not in part:
            continue
        try:
            resolved({"$ref": part["$ref"]}, root, resources)
        except WrongNameError as error:
            place = Place(document, (*pointer, "$ref"))
            yield SchemaError(str(error), Location(document.source.path, locate(place)))


def parts(schema: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Schema]]:
    """A schema and all schemas within it, with their pointers."""
    if not isinstance(schema, dict):
        return
    yield pointer, schema
    for key in ("items", "additionalProperties"):
        yield from parts(schema.get(key), (*pointer, key))
    for key in ("properties", "$defs"):
        for name, part in schema.get(key, {}).items():
            yield from parts(part, (*pointer, key, name))


class WrongNameError(Exception):
    """A schema refers to something that does not exist."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name

    def located(self, documents: Sequence[Document]) -> SchemaError:
        """The error with its place: the first occurrence of the name in the files.

        Annotations are searched first, then all keys and values.
        """
        for only_annotations in (True, False):
            for document in documents:
                for pointer, key in _occurrences(document.value, (), self.name, only_annotations):
                    span = locate(Place(document, pointer, key))
                    return SchemaError(str(self), Location(document.source.path, span))
        span = locate(Place(documents[0], ("x-extends",)))
        return SchemaError(str(self), Location(documents[0].source.path, span))


def _occurrences(
    value: Any, pointer: Pointer, name: str, only_annotations: bool
) -> Iterator[tuple[Pointer, bool]]:
    """The places in a schema that contain a name, each with whether it is a key."""
    if isinstance(value, dict):
        for key, item in value.items():
            here = (*pointer, key)
            if key == name and not only_annotations:
                yield here, True
            within = key == "$ref" or (key.startswith("x-") and key != "x-extends")
            yield from _occurrences(item, here, name, only_annotations and not within)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _occurrences(item, (*pointer, index), name, only_annotations)
    elif isinstance(value, str) and not only_annotations and name in (value, *value.split("/")):
        yield pointer, False


@contextmanager
def locating_names(documents: Sequence[Document]) -> Iterator[None]:
    """Turn a WrongNameError into a SchemaError with its place in the files."""
    try:
        yield
    except WrongNameError as error:
        raise error.located(documents) from None
