"""The top of the page: figures of the whole model and of each guideline; coming findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.core.durations import shift
from bizalign_lint.core.report import Coverage, Report
from bizalign_lint.core.types import Finding
from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.report_page.known import TONES, Counts, count
from bizalign_lint.report_page.reader import money, number
from bizalign_lint.reporters.glyphs import clean


class Meter(NamedTuple):
    """One measure: amounts held, broken and unknown."""

    title: str
    held: str
    broken: str
    unknown: str
    parts: tuple[int, int, int]
    """The three amounts in percent."""


class Card(NamedTuple):
    """The figures of one guideline."""

    title: str
    found: Counts
    accepted: int
    waiting: int
    """The number of its rules that wait for a fact."""
    parts: tuple[int, int, int]
    """The sums of its measures in percent: held, broken, unknown."""
    counts: tuple[int, int, int]
    """The sums of its measures that count nodes: held, broken, unknown."""
    meters: Sequence[Meter]


class Figures(NamedTuple):
    """The figures of the whole model."""

    found: Counts
    definitions: int
    rules: int
    waiting: int
    suppressed: int
    coming: int
    """The number of findings that will begin within a year, without lapses."""
    cards: Sequence[Card]


def draw(report: Report, outlook: Outlook) -> Figures:
    """The figures of a run."""
    by_guideline: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_guideline.setdefault(finding.guideline, []).append(finding)
    year = shift(outlook.since, "P1Y") or outlook.until
    waiting = set(report.judged.waiting)
    cards = []
    for guideline in report.guidelines:
        measures = [m for m in report.coverage if m.guideline == guideline.id and m.total]
        counted_ = [m for m in measures if not m.unit]
        sums = tuple(
            int(sum(getattr(m, part) for m in counted_)) for part in ("held", "broken", "unknown")
        )
        cards.append(
            Card(
                guideline.title,
                count(by_guideline.get(guideline.id, ())),
                accepted=sum(one.finding.guideline == guideline.id for one in report.suppressed),
                waiting=sum(r.guideline == guideline.id and r.id in waiting for r in report.rules),
                parts=percents((sums[0], sums[1], sums[2])),
                counts=(sums[0], sums[1], sums[2]),
                meters=[_meter(m) for m in measures],
            )
        )
    return Figures(
        count(report.findings),
        definitions=report.documents,
        rules=len(report.rules),
        waiting=len(waiting),
        suppressed=len(report.suppressed),
        coming=sum(not event.lapse and event.first <= year for event in outlook.events),
        cards=cards,
    )


def _meter(measure: Coverage) -> Meter:
    parts = (measure.held, measure.broken, measure.unknown)
    said = [money(p, measure.unit) if measure.unit else number(p) for p in parts]
    return Meter(
        title=measure.title, held=said[0], broken=said[1], unknown=said[2], parts=percents(parts)
    )


def percents(parts: tuple[float, float, float]) -> tuple[int, int, int]:
    """Parts of a whole in percent, which add up to 100.

    A broken or unknown part is never rounded to 0, so that no other part is rounded up to 100.
    """
    total = sum(parts)
    if not total:
        return (0, 0, 0)
    held, broken, unknown = (100 * part / total for part in parts)
    broken_, unknown_ = (0 if not p else max(1, round(p)) for p in (broken, unknown))
    return (max(0, 100 - broken_ - unknown_) if held else 0, broken_, unknown_)


class Coming(NamedTuple):
    """A coming finding."""

    first: str
    last: str
    tone: str
    severity: str
    rule: str
    message: str
    owner: str
    way: str


class Lapse(NamedTuple):
    """The number of lapses of one rule, and the first day."""

    rule: str
    times: int
    first: str


class Ahead(NamedTuple):
    """The coming findings."""

    until: str
    coming: Sequence[tuple[str, Sequence[Coming]]]
    """Grouped by periods, each with its name."""
    more: int
    lapses: Sequence[Lapse]


_MOST = 400


def ahead(outlook: Outlook) -> Ahead:
    """The coming findings of a forecast, and its lapses by rule."""
    facts = [event for event in outlook.events if not event.lapse]
    lapses: dict[str, Lapse] = {}
    for event in outlook.events:
        if event.lapse:
            rule = event.finding.rule
            before = lapses.get(rule)
            lapses[rule] = (
                Lapse(rule, 1, event.first)
                if before is None
                else before._replace(times=before.times + 1)
            )
    stretches: dict[str, list[Coming]] = {}
    year = shift(outlook.since, "P1Y") or outlook.until
    for event in facts[:_MOST]:
        name = "Within a year" if event.first <= year else f"Later in {event.first[:4]}"
        if event.first[:4] > year[:4]:
            name = event.first[:4]
        stretches.setdefault(name, []).append(_coming(event))
    return Ahead(
        outlook.until,
        [*stretches.items()],
        max(0, len(facts) - _MOST),
        sorted(lapses.values(), key=lambda lapse: -lapse.times),
    )


def _coming(event: Event) -> Coming:
    return Coming(
        first=event.first,
        last=event.last or "",
        tone=TONES[event.finding.severity],
        severity=event.finding.severity.value,
        rule=event.finding.rule,
        message=clean(event.finding.message),
        owner=clean(event.owner or ""),
        way=clean(" → ".join(link.title for link in event.chain)),
    )
