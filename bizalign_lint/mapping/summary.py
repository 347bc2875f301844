"""What was read of a source, what became of it, and what was left out and why: in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class SourceSummary:
    """One entry of ``sources``."""

    name: str
    """The mapping."""
    files: list[str] = field(default_factory=list)
    records: int = 0
    mapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By type of record and kind."""
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By type of record and why."""
    links: int = 0
    used: Counter[str] = field(default_factory=Counter)
    """References that were made, by kind and property."""
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """References and words that were left out, by field and why."""
