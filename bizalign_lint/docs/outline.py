"""What the ontology says of itself as a whole: its perspectives, and what joins them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outline:
    """Perspectives in order, and the relations that hold the kinds together from end to end."""

    perspectives: Mapping[str, tuple[str, str]]
    """Each with its title and what it is about."""
    spine: tuple[tuple[str, str, str], ...]
    """A kind, the way to one of its properties, and a kind that the property leads to."""


def read(value: Mapping[str, Any]) -> Outline:
    """The outline of a parsed file."""
    return Outline(
        {
            n: (p["title"], " ".join(p["description"].split()))
            for n, p in value["perspectives"].items()
        },
        tuple((kind, way, to) for kind, way, to in value["spine"]),
    )
