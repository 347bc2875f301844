"""One line for each finding, for grep and for people who know the rules."""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .glyphs import clean
from .view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The report as ``path:line:column: severity[RULE] message``."""
    for finding in report.findings:
        span = finding.location.span
        place = f"{clean(view.path(finding.location.path))}:{span.line}:{span.column}"
        yield f"{place}: {finding.severity}[{finding.rule}] {clean(finding.message)}\n"
