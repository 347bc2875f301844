"""A YAML document with its places: what the exact path builds and positions walk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bizalign_lint.core.types import Pointer


@dataclass(slots=True, eq=False)
class Node:
    """A value and the stretch of text it is on (indexes, the end exclusive)."""

    value: Any
    start: int
    end: int
    items: list[Node] | None = None
    """The elements, when it is a sequence."""
    entries: dict[str, Entry] | None = None
    """The entries that count, when it is a mapping."""
    target: Node | None = None
    """The anchored node, when it is an alias; ``start`` and ``end`` are then the use."""
    anchor: int | None = None
    """Where the ``&`` of its own anchor is."""
    flow: bool = False
    """Whether it is in brackets."""
    size: int = 1
    """How many values a walk that follows aliases would meet."""
    height: int = 0
    """How many levels lie below it."""


@dataclass(slots=True, eq=False)
class Entry:
    """One key of a mapping with its value."""

    key: Node
    node: Node
    merged: Node | None = None
    """The alias that a merge key brought this entry in by."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A flaw whose place is still a stretch of text."""

    condition: str
    start: int
    end: int
    details: dict[str, str]
    subject: str = ""
    pointer: Pointer | None = None
    """The value it is about, when it is about one."""
    key: bool = False
    related: tuple[tuple[str, int, int], ...] = ()


@dataclass(slots=True)
class Tree:
    """One YAML document as read exactly; ``root`` is None when it is broken."""

    start: int
    """Where it starts: at its ``---``, or at the first thing in it."""
    end: int
    """Where the next one starts, or the text ends."""
    root: Node | None = None
    defects: list[Defect] = field(default_factory=list)
