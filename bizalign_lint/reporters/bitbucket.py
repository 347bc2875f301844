"""Code Insights of Bitbucket: a report and its annotations, ready to be sent.

Bitbucket takes 1,000 annotations of a report, 100 at a time, summaries of 450 characters and
details of 2,000; the most severe findings come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.core.words import counted
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.json import dumped
from bizalign_lint.reporters.view import View

MOST = 1000
AT_ONCE = 100
_SUMMARY = 450
_DETAILS = 2000
_SEVERITIES = {Severity.ERROR: "HIGH", Severity.WARNING: "MEDIUM", Severity.INFO: "LOW"}


def render(report: Report, view: View) -> Iterator[str]:
    """An object with the body of the report, and those of the requests with its annotations."""
    ranked = sorted(report.records, key=lambda finding: finding.severity.rank)
    entries = [_annotation(finding, view) for finding in ranked[:MOST]]
    batches = [entries[first : first + AT_ONCE] for first in range(0, len(entries), AT_ONCE)]
    yield dumped({"report": _report(report, len(ranked)), "annotations": batches})


def _report(report: Report, number: int) -> dict[str, Any]:
    counts = Counter(finding.severity for finding in report.records)
    details = f"{counted(report.documents, 'definition')}, as of {report.as_of}"
    if report.since is not None:
        details += f"; what is new since {clean(report.since.revision)}"
    if number > MOST:
        details += f"; {MOST:,} of {counted(number, 'finding')} are shown, the most severe first"
    return {
        "title": "bizalign-lint",
        "details": _cut(details, _DETAILS),
        "report_type": "BUG",
        "reporter": "bizalign-lint",
        "result": "FAILED" if counts[Severity.ERROR] else "PASSED",
        "data": [
            {"title": title, "type": "NUMBER", "value": counts[severity]}
            for title, severity in (
                ("Errors", Severity.ERROR),
                ("Warnings", Severity.WARNING),
                ("Info", Severity.INFO),
            )
        ],
    }


def _annotation(finding: Finding, view: View) -> dict[str, Any]:
    return {
        "external_id": view.fingerprint(finding.fingerprint),
        "annotation_type": "CODE_SMELL",
        "summary": _cut(f"{finding.rule}: {finding.message}", _SUMMARY),
        "details": _cut(finding.help or finding.message, _DETAILS),
        "severity": _SEVERITIES[finding.severity],
        "result": "FAILED",
        "path": view.in_repository(finding.location.path),
        "line": finding.location.span.line,
    }


def _cut(text: str, most: int) -> str:
    text = "\n".join(map(clean, text.strip().split("\n")))
    return text if len(text) <= most else f"{text[: most - 1]}…"
