"""A report and an earlier one → what is new, and how many findings are gone."""

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
    """The report with only the findings, and places of findings, that are new.

    Findings are identified by their fingerprints, which do not depend on lines or file names.
    ``renamed`` maps references of definitions to their former ones; ``wanted`` selects the findings
    to report.
    """
    matched = match(entries(before.findings), report.findings)
    gone = {entry.fingerprint for entry in matched.stale}
    by_entity: dict[tuple[str, str | None], list[str]] = {}
    for place in places(before.findings):
        if place.fingerprint in gone:
            by_entity.setdefault((place.rule, place.entity), []).append(place.fingerprint)
    new: list[Finding] = []
    for place in matched.new:
        old = renamed.get(place.entity or "")
        matches = by_entity.get((place.rule, old)) if old is not None else None
        if matches:
            gone.discard(matches.pop())
        else:
            new.append(place)
    accepted = {entry.finding.fingerprint for entry in report.suppressed}
    fixed = [
        finding
        for finding in before.findings
        if all(place.fingerprint in gone for place in finding.places)
        and not all((p.rule, p.entity) in report.judged.unjudged for p in finding.places)
        and any(place.fingerprint not in accepted and wanted(place) for place in finding.places)
    ]
    new_findings = narrowed(report.findings, (place for place in new if wanted(place)))
    findings = narrowed(
        report.findings,
        (place for place in places(report.findings) if wanted(place)),
    )
    whole = report._replace(
        findings=findings, suppressed=tuple(s for s in report.suppressed if wanted(s.finding))
    )
    return whole._replace(
        findings=new_findings,
        whole=whole,
        since=Since(revision, commit, len(findings) - len(new_findings), len(fixed)),
    )
