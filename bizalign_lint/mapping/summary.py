"""The summary of a source: counts of what was read, mapped and left out, with reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class SourceSummary:
    """The counts for one entry of ``sources``."""

    name: str
    """The name of the mapping."""
    files: list[str] = field(default_factory=list)
    records: int = 0
    mapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Records that became definitions, by type and kind."""
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Records left out, by type and reason."""
    links: int = 0
    used: Counter[str] = field(default_factory=Counter)
    """References set, by kind and property."""
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """References and words left out, by field and reason."""
    unread: dict[str, None] = field(default_factory=dict)
    """The columns of tables that the mapping does not read, in order."""
    misspelt: dict[str, str] = field(default_factory=dict)
    """Keys of other records that the mapping does not read, each with a similar one it reads."""
