"""How text and Markdown put a forecast: quarters, ways, lapses by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted
from bizalign_lint.forecast.outlook import Event, Outlook, Rise


class Lapses(NamedTuple):
    """The findings of one rule that begin in one month because nobody did what is due."""

    month: str
    rule: str
    name: str
    number: int


def quarters(events: Iterable[Event]) -> Iterator[tuple[str, list[Event]]]:
    """What begins in each quarter, the most severe first, then by day."""
    for name, found in groupby(events, key=_quarter):
        yield name, sorted(found, key=lambda event: event.finding.severity.rank)


def _quarter(event: Event) -> str:
    year, month, _ = event.first.split("-")
    return f"{year}, quarter {(int(month) + 2) // 3}"


def lapses(outlook: Outlook) -> list[Lapses]:
    """The lapses by month and rule."""
    counts = Counter(
        (event.first[:7], event.finding.rule, event.finding.name)
        for event in outlook.events
        if event.lapse
    )
    return [Lapses(*key, count) for key, count in sorted(counts.items())]


class Campaign(NamedTuple):
    """The findings of one rule that are there already, and will matter more from a day on."""

    day: str
    rule: str
    name: str
    was: Severity
    severity: Severity
    number: int


def campaigns(rises: Iterable[Rise]) -> list[Campaign]:
    """What will matter more, by day and rule."""
    counts = Counter(
        (rise.first, rise.finding.rule, rise.finding.name, rise.was, rise.finding.severity)
        for rise in rises
    )
    return [Campaign(*key, count) for key, count in sorted(counts.items())]


def facts(outlook: Outlook) -> list[Event]:
    """What will be true whatever people go on doing."""
    return [event for event in outlook.events if not event.lapse]


def way(event: Event) -> str:
    """The way to the date for which a finding begins; empty where it is not known."""
    if not event.chain:
        return ""
    titles = " → ".join(link.title for link in event.chain)
    last = event.chain[-1]
    return f"{titles}: {last.property} {last.date}"


def summary(outlook: Outlook) -> str:
    """What there is, in a sentence."""
    found = len(facts(outlook))
    lapsing = len(outlook.events) - found
    told = f"{counted(found, 'finding')} will begin by {outlook.until} if nothing is done"
    if lapsing:
        told += f", and {counted(lapsing, 'lapse')} if nobody looks after them"
    if outlook.rises:
        number = len({rise.finding.fingerprint for rise in outlook.rises})
        told += f"; {counted(number, 'finding')} of today will be more severe"
    return f"{told}; seen from {outlook.since}"
