"""For spreadsheets and quick looks: a row for each place of a finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View
from bizalign_lint.reporters.worklist import harmless

COLUMNS = (
    "severity",
    "rule",
    "name",
    "guideline",
    "message",
    "owner",
    "entity",
    "path",
    "line",
    "column",
    "help",
    "fingerprint",
)


def render(report: Report, view: View) -> Iterator[str]:
    """The report as CSV (RFC 4180, but lines end with LF), with a line of headings."""
    yield _row(COLUMNS)
    for finding in report.records:
        yield _row([harmless(clean(str(value))) for value in _cells(finding, report, view)])


def _cells(finding: Finding, report: Report, view: View) -> tuple[object, ...]:
    owner = report.owner(finding.entity) if finding.entity else None
    return (
        finding.severity.value,
        finding.rule,
        finding.name,
        finding.guideline,
        finding.message,
        "" if owner is None else owner.title,
        finding.entity or "",
        view.in_repository(finding.location.path),
        finding.location.span.line,
        finding.location.span.column,
        finding.help,
        view.fingerprint(finding.fingerprint),
    )


def _row(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
