"""A forecast as a calendar of all-day events (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bizalign_lint import __version__
from bizalign_lint.core.words import counted
from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.forecast.words import Campaign, campaigns, facts, way
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View

_LONGEST = 75
"""The most bytes in a line."""


def render(outlook: Outlook, view: View) -> Iterator[str]:
    """The forecast as one calendar; lapses are left out."""
    yield from _lines(
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//bizalign-lint//{__version__}//EN"
    )
    seen: Counter[str] = Counter()
    for event in facts(outlook):
        fingerprint = view.fingerprint(event.finding.fingerprint)
        seen[fingerprint] += 1
        yield from _lines(*_event(event, fingerprint, seen[fingerprint], outlook.since))
    for campaign in campaigns(outlook.rises):
        yield from _lines(*_campaign(campaign, view, outlook.since))
    yield from _lines("END:VCALENDAR")


def _event(event: Event, fingerprint: str, number: int, stamp: str) -> Iterator[str]:
    finding = event.finding
    # The UID does not contain the day, so that calendars move the event if the day changes.
    uid = f"{fingerprint}-{number}" if number > 1 else fingerprint
    described = (finding.message, way(event), finding.help, finding.location.path)
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@bizalign-lint"
    yield f"DTSTAMP:{_day(stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event.first)}"
    yield f"SUMMARY:{_text(f'{finding.rule}: {finding.message}')}"
    yield "DESCRIPTION:" + "\\n".join(_text(line) for line in described if line)
    yield f"CATEGORIES:{finding.rule},{finding.severity}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _campaign(campaign: Campaign, view: View, stamp: str) -> Iterator[str]:
    rule, severity = campaign.rule, campaign.severity
    summary = f"{rule} becomes {severity}: {counted(campaign.number, 'finding')}"
    yield "BEGIN:VEVENT"
    yield f"UID:{view.fingerprint(f'{rule}-{campaign.was}-{severity}')}@bizalign-lint"
    yield f"DTSTAMP:{_day(stamp)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(campaign.day)}"
    yield f"SUMMARY:{_text(summary)}"
    yield f"CATEGORIES:{rule},{severity}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: str) -> str:
    return day.replace("-", "")


def _text(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", clean(text))


def _lines(*lines: str) -> Iterator[str]:
    for line in lines:
        yield "\r\n ".join(_folded(line)) + "\r\n"


def _folded(line: str) -> Iterator[str]:
    """The parts of a folded line, none longer than 75 bytes; no character is split."""
    part, room = "", _LONGEST
    for char in line:
        size = len(char.encode())
        if size > room:
            yield part
            part, room = "", _LONGEST - 1
        part += char
        room -= size
    yield part
