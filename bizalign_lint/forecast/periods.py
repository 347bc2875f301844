"""Spells of drafts → spells of findings: what is accepted, or told better by another, left out.

The steps are those of ``findings.assemble``, taken for a part of the model at a time: what is in
one definition (in one file, where that has comments that accept something) is settled by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from bizalign_lint.core.clock import Clock
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Flaw, Place, Source
from bizalign_lint.findings.dispensations import Dispensations
from bizalign_lint.findings.filter import sift
from bizalign_lint.findings.finish import Finisher, path_of
from bizalign_lint.findings.precedence import without_doubles
from bizalign_lint.findings.suppressions import Suppression, Suppressions
from bizalign_lint.forecast.timeline import Lacks, Spell
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.run import Draft
from bizalign_lint.schema.ontology import Ontology


class Stay(NamedTuple):
    """A finding and how long it is there: positions on the clock, the end exclusive."""

    finding: Finding
    draft: Draft | None
    """What it was made of; None where what it accepts is all that is wrong with a comment."""
    start: int
    end: int
    dates: frozenset[str]
    """The dates for which it begins."""


class Setting(NamedTuple):
    """What is the same for all parts of a model."""

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


def settle(
    spells: Iterable[Spell],
    comments: Iterable[Suppression],
    lacks: Sequence[Lacks],
    setting: Setting,
) -> Iterator[Stay]:
    """The findings of all days, each with how long it is there."""
    by_path: dict[str, list[Suppression]] = {}
    for comment in comments:
        by_path.setdefault(comment.location.path, []).append(comment)
    parts: dict[Key, list[Spell]] = {(path, None): [] for path in by_path}
    for spell in spells:
        parts.setdefault(_key(spell.draft, by_path), []).append(spell)
    settler = _Settler(setting, lacks)
    for (path, _), found in parts.items():
        yield from settler.part(found, by_path.get(path, ()))


def _key(draft: Draft, commented: Mapping[str, object]) -> Key:
    path = path_of(draft.place)
    if path in commented or not isinstance(draft.place, Place):
        return path, None
    return path, draft.place.document.index


class _Settler:
    def __init__(self, setting: Setting, lacks: Sequence[Lacks]) -> None:
        self._setting = setting
        self._lacks = lacks
        self._known: dict[int, tuple[Draft, Finding | None]] = {}
        self._ends = _dispensation_ends(setting)
        self._silencing = _silencing(lacks)
        self._speaking = [rule for rule in setting.active if rule.instead_of]
        self._ids = {rule.id for rule in setting.active if not rule.transition}
        self._dispensations = cache(self._dispensations_on)

    def part(self, spells: list[Spell], comments: Sequence[Suppression]) -> Iterator[Stay]:
        """What is found in one part of the model."""
        spells.sort(key=lambda spell: spell.rank)
        open_: dict[str, Stay] = {}
        days = self._days(spells, comments)
        for day, following in zip(days, (*days[1:], self._setting.clock.never), strict=True):
            found = self._on(day, spells, comments)
            for stay in [*open_.values()]:
                if stay.finding.fingerprint not in found:
                    yield open_.pop(stay.finding.fingerprint)
            for fingerprint, stay in found.items():
                open_[fingerprint] = open_.get(fingerprint, stay)._replace(end=following)
        yield from open_.values()

    def _days(self, spells: Sequence[Spell], comments: Sequence[Suppression]) -> list[int]:
        """The days on which something may change in a part, the first day of all included."""
        never = self._setting.clock.never
        days = {0} | {day for spell in spells for day in (spell.start, spell.end)}
        days.update(self._after(comment.until) for comment in comments if comment.until)
        for spell in spells:
            days.update(self._ends.get(id(spell.draft.node), ()))
            days.update(self._silencing.get(spell.draft.rule.id, ()))
        return sorted(day for day in days if day < never)

    def _after(self, until: str) -> int:
        return bisect_right(self._setting.clock.days, until)

    def _on(
        self, day: int, spells: Sequence[Spell], comments: Sequence[Suppression]
    ) -> dict[str, Stay]:
        """What is found on a day, by fingerprint."""
        setting = self._setting
        here = [spell for spell in spells if spell.start <= day < spell.end]
        for comment in comments:
            comment.used = False
        accepting = Suppressions(comments, _day(setting.clock, day))
        dispensations = self._dispensations(day)
        kept, accepted = sift((spell.draft for spell in here), accepting, dispensations)
        if comments:
            kept += setting.drafts_of(accepting.flaws(self._ids, setting.known))
        finisher = _KnowingFinisher(setting.settings, setting.sources, self._known)
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
        told = without_doubles(findings, away, self._speaking, lacks)
        dates = {id(spell.draft): spell.dates for spell in here if spell.start == day}
        stays = {}
        for finding in told:
            draft = by_finding[id(finding)]
            causes = dates.get(id(draft), frozenset())
            stays[finding.fingerprint] = Stay(finding, draft, day, day, causes)
        return stays

    def _dispensations_on(self, day: int) -> Dispensations:
        setting = self._setting
        return Dispensations(setting.graph, setting.ontology, _day(setting.clock, day))


class _KnowingFinisher(Finisher):
    """Makes each finding once, however many days it is there."""

    def __init__(
        self,
        settings: Settings,
        sources: Mapping[str, Source],
        known: dict[int, tuple[Draft, Finding | None]],
    ) -> None:
        super().__init__(settings, sources)
        self._made = known

    def without_fingerprint(self, draft: Draft) -> Finding | None:
        """A finding as far as the others do not matter; None when nobody has asked for it."""
        entry = self._made.get(id(draft))
        if entry is None:
            entry = self._made[id(draft)] = draft, super().without_fingerprint(draft)
        return entry[1]


def _dispensation_ends(setting: Setting) -> dict[int, set[int]]:
    """The days after those on which dispensations end, by the nodes (their ids) they are for."""
    ends: dict[int, set[int]] = {}
    for kind in setting.ontology.kinds.values():
        for node in setting.graph.kinds[kind.name] if kind.suppresses is not None else ():
            assert kind.suppresses is not None
            until = node.values.get(kind.suppresses.until)
            if isinstance(until, str):
                day = bisect_right(setting.clock.days, until)
                for target in node.edges.get(kind.suppresses.targets, ()):
                    ends.setdefault(id(target), set()).add(day)
    return ends


def _silencing(lacks: Sequence[Lacks]) -> dict[str, set[int]]:
    """The days on which rules may fall silent everywhere, or speak again, by these."""
    days: dict[str, set[int]] = {}
    for entry in lacks:
        for lack in entry.lacks:
            for other in lack.compiled.rule.instead_of:
                days.setdefault(other, set()).update((entry.start, entry.end))
    return days


def _day(clock: Clock, position: int) -> date:
    return date.fromisoformat(clock.days[position])
