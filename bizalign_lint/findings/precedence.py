"""Findings → the same, without those that duplicate a more specific one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bizalign_lint.core.types import Finding
from bizalign_lint.rules.absence import AbsentFact
from bizalign_lint.rules.language.rule import Rule


def without_duplicates(
    findings: Sequence[Finding],
    accepted: Iterable[Finding],
    active: Iterable[Rule],
    absent: Iterable[AbsentFact],
) -> list[Finding]:
    """One mistake, one finding: where a rule has a finding, the rules it replaces have none.

    If it reports a fact that all nodes of a kind lack, they have no findings at all. If a finding
    of a replaced rule is suppressed, that of the replacing rule is left out, too.
    """
    replaced_everywhere = {
        other
        for fact in absent
        if fact.lacking == fact.total > 1
        for other in fact.compiled.rule.instead_of
    }
    findings = [finding for finding in findings if finding.rule not in replaced_everywhere]
    instead_of = {rule.id: rule.instead_of for rule in active if rule.instead_of}
    if not instead_of:
        return list(findings)
    accepted_places = {(finding.rule, finding.location) for finding in accepted}
    reported = [
        finding
        for finding in findings
        if not any(
            (other, finding.location) in accepted_places
            for other in instead_of.get(finding.rule, ())
        )
    ]
    replaced = {
        (other, finding.location)
        for finding in reported
        for other in instead_of.get(finding.rule, ())
    }
    return [finding for finding in reported if (finding.rule, finding.location) not in replaced]
