"""Checkstyle XML, which many continuous integration servers read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding
from bizalign_lint.reporters import xml
from bizalign_lint.reporters.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The report as Checkstyle XML: a file element for each file with findings."""
    files = [
        line
        for path, findings in groupby(report.records, key=lambda f: f.location.path)
        for line in xml.element(
            "file",
            {"name": view.in_repository(path)},
            (line for f in findings for line in _error(f)),
        )
    ]
    yield xml.DECLARATION
    yield from xml.element("checkstyle", {"version": "4.3"}, files)


def _error(finding: Finding) -> Iterator[str]:
    span = finding.location.span
    return xml.element(
        "error",
        {
            "line": span.line,
            "column": span.column,
            "severity": finding.severity.value,
            "message": finding.message,
            "source": f"bizalign-lint.{finding.rule}",
        },
    )
