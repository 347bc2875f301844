"""The Reviewdog Diagnostic Format: for reviewdog, which comments on the lines of a change.

Its columns count bytes of UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding, Location
from bizalign_lint.reporters.json import dumped
from bizalign_lint.reporters.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The report as one ``DiagnosticResult``."""
    diagnostics = [_diagnostic(finding, report, view) for finding in report.records]
    yield dumped({"source": {"name": "bizalign-lint"}, "diagnostics": diagnostics})


def _diagnostic(finding: Finding, report: Report, view: View) -> dict[str, Any]:
    message = finding.message + (f"\n{finding.help}" if finding.help else "")
    value: dict[str, Any] = {
        "message": message,
        "location": _location(finding.location, report, view),
        "severity": finding.severity.value.upper(),
        "code": {"value": finding.rule},
    }
    # Reviewdog takes the parts of a fix as ways to choose from: so only one that has one part.
    if finding.fix is not None and finding.fix.safe and len(finding.fix.edits) == 1:
        (edit,) = finding.fix.edits
        if edit.location.path == finding.location.path:
            value["suggestions"] = [{"range": _range(edit.location, report), "text": edit.text}]
    return value


def _location(location: Location, report: Report, view: View) -> dict[str, Any]:
    return {"path": view.in_repository(location.path), "range": _range(location, report)}


def _range(location: Location, report: Report) -> dict[str, Any]:
    span = location.span
    return {
        "start": _position(location.path, span.line, span.column, report),
        "end": _position(location.path, span.end_line, span.end_column, report),
    }


def _position(path: str, line: int, column: int, report: Report) -> dict[str, int]:
    before = report.lines(path).text(line)[: column - 1]
    # Beyond what the line holds (its break, or a file that cannot be shown) each counts one.
    more = max(0, column - 1 - len(before))
    return {"line": line, "column": len(before.encode(errors="surrogatepass")) + more + 1}
