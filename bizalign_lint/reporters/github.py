"""Workflow commands of GitHub Actions: annotations on the lines of a pull request.

GitHub shows ten errors, ten warnings and ten notices of a step, so the most severe come first.
"""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Severity
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, view: View) -> Iterator[str]:
    """The report as one workflow command for each finding, errors first."""
    for line in () if report.since is None else report.since.loosened:
        yield f"::warning title=the set-up was loosened::{_data(line)}\n"
    for finding in sorted(report.records, key=lambda f: f.severity.rank):
        span = finding.location.span
        properties = {
            "file": view.in_repository(finding.location.path),
            "line": span.line,
            "col": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
            "title": f"{finding.rule} {finding.name}",
        }
        listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        message = finding.message + (f"\n{finding.help}" if finding.help else "")
        yield f"::{_COMMANDS[finding.severity]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    text = "\n".join(map(clean, text.split("\n")))
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
