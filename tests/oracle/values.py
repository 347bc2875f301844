"""Random values that a schema allows, chosen to lie close to where rules draw their lines."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random
from typing import Any

from bizalign_lint.schema.ontology import Ontology, Property

AS_OF = date(2026, 6, 30)

_DAYS = (
    *(-731, -400, -366, -184, -183, -182, -93, -92, -91, -36, -35, -34, -1, 0, 1),
    *(89, 90, 91, 179, 180, 181, 400, 731),
)
"""Distances from the as-of date; the rules' own limits are among them."""

_TEXTS = (
    "Order management",
    "Manage orders",
    "CRM platform",
    "Payments team",
    "Implement the new shop",
    "Share of orders",
    "Rollout of scanners",
    "Groß- und Einzelhandel „Süd“",
    "too short",
    "",
)
_PATTERNED = (
    *("EUR", "USD", "P6M", "P35D", "P1Y", "P2W", "tbm-5.0", "tbm-4.0", "BAS101", "SCO101"),
    *("https://example.org/x", "build", "buy", "2026-01-01"),
)


def day(random: Random) -> str:
    """A date on or near a line."""
    return (AS_OF + timedelta(days=random.choice(_DAYS))).isoformat()


def plain(random: Random, property_: Property, ontology: Ontology) -> Any:
    """A value of a property that holds neither objects nor references; None when at a loss."""
    schema = property_.schema
    if property_.enum is not None:
        return random.choice(property_.enum)
    if property_.vocabulary is not None:
        terms = [
            term
            for lists in ontology.vocabularies.values()
            for term in lists.get(property_.vocabulary.list, ())
        ]
        return random.choice(sorted(terms)) if terms else None
    match property_.datatype:
        case "date":
            return day(random)
        case "boolean":
            return random.random() < 0.5
        case "integer":
            return random.randint(int(schema.get("minimum", 0)), int(schema.get("maximum", 6)))
        case "number":
            return _number(random, schema)
        case "string":
            return _text(random, schema)
    return None


def _number(random: Random, schema: dict[str, Any]) -> float:
    least, most = schema.get("minimum", -5), schema.get("maximum", 120)
    wanted = random.choice((0, 1, 2, 10, 33.3, 33.33, 40, 49.95, 50, 60, 66.7, 99.9, 100, 100.0))
    value = wanted if random.random() < 0.8 else random.randint(-500, 12000) / 100
    return float(min(max(value, least), most)) if isinstance(value, float) else value


def _text(random: Random, schema: dict[str, Any]) -> str | None:
    if "pattern" in schema:
        fitting = [text for text in _PATTERNED if re.search(schema["pattern"], text)]
        return random.choice(fitting) if fitting else None
    least = schema.get("minLength", 0)
    return random.choice([text for text in _TEXTS if len(text) >= least])
