"""Two reports → what is new in the one, and how much of the other is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bizalign_lint.core.report import Report, Since
from bizalign_lint.core.types import Finding
from bizalign_lint.findings.baseline import entries, match


def compare(
    report: Report,
    before: Report,
    revision: str,
    commit: str,
    renamed: Mapping[str, str],
    wanted: Callable[[str], bool],
) -> Report:
    """The report with the findings only that were not there before.

    Findings are told by their fingerprints, which no line and no file's name has a part in.
    ``renamed`` leads from references of definitions to what they were before, ``wanted`` tells of
    which files findings are asked for.
    """
    matched = match(entries(before.findings), report.findings)
    left = {entry.fingerprint for entry in matched.stale}
    by_entity: dict[tuple[str, str | None], list[str]] = {}
    for finding in before.findings:
        if finding.fingerprint in left:
            by_entity.setdefault((finding.rule, finding.entity), []).append(finding.fingerprint)
    new: list[Finding] = []
    for finding in matched.new:
        old = renamed.get(finding.entity or "")
        twins = by_entity.get((finding.rule, old)) if old is not None else None
        if twins:
            left.discard(twins.pop())
        else:
            new.append(finding)
    accepted = {entry.finding.fingerprint for entry in report.suppressed}
    unaccepted = left - accepted
    fixed = [
        finding
        for finding in before.findings
        if finding.fingerprint in unaccepted and wanted(finding.location.path)
    ]
    told = [finding for finding in new if wanted(finding.location.path)]
    asked = sum(wanted(finding.location.path) for finding in report.findings)
    kept = {id(finding) for finding in told}
    return report._replace(
        findings=tuple(finding for finding in report.findings if id(finding) in kept),
        suppressed=tuple(s for s in report.suppressed if wanted(s.finding.location.path)),
        since=Since(revision, commit, asked - len(told), len(fixed)),
    )
