"""Findings → what the editor underlines."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from ..model import Finding, Severity
from .translate import Translator

SOURCE = "bizalign-lint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostic(finding: Finding, translate: Translator) -> types.Diagnostic:
    """What the editor shows of a finding."""
    return types.Diagnostic(
        range=translate.range(finding.location),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        source=SOURCE,
        related_information=[
            types.DiagnosticRelatedInformation(translate.location(r.location), r.message)
            for r in finding.related
        ]
        or None,
        data={"fingerprint": finding.fingerprint},
    )


def by_path(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each file that has any."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.location.path, []).append(finding)
    return found
