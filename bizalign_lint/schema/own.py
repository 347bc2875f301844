"""Checks a user's own schema files before they are used, and reports errors with places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.core.errors import SchemaError, raise_all
from bizalign_lint.core.types import Document, Location, Place
from bizalign_lint.parsing.positions import locate
from bizalign_lint.schema.messages import objections
from bizalign_lint.schema.patterns import PatternError, compile_regex
from bizalign_lint.schema.references import parts


def check_own(document: Document, form: dict[str, Any]) -> None:
    """Raise SchemaError for everything that is wrong with a schema file on its own.

    ``form`` is the schema of schema files.
    """
    for found in (objections(form, document), _malformed(document), _patterns(document)):
        raise_all(
            SchemaError(message, Location(document.source.path, locate(place)))
            for place, message in found
        )


def _malformed(document: Document) -> Iterator[tuple[Place, str]]:
    """Violations of JSON Schema's own meta-schema."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    for error in validator.iter_errors(document.value):
        yield Place(document, tuple(error.absolute_path)), error.message


def _patterns(document: Document) -> Iterator[tuple[Place, str]]:
    for pointer, part in parts(document.value, ()):
        if "pattern" in part:
            try:
                compile_regex(part["pattern"])
            except PatternError as error:
                yield Place(document, (*pointer, "pattern")), str(error)
