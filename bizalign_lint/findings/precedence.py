"""Findings → the same without those that repeat what another reports better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bizalign_lint.core.types import Finding
from bizalign_lint.rules.absence import AbsentFact
from bizalign_lint.rules.language.rule import Rule


def without_duplicates(
    findings: Sequence[Finding],
    accepted: Iterable[Finding],
    active: Iterable[Rule],
    lacks: Iterable[AbsentFact],
) -> list[Finding]:
    """One mistake, one finding: where a rule reports a finding, those that it replaces do not.

    Where it reports a fact that nothing of a kind has, they are silent everywhere. Where somebody
    has accepted what one of them finds, the mistake is accepted.
    """
    told_of_all = {
        other
        for fact in lacks
        if fact.lacking == fact.total > 1
        for other in fact.compiled.rule.instead_of
    }
    findings = [finding for finding in findings if finding.rule not in told_of_all]
    instead_of = {rule.id: rule.instead_of for rule in active if rule.instead_of}
    if not instead_of:
        return list(findings)
    known = {(finding.rule, finding.location) for finding in accepted}
    told = [
        finding
        for finding in findings
        if not any((other, finding.location) in known for other in instead_of.get(finding.rule, ()))
    ]
    silent = {
        (other, finding.location) for finding in told for other in instead_of.get(finding.rule, ())
    }
    return [finding for finding in told if (finding.rule, finding.location) not in silent]
