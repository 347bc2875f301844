"""GitLab's code quality report, which shows findings in a merge request."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Severity
from bizalign_lint.reporters.json import dumped
from bizalign_lint.reporters.view import View

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report, view: View) -> Iterator[str]:
    """The report as a JSON array. GitLab drops all but one of equal fingerprints; ours differ."""
    entries = [
        {
            "description": finding.message,
            "check_name": finding.rule,
            "fingerprint": view.fingerprint(finding.fingerprint),
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": view.in_repository(finding.location.path),
                "positions": {
                    "begin": {
                        "line": finding.location.span.line,
                        "column": finding.location.span.column,
                    },
                    "end": {
                        "line": finding.location.span.end_line,
                        "column": finding.location.span.end_column,
                    },
                },
                "lines": {
                    "begin": finding.location.span.line,
                    "end": finding.location.span.end_line,
                },
            },
        }
        for finding in report.records
    ]
    yield dumped(entries)
