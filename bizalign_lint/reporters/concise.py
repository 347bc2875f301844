"""One line for each finding, for grep and for people who know the rules."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.core.report import Report
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The report as ``path:line:column: severity[RULE] message``."""
    for finding in report.findings:
        span = finding.location.span
        place = f"{clean(view.path(finding.location.path))}:{span.line}:{span.column}"
        yield f"{place}: {finding.severity}[{finding.rule}] {clean(finding.message)}\n"
