"""A finding that is true at another time than it was, and how that is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from bizalign_lint.core.types import Finding
from bizalign_lint.reporters.json import finding_value


class Spell(NamedTuple):
    """A time in which a finding is true."""

    first: str
    """Its first day; that on which one looks ahead, where it is true already."""
    last: str | None
    """Its last day; None where it is still true on the last day that is looked at."""


class Sort(StrEnum):
    """What a change does to a finding."""

    GAINED = "gained"
    """It is true now, and would not be."""
    LOST = "lost"
    """It would be true now, and never is."""
    COMING = "coming"
    """It will be true, and would not be."""
    AVERTED = "averted"
    """It would be true one day, and never is."""
    FORWARD = "forward"
    """It is true sooner."""
    OFF = "off"
    """It is true later."""
    ENDING = "ending"
    """It begins on the same day and ends on another one."""


class Move(NamedTuple):
    """A finding that is true at another time than it would be."""

    sort: Sort
    finding: Finding
    """As it is after the change; where it is no more, as it was."""
    title: str
    """What people call what it is about."""
    owner: str | None
    lapse: bool
    """Whether it comes true only if nobody does what somebody does again and again."""
    before: tuple[Spell, ...]
    after: tuple[Spell, ...]


def told(move: Move) -> str:
    """When a finding is true now, and when it would be: ``2028-03-01 → 2027-06-01``."""
    return f"{_spells(move.before)} → {_spells(move.after)}"


def ahead(moves: Iterable[Move]) -> list[Move]:
    """What lies ahead of it: without what is found now, or was, and without lapses."""
    return [move for move in moves if not move.lapse and move.sort not in (Sort.GAINED, Sort.LOST)]


def sentence(move: Move) -> str:
    """A move in a line."""
    return f"{WORDS[move.sort]}: {move.finding.rule} for {move.title}: {told(move)}"


WORDS: Mapping[Sort, str] = {
    Sort.GAINED: "gained",
    Sort.LOST: "lost",
    Sort.COMING: "to come",
    Sort.AVERTED: "averted",
    Sort.FORWARD: "brought forward",
    Sort.OFF: "put off",
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
    """A move for a JSON report."""
    return {
        "sort": move.sort.value,
        "title": move.title,
        "owner": move.owner,
        "lapse": move.lapse,
        "before": [spell._asdict() for spell in move.before],
        "after": [spell._asdict() for spell in move.after],
        "finding": finding_value(move.finding),
    }
