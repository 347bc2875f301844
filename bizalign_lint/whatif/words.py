"""Wording that the text and Markdown reports of a change share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bizalign_lint.core.words import counted, first_of
from bizalign_lint.forecast.move import WORDS, Move, Sort, days
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.whatif.outcome import Edit, Outcome
from bizalign_lint.whatif.support import Loss

_MOST_TITLES = 3

HEADINGS: Mapping[Sort, str] = {
    Sort.GAINED: "Findings gained now",
    Sort.LOST: "Findings lost now",
    Sort.COMING: "Findings that will appear",
    Sort.AVERTED: "Findings that will not appear",
    Sort.FORWARD: "Brought forward",
    Sort.OFF: "Postponed",
    Sort.ENDING: "Ending on another day",
}
MOST = 10
"""The largest number of entries listed under a heading."""
STRANDED = "allocated by others, who continue to spend it"


def groups(outcome: Outcome) -> Iterator[tuple[str, list[Move]]]:
    """The findings under their headings; lapses, which are only counted, are left out."""
    for sort, heading in HEADINGS.items():
        found = [move for move in outcome.moves if move.sort is sort and not move.lapse]
        if found:
            yield heading, found


def lapses(outcome: Outcome) -> int:
    """The number of lapses among the moves."""
    return sum(move.lapse for move in outcome.moves)


def when(move: Move) -> str:
    """The days of a finding in words; empty if it is true now and does not end."""
    if move.sort in (Sort.GAINED, Sort.LOST):
        spells = move.after or move.before
        return f"until {spells[0].last}" if spells[0].last else ""
    if move.sort in (Sort.COMING, Sort.AVERTED):
        spell = (move.after or move.before)[0]
        return f"{spell.first} to {spell.last}" if spell.last else f"from {spell.first}"
    return days(move)


def edit(one: Edit) -> str:
    """A changed value in one line."""
    return f"{one.entity} {one.property}: {_value(one.before)} → {_value(one.after)}"


def _value(value: Any) -> str:
    text = "–" if value is None else flow(value)
    return text if len(text) <= 100 else f"{text[:99]}…"


def loss(one: Loss) -> str:
    """A loss in one line: the definition, what it lost and what is left."""
    node = one.node
    left = (
        f"{counted(len(one.left), 'supporter')} left: {_titles(one.left)}"
        if one.left
        else "nothing is left"
    )
    return f"{node.type.name} {node.title}: without {_titles(one.lost)}; {left}"


def _titles(nodes: Iterable[Any]) -> str:
    return first_of([node.title for node in nodes], _MOST_TITLES)


def sums(found: Mapping[str, Decimal]) -> str:
    """Amounts by currency, in one line."""
    return ", ".join(f"{amount:,f} {currency}".rstrip() for currency, amount in found.items())


def summary(outcome: Outcome) -> str:
    """The numbers of findings by what happens to them, and the period, in one line."""
    counts = {
        sort: sum(move.sort is sort and not move.lapse for move in outcome.moves) for sort in Sort
    }
    parts = [f"{counts[sort]} {WORDS[sort]}" for sort in Sort if counts[sort]]
    found = f"Findings: {', '.join(parts)}" if parts else "No finding comes or goes"
    return f"{found}; as of {outcome.as_of}, up to {outcome.until}"
