"""The JSON Schemas of the arguments and answers of tools."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import orjson

from bizalign_lint.agents.answers import MOST_ITEMS, USUAL_ITEMS
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Document, Source
from bizalign_lint.schema.messages import objections

_PACKAGE = os.path.dirname(os.path.dirname(__file__))
_COUNT = {"type": "integer", "minimum": 0}

DEFINITION = {
    "type": "string",
    "minLength": 1,
    "maxLength": 300,
    "description": "Kind:name (such as Application:erp), or a unique name.",
}
KIND = {"type": "string", "maxLength": 100, "description": "Only definitions of this kind."}
OWNER = {
    "type": "string",
    "maxLength": 300,
    "description": "Only what this unit or person is responsible for.",
}
DAY = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
AS_OF = {**DAY, "description": "As-of date, such as 2027-06-30 (default: as configured, or today)."}
DURATION = {"type": "string", "maxLength": 20}
RULES = {
    "type": "array",
    "items": {"type": "string", "maxLength": 100},
    "maxItems": 200,
}
_PAGE = {
    "offset": {
        **_COUNT,
        "description": "Where the page begins: page.next of the previous answer (0).",
    },
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_ITEMS,
        "description": f"The largest number of items on the page ({USUAL_ITEMS}).",
    },
}


def taken(properties: dict[str, Any], *required: str, paged: bool = True) -> dict[str, Any]:
    """The schema of a tool's arguments."""
    known = {**properties, **(_PAGE if paged else {})}
    return {
        "type": "object",
        "properties": known,
        "required": [*required],
        "additionalProperties": False,
    }


@cache
def answered(form: str) -> dict[str, Any]:
    """The schema of an answer. ``form`` names the schema of its ``data``: a path in the package."""
    with open(os.path.join(_PACKAGE, f"{form}.schema.json"), "rb") as file:
        said = _short(orjson.loads(file.read()))
    cut = {
        "type": "object",
        "required": ["at", "what", "places", "leftOut"],
        "additionalProperties": False,
        "properties": {
            "at": {"type": "string"},
            "what": {"enum": ["items", "characters"]},
            "places": _COUNT,
            "leftOut": _COUNT,
        },
    }
    described = {
        "type": ["object", "null"],
        "required": ["of", "offset", "returned", "total", "next"],
        "additionalProperties": False,
        "properties": {
            "of": {"type": "string"},
            "offset": _COUNT,
            "returned": _COUNT,
            "total": _COUNT,
            "next": {"type": ["integer", "null"]},
        },
    }
    return {
        "type": "object",
        "required": ["notice", "page", "cut", "data"],
        "additionalProperties": False,
        "properties": {
            "notice": {"type": "string"},
            "page": described,
            "cut": {"type": "array", "items": cut},
            "data": {key: value for key, value in said.items() if key != "$defs"},
        },
        "$defs": said.get("$defs", {}),
    }


def _short(value: Any) -> Any:
    """A schema without titles, descriptions and examples, which only people read."""
    if isinstance(value, list):
        return [_short(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: _short(one) for name, one in inner.items()}
        if key in ("properties", "$defs")
        else _short(inner)
        for key, inner in value.items()
        if key not in ("description", "title", "$id", "$schema", "examples")
    }


def check(schema: dict[str, Any], arguments: dict[str, Any]) -> None:
    """Raise UsageError, with all that is wrong, for arguments that break a tool's schema."""
    try:
        orjson.dumps(arguments)
    except TypeError as error:  # a lone surrogate, a number that is too large
        raise UsageError(f"the arguments are not valid JSON: {error}") from None
    document = Document(Source("arguments", b""), 0, arguments)
    found = [message for _, message in objections(schema, document)]
    if found:
        raise UsageError("; ".join(found[:5])[:1_000], hint="see the input schema of the tool")
