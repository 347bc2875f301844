"""Findings → what the editor underlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types

from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.lsp.translate import Translator

SOURCE = "bizalign-lint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


Link = Callable[[str], str | None]
"""From a rule's id to the address of its page, where it has one."""


def diagnostic(finding: Finding, translate: Translator, link: Link) -> types.Diagnostic:
    """What the editor shows of a finding."""
    page = link(finding.rule)
    return types.Diagnostic(
        range=translate.range(finding.location),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(page) if page is not None else None,
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
