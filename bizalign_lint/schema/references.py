"""References between schemas (``$ref``) and names in their annotations: what they lead to."""

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


def referred(reference: str, root: Any, resources: Mapping[str, Schema] = _NONE) -> Any:
    """What a ``$ref`` leads to; None where that is nothing.

    ``root`` is the file that references without a name lead into, ``resources`` are those that
    have one.
    """
    identifier, _, fragment = reference.partition("#")
    target: Any = resources.get(identifier) if identifier else root
    for step in fragment.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        target = target.get(name) if isinstance(target, dict) else None
    return target


def resolved(schema: Schema, root: Schema, resources: Mapping[str, Schema]) -> Schema:
    """A shape with the shared one in it that it refers to; what it says itself wins.

    ``root`` is the file that references without a name lead into.
    """
    seen = set()
    while "$ref" in schema:
        reference = schema["$ref"]
        if reference in seen:
            raise WrongNameError(reference, f"{reference} leads back to itself")
        seen.add(reference)
        target = referred(reference, root, resources)
        if not isinstance(target, dict):
            raise WrongNameError(reference, f"{reference} leads to no schema")
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def check_references(documents: Iterable[Document], ontology: Ontology) -> None:
    """Raise SchemaError, with the place, where a file refers to a schema that was not read."""
    kinds = ontology.kinds
    resources = {**ontology.resources, **{k.schema["$id"]: k.schema for k in kinds.values()}}
    for document in documents:
        base = document.value.get("x-extends")
        root = kinds[base].schema if base else document.value
        raise_all(_lost(document, root, resources))


def _lost(
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
    """A schema and the schemas in it, with where they are."""
    if not isinstance(schema, dict):
        return
    yield pointer, schema
    for key in ("items", "additionalProperties"):
        yield from parts(schema.get(key), (*pointer, key))
    for key in ("properties", "$defs"):
        for name, part in schema.get(key, {}).items():
            yield from parts(part, (*pointer, key, name))


class WrongNameError(Exception):
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
def naming_places(documents: Sequence[Document]) -> Iterator[None]:
    """Let a wrong name in some files be reported with its place."""
    try:
        yield
    except WrongNameError as error:
        raise error.located(documents) from None
