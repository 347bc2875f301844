"""Groups and wording that the formats of a forecast share: quarters, chains, lapses by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted
from bizalign_lint.forecast.outlook import Event, Outlook, Rise


class Lapses(NamedTuple):
    """The number of a rule's findings that begin in a month if a recurring task is not done."""

    month: str
    rule: str
    name: str
    number: int


def quarters(events: Iterable[Event]) -> Iterator[tuple[str, list[Event]]]:
    """The events of each quarter, the most severe first, then by day."""
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
    """The number of a rule's present findings that become more severe on a day."""

    day: str
    rule: str
    name: str
    was: Severity
    severity: Severity
    number: int


def campaigns(rises: Iterable[Rise]) -> list[Campaign]:
    """The findings that become more severe, by day and rule."""
    counts = Counter(
        (rise.first, rise.finding.rule, rise.finding.name, rise.was, rise.finding.severity)
        for rise in rises
    )
    return [Campaign(*key, count) for key, count in sorted(counts.items())]


def facts(outlook: Outlook) -> list[Event]:
    """The events that are not lapses: they come even if all recurring tasks are done."""
    return [event for event in outlook.events if not event.lapse]


def way(event: Event) -> str:
    """The chain to the date that makes a finding begin, in one line; empty if it is not known."""
    if not event.chain:
        return ""
    titles = " → ".join(link.title for link in event.chain)
    last = event.chain[-1]
    return f"{titles}: {last.property} {last.date}"


def summary(outlook: Outlook) -> str:
    """The numbers of findings and lapses, in one line."""
    found = len(facts(outlook))
    lapsing = len(outlook.events) - found
    text = f"{counted(found, 'finding')} will appear by {outlook.until} if nothing is done"
    if lapsing:
        text += f", and {counted(lapsing, 'lapse')} if nobody acts"
    if outlook.rises:
        number = len({rise.finding.fingerprint for rise in outlook.rises})
        text += f"; {counted(number, 'present finding')} will become more severe"
    return f"{text}; as of {outlook.since}"
