"""The worklist: findings and missing facts by owner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bizalign_lint.core.report import Lacking, Report
from bizalign_lint.core.types import Finding
from bizalign_lint.report_page.known import Counts, count
from bizalign_lint.report_page.panels import Note, Panels
from bizalign_lint.reporters.glyphs import clean

NOBODY = "Nobody is responsible for these"
_MOST_FINDINGS = 4000
_MOST_FACTS = 4000


class Missing(NamedTuple):
    """A definition and the facts that it lacks."""

    title: str
    facts: str
    verdicts: int
    place: str
    link: str


class Task(NamedTuple):
    """The worklist of one owner."""

    owner: str
    found: Counts
    notes: Sequence[Note]
    facts: Sequence[Missing]
    lacking: int
    """The number of definitions that lack a fact, including those not listed."""


class Worklist(NamedTuple):
    """The worklists of all owners."""

    tasks: Sequence[Task]
    left_out: int
    """The number of findings beyond the limit, which are not listed."""
    facts_left_out: int
    """The number of definitions with missing facts that are not listed."""
    definitions: int
    """The number of definitions that lack a fact."""


def draw(report: Report, panels: Panels) -> Worklist:
    """The worklist; owners with the most errors come first, what nobody owns last."""
    ranked = sorted(report.findings, key=lambda finding: finding.severity.rank)
    by_owner: dict[str, list[Finding]] = {}
    listed: dict[str, list[Note]] = {}
    for number, finding in enumerate(ranked):
        found = report.owner(finding.entity) if finding.entity else None
        owner = "" if found is None else found.title
        by_owner.setdefault(owner, []).append(finding)
        if number < _MOST_FINDINGS:
            listed.setdefault(owner, []).append(panels.note(finding))
    facts, lacking = _facts(report, panels)
    tasks = [
        Task(
            clean(owner) or NOBODY,
            count(by_owner.get(owner, ())),
            listed.get(owner, ()),
            facts.get(owner, ()),
            lacking.get(owner, 0),
        )
        for owner in {**by_owner, **lacking}
    ]
    tasks.sort(key=_order)
    shown = sum(len(those) for those in facts.values())
    total = sum(lacking.values())
    return Worklist(tasks, max(0, len(ranked) - _MOST_FINDINGS), total - shown, total)


def _facts(report: Report, panels: Panels) -> tuple[dict[str, list[Missing]], dict[str, int]]:
    """The definitions that lack facts, by owner, up to the limit; and the number of all."""
    facts: dict[str, list[str]] = {}
    verdicts: dict[str, int] = {}
    first: dict[str, Lacking] = {}
    for gap in report.judged.gaps:
        for one in gap.lacking:
            facts.setdefault(one.reference, []).append(gap.fact or f"any {gap.kind}")
            verdicts[one.reference] = verdicts.get(one.reference, 0) + one.verdicts
            first.setdefault(one.reference, one)
    ranked = sorted(first, key=lambda reference: -verdicts[reference])
    listed: dict[str, list[Missing]] = {}
    counts: dict[str, int] = {}
    for number, reference in enumerate(ranked):
        one = first[reference]
        owner = one.owner or ""
        counts[owner] = counts.get(owner, 0) + 1
        if number < _MOST_FACTS:
            listed.setdefault(owner, []).append(
                Missing(
                    title=clean(one.title),
                    facts=clean(", ".join(dict.fromkeys(facts[reference])).replace("|", " or ")),
                    verdicts=verdicts[reference],
                    place=panels.places.shown(one.path),
                    link=panels.places.link(one.path),
                )
            )
    return listed, counts


def _order(task: Task) -> tuple[bool, int, int, int, int, str]:
    errors, warnings, infos = task.found
    return task.owner == NOBODY, -errors, -warnings, -infos, -task.lacking, task.owner
