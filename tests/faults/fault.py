"""What a seeded fault is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.faults.meridian import Model

Edit = Callable[[Model], None]
"""Breaks something in the example."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is broken, and the rule that has to say so."""

    name: str
    rule: str
    make: Edit
    findings: int = 1
    """How often the rule speaks."""
    allowed: Mapping[str, str] = field(default_factory=dict)
    """Rules that may speak as well, and why the fault is theirs too."""
    elsewhere: str = ""
    """The file that the finding stands in, when it cannot point at the one that was broken."""
