"""Findings → what the editor underlines."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping

from lsprotocol import types

from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.lsp.translate import Translator
from bizalign_lint.rules.language.rule import Rule

SOURCE = "bizalign-lint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


Link = Callable[[str], str | None]
"""From a rule's id to the address of its page, where it has one."""


Tag = Callable[[str], types.DiagnosticTag | None]
"""From a rule's id to how the editor shows what it finds; None: as it is."""


def diagnostic(finding: Finding, translate: Translator, link: Link, tag: Tag) -> types.Diagnostic:
    """What the editor shows of a finding."""
    tagged = tag(finding.rule)
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
        tags=[tagged] if tagged is not None else None,
        data={"fingerprint": finding.fingerprint},
    )


def tags(rules: Mapping[str, Rule], known: Container[types.DiagnosticTag]) -> Tag:
    """What rules say of that, for an editor that knows these tags."""

    def tag(rule: str) -> types.DiagnosticTag | None:
        said = rules[rule].tag if rule in rules else ""
        found = types.DiagnosticTag[said.capitalize()] if said else None
        return found if found in known else None

    return tag


def by_path(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each file that has any."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.location.path, []).append(finding)
    return found
