"""JSON Schema errors in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

import jsonschema_rs

from bizalign_lint.core.suggest import nearest, with_nearest, with_suggestion
from bizalign_lint.core.types import Document, Place, Pointer
from bizalign_lint.core.words import counted, plural
from bizalign_lint.schema.patterns import LINEAR
from bizalign_lint.schema.references import resolve_ref

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "nothing",
}


def objections(schema: dict[str, Any], document: Document) -> Iterator[tuple[Place, str]]:
    """The schema violations of a set-up file: each with its place and a message."""
    validator = _validator(schema)
    if validator.is_valid(document.value):
        return
    misspelt: set[Pointer] = set()
    # Missing properties come last, as they may only be misspelt.
    for error in sorted(validator.iter_errors(document.value), key=_is_missing):
        pointer = pointer_of(document.value, error.instance_path)
        kind: Any = error.kind
        if kind.name in ("additionalProperties", "unevaluatedProperties"):
            known = _properties(schema, _sibling(schema, error))
            for unexpected in sorted(kind.unexpected):
                near = nearest(unexpected, known)
                misspelt.add((*pointer, near or unexpected))
                message = with_suggestion(f"unknown key {unexpected}", near)
                yield Place(document, (*pointer, unexpected), key=True), message
        elif kind.name == "required":
            if (*pointer, kind.property) not in misspelt:
                yield Place(document, pointer, key=True), f"{kind.property} is missing"
        else:
            names = (step for step in reversed(pointer) if step and isinstance(step, str))
            name = next(names, "this")
            meaning = _sibling(schema, error).get("patternErrorMessage")
            yield (
                Place(document, pointer),
                problem(name, value_at(document.value, pointer), error, meaning),
            )


def _is_missing(error: jsonschema_rs.ValidationError) -> bool:
    kind: Any = error.kind
    return bool(kind.name == "required")


_validators: dict[int, tuple[dict[str, Any], Any]] = {}
"""Compiled schemas by ``id``, each with its schema, which keeps the id from being reused."""


def _validator(schema: dict[str, Any]) -> Any:
    if id(schema) not in _validators:
        compiled = jsonschema_rs.validator_for(
            schema, retriever=refuse_retrieval, pattern_options=LINEAR
        )
        _validators[id(schema)] = (schema, compiled)
    return _validators[id(schema)][1]


def refuse_retrieval(_uri: str) -> NoReturn:
    """A retriever that never loads a schema from disk or network. Raises LookupError."""
    raise LookupError("no schema other than those that were read")


def pointer_of(value: Any, path: Iterable[str | int]) -> Pointer:
    """The pointer of an error within a value, with the empty keys that its path leaves out."""
    found: list[str | int] = []
    for step in path:
        while isinstance(value, dict) and step not in value and "" in value:
            found.append("")
            value = value[""]
        found.append(step)
        value = value[step]
    return tuple(found)


def value_at(value: Any, pointer: Pointer) -> Any:
    """The value at a pointer. An error's own value has null for what JSON cannot express."""
    for step in pointer:
        value = value[step]
    return value


def problem(
    name: str,
    instance: object,
    error: jsonschema_rs.ValidationError,
    pattern_meaning: str | None = None,
    expected: str = "",
) -> str:
    """The message about an invalid value of the property ``name``.

    ``pattern_meaning`` describes what a pattern requires, and ``expected`` what is expected, if
    that is known more precisely than by type.
    """
    kind: Any = error.kind
    value: Any = getattr(kind, "value", None)
    shown_value = shown(instance)
    match kind.name:
        case "type":
            expected = expected or " or ".join(_TYPES.get(t, t) for t in kind.types)
            if instance is None:
                return f"{name} has no value; give it {expected}, or remove the line"
            return f"{name} must be {expected}, not {shown_value}"
        case "enum":
            options = [str(option) for option in value]
            listed = ", ".join(options)
            if instance is None:
                return f"{name} has no value; give it one of {listed}, or remove the line"
            message = f"{name} must be one of {listed}, not {shown_value}"
            return with_nearest(message, str(instance), options)
        case "const":
            constant = value if isinstance(value, str) else shown(value)
            return f"{name} must be {constant}, not {shown_value}"
        case "pattern":
            meant = pattern_meaning or f"does not have the form {value}"
            return f"{name}: {shown_value} {meant}"
        case "uniqueItems":
            return f"{name} lists the same entry twice"
    if expected and kind.name in _BOUNDS:
        return f"{name} must be {expected}, not {shown_value}"
    return _bound(name, kind.name, value, shown_value) or f"{name}: {error.message}"


_BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
}


def _bound(name: str, keyword: str, value: Any, shown_value: str) -> str | None:
    least_or_most = "at least" if keyword.startswith("min") else "at most"
    if keyword in ("minItems", "minProperties", "maxItems", "maxProperties"):
        return f"{name} must have {least_or_most} {value} {plural(value, 'entry', 'entries')}"
    if keyword == "minLength" and value == 1:
        return f"{name} must not be empty"
    if keyword in ("minLength", "maxLength"):
        return f"{name} must have {least_or_most} {counted(value, 'character')}"
    if keyword in _BOUNDS:
        return f"{name} must be {_BOUNDS[keyword]} {value}, not {shown_value}"
    return None


def shown(value: object) -> str:
    """A value in the words of a message; long ones are shortened."""
    match value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return f"“{_shortened(value)}”"
    return _shortened(str(value))


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _sibling(schema: Mapping[str, Any], error: jsonschema_rs.ValidationError) -> Mapping[str, Any]:
    """The part of the schema that contains the violated keyword."""
    part: Any = schema
    for step in error.schema_path[:-1]:
        part = part[step]
        # A property can also be named $ref.
        if step == "$ref" and isinstance(part, str):
            part = resolve_ref(part, schema)
    return part if isinstance(part, Mapping) else {}


def _properties(schema: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that an object may have, including those of a schema it refers to."""
    own = part.get("properties", {})
    return (
        {**own, **_properties(schema, resolve_ref(part["$ref"], schema))} if "$ref" in part else own
    )
