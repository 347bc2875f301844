"""Periods of drafts → periods of findings, without those that are suppressed or duplicates.

The steps are those of ``findings.assemble``, taken for one part of the model at a time. A part is a
definition, or a whole file if that has suppression comments.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from bizalign_lint.core.clock import Clock
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Flaw, Place, Severity, Source
from bizalign_lint.findings.dispensations import Dispensations
from bizalign_lint.findings.filter import split_accepted
from bizalign_lint.findings.finish import Finisher, path_of
from bizalign_lint.findings.precedence import without_duplicates
from bizalign_lint.findings.suppressions import Suppression, Suppressions
from bizalign_lint.forecast.timeline import AbsencePeriod, DraftPeriod
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.run import Draft
from bizalign_lint.schema.ontology import Ontology


class FindingPeriod(NamedTuple):
    """A finding and its period: positions on the clock, the end exclusive."""

    finding: Finding
    draft: Draft
    """The draft that it was made of."""
    start: int
    end: int
    dates: frozenset[str]
    """The dates that make it begin."""
    was: Severity | None = None
    """Its severity until then, if only its severity changes; None if it was not found before."""


class RunContext(NamedTuple):
    """What all parts of a model share."""

    clock: Clock
    graph: Graph
    ontology: Ontology
    active: Sequence[Rule]
    known: Collection[str]
    """The ids of all rules."""
    settings: Settings
    sources: Mapping[str, Source]
    drafts_of: Callable[[Iterable[Flaw]], Iterable[Draft]]


Key = tuple[str, int | None]


def filter_periods(
    periods: Iterable[DraftPeriod],
    comments: Iterable[Suppression],
    lacks: Sequence[AbsencePeriod],
    run: RunContext,
) -> Iterator[FindingPeriod]:
    """The findings of all days, each with its period."""
    by_path: dict[str, list[Suppression]] = {}
    for comment in comments:
        by_path.setdefault(comment.location.path, []).append(comment)
    parts: dict[Key, list[DraftPeriod]] = {(path, None): [] for path in by_path}
    for period in periods:
        parts.setdefault(_key(period.draft, by_path), []).append(period)
    period_filter = _PeriodFilter(run, lacks)
    flawed: dict[Key, list[Draft]] = {}
    dispensations = Dispensations(run.graph, run.ontology, run.settings.as_of)
    for draft in run.drafts_of(dispensations.flaws(run.known)):
        flawed.setdefault(_key(draft, by_path), []).append(draft)
    for key in {**parts, **flawed}:
        found, here = parts.get(key, []), by_path.get(key[0], ())
        yield from period_filter.part(found, here, flawed.get(key, ()))


def _key(draft: Draft, commented: Mapping[str, object]) -> Key:
    path = path_of(draft.place)
    if path in commented or not isinstance(draft.place, Place):
        return path, None
    return path, draft.place.document.index


class _PeriodFilter:
    def __init__(self, run: RunContext, lacks: Sequence[AbsencePeriod]) -> None:
        self._run = run
        self._lacks = lacks
        self._known: dict[int, dict[int, tuple[Draft, Finding | None]]] = {}
        self._ends = _dispensation_ends(run)
        self._steps = _steps(run)
        self._silencing = _silencing(lacks)
        self._preceding = [rule for rule in run.active if rule.instead_of]
        self._ids = {rule.id for rule in run.active if not rule.transition}
        self._dispensations = cache(self._dispensations_on)
        self._settings_at = cache(self._settings_from)

    def part(
        self,
        periods: list[DraftPeriod],
        comments: Sequence[Suppression],
        flawed: Sequence[Draft],
    ) -> Iterator[FindingPeriod]:
        """The findings in one part of the model; ``flawed`` are drafts about dispensations that
        are wrong on every day."""
        periods.sort(key=lambda period: period.rank)
        open_: dict[str, FindingPeriod] = {}
        days = self._days(periods, comments, flawed)
        for day, following in zip(days, (*days[1:], self._run.clock.never), strict=True):
            found = self._on(day, periods, comments, flawed)
            for fingerprint, open_period in [*open_.items()]:
                now = found.get(fingerprint)
                was = open_period.finding.severity
                if now is None:
                    yield open_.pop(fingerprint)
                elif day in self._steps and now.finding.severity is not was:
                    found[fingerprint] = now._replace(was=was)
                    yield open_.pop(fingerprint)
            for fingerprint, open_period in found.items():
                open_[fingerprint] = open_.get(fingerprint, open_period)._replace(end=following)
        yield from open_.values()

    def _days(
        self,
        periods: Sequence[DraftPeriod],
        comments: Sequence[Suppression],
        flawed: Sequence[Draft],
    ) -> list[int]:
        """The days on which something may change in a part, and the first day of the clock."""
        never = self._run.clock.never
        days = {0} | {day for period in periods for day in (period.start, period.end)}
        days.update(self._after(comment.until) for comment in comments if comment.until)
        for period in periods:
            days.update(self._ends.get(id(period.draft.node), ()))
            days.update(self._silencing.get(period.draft.rule.id, ()))
        if periods or comments or flawed:
            days.update(self._steps)
        return sorted(day for day in days if day < never)

    def _after(self, until: str) -> int:
        return bisect_right(self._run.clock.days, until)

    def _on(
        self,
        day: int,
        periods: Sequence[DraftPeriod],
        comments: Sequence[Suppression],
        flawed: Sequence[Draft],
    ) -> dict[str, FindingPeriod]:
        """The findings of a part on a day, by fingerprint; their periods end on that day."""
        run = self._run
        here = [period for period in periods if period.start <= day < period.end]
        for comment in comments:
            comment.used = False
        accepting = Suppressions(comments, _day(run.clock, day))
        dispensations = self._dispensations(day)
        kept, accepted = split_accepted((period.draft for period in here), accepting, dispensations)
        kept += flawed
        if comments:
            kept += run.drafts_of(accepting.flaws(self._ids, run.known))
        # Here only severities depend on the day, and they only change at steps.
        stage = bisect_right(self._steps, day)
        settings = self._settings_at(stage)
        known = self._known.setdefault(stage, {})
        finisher = _CachingFinisher(settings, run.sources, known)
        by_finding: dict[int, Draft] = {}
        findings = []
        for draft in kept:
            for finding in finisher.findings([draft]):
                findings.append(finding)
                by_finding[id(finding)] = draft
        away = [finding for draft, _ in accepted for finding in finisher.findings([draft])]
        lacks = [
            one for entry in self._lacks if entry.start <= day < entry.end for one in entry.lacks
        ]
        reported = without_duplicates(findings, away, self._preceding, lacks)
        dates = {id(period.draft): period.dates for period in here if period.start == day}
        found_periods = {}
        for finding in reported:
            draft = by_finding[id(finding)]
            causes = dates.get(id(draft), frozenset())
            found_periods[finding.fingerprint] = FindingPeriod(
                finding, draft, start=day, end=day, dates=causes
            )
        return found_periods

    def _settings_from(self, stage: int) -> Settings:
        """The settings after a number of steps, as of the day of the last one."""
        run = self._run
        day = self._steps[stage - 1] if stage else 0
        return run.settings._replace(as_of=_day(run.clock, day))

    def _dispensations_on(self, day: int) -> Dispensations:
        run = self._run
        return Dispensations(run.graph, run.ontology, _day(run.clock, day))


class _CachingFinisher(Finisher):
    """Makes each finding once, even if it exists on several days."""

    def __init__(
        self,
        settings: Settings,
        sources: Mapping[str, Source],
        known: dict[int, tuple[Draft, Finding | None]],
    ) -> None:
        super().__init__(settings, sources)
        self._made = known

    def without_fingerprint(self, draft: Draft) -> Finding | None:
        """The finding of a draft, without a fingerprint; None if it is not to be reported."""
        entry = self._made.get(id(draft))
        if entry is None:
            entry = self._made[id(draft)] = draft, super().without_fingerprint(draft)
        return entry[1]


def _steps(run: RunContext) -> list[int]:
    """The days on which configured severities change, as positions on the clock."""
    said = [run.settings.severities, *(one.severities for one in run.settings.overrides)]
    grades = (grade for severities in said for grade in severities.values())
    days = {day for grade in grades if isinstance(grade, tuple) for day, _ in grade}
    first, last = run.clock.days[0], run.clock.days[-1]
    return [bisect_left(run.clock.days, day) for day in sorted(days) if first < day <= last]


def _dispensation_ends(run: RunContext) -> dict[int, set[int]]:
    """The days after the last days of dispensations, by the id() of the nodes they are for."""
    ends: dict[int, set[int]] = {}
    for kind in run.ontology.kinds.values():
        for node in run.graph.kinds[kind.name] if kind.suppresses is not None else ():
            assert kind.suppresses is not None
            until = node.values.get(kind.suppresses.until)
            if isinstance(until, str):
                day = bisect_right(run.clock.days, until)
                for target in node.edges.get(kind.suppresses.targets, ()):
                    ends.setdefault(id(target), set()).add(day)
    return ends


def _silencing(lacks: Sequence[AbsencePeriod]) -> dict[str, set[int]]:
    """The days on which a rule may stop or start reporting everywhere, by the id of the rule."""
    days: dict[str, set[int]] = {}
    for entry in lacks:
        for fact in entry.lacks:
            for other in fact.compiled.rule.instead_of:
                days.setdefault(other, set()).update((entry.start, entry.end))
    return days


def _day(clock: Clock, position: int) -> date:
    return date.fromisoformat(clock.days[position])
