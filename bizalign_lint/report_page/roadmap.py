"""The roadmap: definitions over time, and the first days of coming findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bizalign_lint.core.durations import shift
from bizalign_lint.core.words import spaced
from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.known import TONES
from bizalign_lint.report_page.plan import Lane, Roadmap
from bizalign_lint.report_page.reader import Mention, Reader, day, ordinal
from bizalign_lint.reporters.glyphs import clean

_MOST = 150
"""The most rows drawn in a lane."""


class Bar(NamedTuple):
    """A stretch of a row; start and length are in thousandths of the whole."""

    tone: str
    start: int
    length: int


class Dot(NamedTuple):
    """The first day of a coming finding."""

    tone: str
    at: int
    """In thousandths of the whole."""


class Strip(NamedTuple):
    """The row of one definition."""

    name: Mention
    bars: Sequence[Bar]
    dots: Sequence[Dot]
    said: str


class Track(NamedTuple):
    """A lane with its rows."""

    words: str
    strips: Sequence[Strip]
    still: Sequence[Mention]
    """The definitions that do not change in the time drawn."""
    unknown: Sequence[Mention]
    """The definitions without a known date."""
    more: int
    """The number of rows beyond the limit, which are not drawn."""


class Chart(NamedTuple):
    """The whole roadmap; years and today are in thousandths of its width."""

    years: Sequence[tuple[int, str]]
    now: int
    tracks: Sequence[Track]


class Window:
    """The time drawn, from one day to another, in ISO 8601."""

    def __init__(self, first: str, last: str) -> None:
        self.first = date.fromisoformat(first).toordinal()
        self.last = date.fromisoformat(last).toordinal()

    def at(self, number: int) -> int:
        """The position of a day, given by its ordinal, in thousandths."""
        within = min(max(number, self.first), self.last) - self.first
        return round(within * 1000 / (self.last - self.first))


def draw(reader: Reader, plan: Roadmap, outlook: Outlook, as_of: str) -> Chart:
    """The roadmap, from the year before the as-of date to the year after the forecast's last."""
    first = f"{int(as_of[:4]) - 1}-01-01"
    last = f"{int((shift(outlook.until, 'P1Y') or outlook.until)[:4]) + 1}-01-01"
    window = Window(first, last)
    now = date.fromisoformat(as_of).toordinal()
    events: dict[str, list[Event]] = {}
    for event in outlook.events:
        if not event.lapse and event.finding.entity:
            events.setdefault(event.finding.entity, []).append(event)
    years = [
        (window.at(date(year, 1, 1).toordinal()), str(year))
        for year in range(int(first[:4]), int(last[:4]))
    ]
    tracks = [_track(reader, lane, window, events, now) for lane in plan.lanes]
    return Chart(years, window.at(now), [track for track in tracks if track is not None])


def _track(
    reader: Reader, lane: Lane, window: Window, events: Mapping[str, Sequence[Event]], now: int
) -> Track | None:
    nodes = reader.of_kind(lane.kind)
    if not nodes:
        return None
    order = reader.order(lane.kind, lane.dates)
    strips: list[tuple[int, Strip]] = []
    still, unknown = [], []
    for node in nodes:
        own = events.get(node.reference, ())
        dates = _dates(reader, lane, order, node)
        if not dates:
            if reader.one(node, lane.kept) is not True:
                unknown.append(reader.mention(node))
            continue
        changes = [at for _, at in dates if now < at < window.last]
        end = dates[-1][1] if dates[-1][0] == order[-1] else None
        if not own and not changes:
            if end is None or end > now:
                still.append(reader.mention(node))
            continue
        strip = Strip(
            reader.mention(node),
            _bars(lane, order, dates, window, now),
            _dots(own, window),
            _said(dates, own),
        )
        starts = [ordinal(event.first) or 0 for event in own]
        strips.append((min([*changes, *starts]), strip))
    strips.sort(key=lambda each: each[0])
    drawn = [strip for _, strip in strips[:_MOST]]
    return Track(lane.words, drawn, still=still, unknown=unknown, more=len(strips) - len(drawn))


def _dates(reader: Reader, lane: Lane, order: Sequence[str], node: Node) -> list[tuple[str, int]]:
    """The names and ordinals of the dates of a definition, in their order."""
    prefix = f"{lane.dates}/" if lane.dates else ""
    found = ((name, ordinal(reader.one(node, f"{prefix}{name}"))) for name in order)
    return [(name, at) for name, at in found if at is not None]


def _bars(
    lane: Lane, order: Sequence[str], dates: Sequence[tuple[str, int]], window: Window, now: int
) -> list[Bar]:
    bars = []
    if dates[0][0] != order[0] and (dates[0][0] == order[-1] or dates[0][1] > now):
        # What it was before its first date is not stated.
        bars.append(("open", window.first, dates[0][1]))
    for number, (name, at) in enumerate(dates):
        if name == order[-1]:
            continue
        tone = lane.tones[min(order.index(name), len(lane.tones) - 1)]
        if dates[number + 1 :]:
            bars.append((tone, at, dates[number + 1][1]))
        else:
            # How long this phase goes on is not stated.
            bars += [(tone, at, max(at, now)), ("open", max(at, now), window.last)]
    drawn = [Bar(tone, window.at(at), window.at(to) - window.at(at)) for tone, at, to in bars]
    return [bar for bar in drawn if bar.length > 0]


def _dots(events: Sequence[Event], window: Window) -> list[Dot]:
    found = ((TONES[event.finding.severity], ordinal(event.first)) for event in events)
    dots = [Dot(tone, window.at(at)) for tone, at in found if at is not None]
    return list(dict.fromkeys(dots))


def _said(dates: Sequence[tuple[str, int]], events: Sequence[Event]) -> str:
    parts = [f"{spaced(name)} {day(date.fromordinal(at).isoformat())}" for name, at in dates]
    found = [f"{event.finding.rule} from {day(event.first)}" for event in events]
    return clean("; ".join([", ".join(parts), *found]))
