"""YAML documents with positions in the text, as built by the exact path."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bizalign_lint.core.types import Pointer


@dataclass(slots=True, eq=False)
class Node:
    """A value and its range in the text (indexes, the end exclusive)."""

    value: Any
    start: int
    end: int
    items: list[Node] | None = None
    """The items, if it is a sequence."""
    entries: dict[str, Entry] | None = None
    """The entries, if it is a mapping; of duplicate keys only the last one."""
    target: Node | None = None
    """The anchored node, if it is an alias; ``start`` and ``end`` are those of the alias."""
    anchor: int | None = None
    """The index of the ``&`` of its anchor."""
    flow: bool = False
    """Whether it is in flow style, that is, in brackets."""
    size: int = 1
    """Number of values in it, with aliases expanded."""
    height: int = 0
    """Number of levels below it, with aliases expanded."""


@dataclass(slots=True, eq=False)
class Entry:
    """One key of a mapping with its value."""

    key: Node
    node: Node
    merged: Node | None = None
    """The alias by which a merge key added this entry."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A flaw located by a range of text, before it gets a place."""

    condition: str
    start: int
    end: int
    details: dict[str, str]
    subject: str = ""
    pointer: Pointer | None = None
    """The pointer to the value that it is about, if any."""
    key: bool = False
    related: tuple[tuple[str, int, int], ...] = ()


@dataclass(slots=True)
class Tree:
    """One YAML document read by the exact path; ``root`` is None if it is broken."""

    start: int
    """The index of its ``---``, or of its first content."""
    end: int
    """The index at which the next one starts or the text ends."""
    root: Node | None = None
    defects: list[Defect] = field(default_factory=list)
