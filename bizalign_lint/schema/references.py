"""Resolves references between schemas (``$ref``), and locates wrong names in annotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bizalign_lint.core.errors import SchemaError, raise_all
from bizalign_lint.core.types import Document, Location, Place, Pointer, Span
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
        """The error with its place: the first occurrence of the name in the files."""
        name = re.compile(rf"(?<![\w-]){re.escape(self.name)}(?![\w-])")
        for document in documents:
            for number, line in enumerate(document.source.content.decode().splitlines(), start=1):
                if found := name.search(line):
                    span = Span(number, found.start() + 1, number, found.end() + 1)
                    return SchemaError(str(self), Location(document.source.path, span))
        return SchemaError(str(self))


@contextmanager
def locating_names(documents: Sequence[Document]) -> Iterator[None]:
    """Turn a WrongNameError into a SchemaError with its place in the files."""
    try:
        yield
    except WrongNameError as error:
        raise error.located(documents) from None
