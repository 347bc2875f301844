"""Findings that appear or end at another time because of a change, and how they are reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from bizalign_lint.core.types import Finding
from bizalign_lint.reporters.json import finding_value


class Spell(NamedTuple):
    """A period in which a finding is true. Days are in ISO 8601."""

    first: str
    """Its first day; the as-of date if it is true already."""
    last: str | None
    """Its last day; None if it is still true on the last day of the forecast."""


class Sort(StrEnum):
    """What a change does to a finding."""

    GAINED = "gained"
    """The change makes it true now."""
    LOST = "lost"
    """It is true now without the change, and never with it."""
    COMING = "coming"
    """The change makes it true on a later day."""
    AVERTED = "averted"
    """It becomes true one day without the change, and never with it."""
    FORWARD = "forward"
    """It becomes true earlier."""
    OFF = "off"
    """It becomes true later."""
    ENDING = "ending"
    """It begins on the same day and ends on another one."""


class Move(NamedTuple):
    """A finding that a change makes appear or end at another time."""

    sort: Sort
    finding: Finding
    """The finding after the change, or before it if the change averts it."""
    title: str
    """The title of what it is about."""
    owner: str | None
    lapse: bool
    """Whether it only becomes true if a recurring task, such as a review, is not done."""
    before: tuple[Spell, ...]
    after: tuple[Spell, ...]


def days(move: Move) -> str:
    """When a finding is true before and after the change: ``2028-03-01 → 2027-06-01``."""
    return f"{_spells(move.before)} → {_spells(move.after)}"


def ahead(moves: Iterable[Move]) -> list[Move]:
    """The moves of coming findings: those of present findings and of lapses are left out."""
    return [move for move in moves if not move.lapse and move.sort not in (Sort.GAINED, Sort.LOST)]


def sentence(move: Move) -> str:
    """A move in one line."""
    return f"{WORDS[move.sort]}: {move.finding.rule} for {move.title}: {days(move)}"


WORDS: Mapping[Sort, str] = {
    Sort.GAINED: "gained",
    Sort.LOST: "lost",
    Sort.COMING: "to come",
    Sort.AVERTED: "averted",
    Sort.FORWARD: "brought forward",
    Sort.OFF: "postponed",
    Sort.ENDING: "ending on another day",
}
"""What happens to a finding, in words."""


def _spells(spells: tuple[Spell, ...]) -> str:
    if not spells:
        return "never"
    return ", ".join(
        spell.first if spell.last is None else f"{spell.first} to {spell.last}" for spell in spells
    )


def move_value(move: Move) -> dict[str, Any]:
    """A move as JSON."""
    return {
        "sort": move.sort.value,
        "title": move.title,
        "owner": move.owner,
        "lapse": move.lapse,
        "before": [spell._asdict() for spell in move.before],
        "after": [spell._asdict() for spell in move.after],
        "finding": finding_value(move.finding),
    }
