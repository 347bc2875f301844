"""The sentences that text and Markdown share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bizalign_lint.core.words import counted
from bizalign_lint.forecast.move import WORDS, Move, Sort, told
from bizalign_lint.parsing.yaml.write import flow
from bizalign_lint.whatif.outcome import Edit, Outcome
from bizalign_lint.whatif.support import Loss

HEADINGS: Mapping[Sort, str] = {
    Sort.GAINED: "Findings gained now",
    Sort.LOST: "Findings lost now",
    Sort.COMING: "Findings that will come",
    Sort.AVERTED: "Findings that will not come",
    Sort.FORWARD: "Brought forward",
    Sort.OFF: "Put off",
    Sort.ENDING: "Ending on another day",
}
MOST = 10
"""So many of a sort are listed."""


def groups(outcome: Outcome) -> Iterator[tuple[str, list[Move]]]:
    """The facts by what happens to them; lapses are counted at the end."""
    for sort, heading in HEADINGS.items():
        found = [move for move in outcome.moves if move.sort is sort and not move.lapse]
        if found:
            yield heading, found


def lapses(outcome: Outcome) -> int:
    """How many lapses move."""
    return sum(move.lapse for move in outcome.moves)


def when(move: Move) -> str:
    """The days of a finding; of what is so now and stays so, nothing."""
    if move.sort in (Sort.GAINED, Sort.LOST):
        spells = move.after or move.before
        return f"until {spells[0].last}" if spells[0].last else ""
    if move.sort in (Sort.COMING, Sort.AVERTED):
        spell = (move.after or move.before)[0]
        return f"{spell.first} to {spell.last}" if spell.last else f"from {spell.first}"
    return told(move)


def edit(one: Edit) -> str:
    """A value that is another one."""
    return f"{one.entity} {one.property}: {_value(one.before)} → {_value(one.after)}"


def _value(value: Any) -> str:
    text = "–" if value is None else flow(value)
    return text if len(text) <= 100 else f"{text[:99]}…"


def loss(one: Loss) -> str:
    """What has less support, and what is left of it."""
    node = one.node
    left = (
        f"{counted(len(one.left), 'supporter')} left: {_titles(one.left)}"
        if one.left
        else "nothing is left"
    )
    return f"{node.type.name} {node.title}: without {_titles(one.lost)}; {left}"


def _titles(nodes: Iterable[Any]) -> str:
    titles = [node.title for node in nodes]
    more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
    return ", ".join(titles[:3]) + more


def sums(found: Mapping[str, Decimal]) -> str:
    """Amounts by currency."""
    return ", ".join(f"{amount:,f} {currency}".rstrip() for currency, amount in found.items())


def summary(outcome: Outcome) -> str:
    """What there is, in a sentence."""
    counts = {
        sort: sum(move.sort is sort and not move.lapse for move in outcome.moves) for sort in Sort
    }
    parts = [f"{counts[sort]} {WORDS[sort]}" for sort in Sort if counts[sort]]
    told_ = f"Findings: {', '.join(parts)}" if parts else "No finding comes or goes"
    days = f"as of {outcome.as_of}, up to {outcome.until}"
    return f"{told_}; {days}"
