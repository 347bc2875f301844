"""Two reports → what is new in the one, and how much of the other is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bizalign_lint.core.report import Report, Since
from bizalign_lint.core.types import Finding, places
from bizalign_lint.findings.baseline import entries, match
from bizalign_lint.findings.fold import narrowed


def compare(
    report: Report,
    before: Report,
    revision: str,
    commit: str,
    renamed: Mapping[str, str],
    wanted: Callable[[Finding], bool],
) -> Report:
    """The report with the findings only that were not there before, at the places that are new.

    Findings are identified by their fingerprints, which no line and no file's name has a part in.
    ``renamed`` leads from references of definitions to what they were before, ``wanted`` says
    which findings are asked for.
    """
    matched = match(entries(before.findings), report.findings)
    left = {entry.fingerprint for entry in matched.stale}
    by_entity: dict[tuple[str, str | None], list[str]] = {}
    for place in places(before.findings):
        if place.fingerprint in left:
            by_entity.setdefault((place.rule, place.entity), []).append(place.fingerprint)
    new: list[Finding] = []
    for place in matched.new:
        old = renamed.get(place.entity or "")
        twins = by_entity.get((place.rule, old)) if old is not None else None
        if twins:
            left.discard(twins.pop())
        else:
            new.append(place)
    accepted = {entry.finding.fingerprint for entry in report.suppressed}
    fixed = [
        finding
        for finding in before.findings
        if all(place.fingerprint in left for place in finding.places)
        and not all((p.rule, p.entity) in report.judged.unjudged for p in finding.places)
        and any(place.fingerprint not in accepted and wanted(place) for place in finding.places)
    ]
    told = narrowed(report.findings, (place for place in new if wanted(place)))
    asked = narrowed(
        report.findings,
        (place for place in places(report.findings) if wanted(place)),
    )
    whole = report._replace(
        findings=asked, suppressed=tuple(s for s in report.suppressed if wanted(s.finding))
    )
    return whole._replace(
        findings=told,
        whole=whole,
        since=Since(revision, commit, len(asked) - len(told), len(fixed)),
    )
