"""Logging commands of Azure Pipelines: issues of the run, each with its file and line.

There are errors and warnings only, so an info is a line of the log. Texts are escaped as in
Microsoft's task library; what could be read as a command within a text is parted by ``clean``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View

_SORTS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_TEXT = (("%", "%AZP25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY = (*_TEXT, ("]", "%5D"), (";", "%3B"))


def render(report: Report, view: View) -> Iterator[str]:
    """The report as one command for each error and warning, the most severe first."""
    for line in () if report.since is None else report.since.loosened:
        yield f"##vso[task.logissue type=warning;]the set-up was loosened: {_data(line)}\n"
    for finding in sorted(report.records, key=lambda f: f.severity.rank):
        yield _line(finding, view)


def _line(finding: Finding, view: View) -> str:
    span = finding.location.span
    message = finding.message + (f"\n{finding.help}" if finding.help else "")
    if finding.severity not in _SORTS:
        place = f"{view.in_repository(finding.location.path)}:{span.line}:{span.column}"
        return f"{clean(place)}: {finding.severity} {finding.rule} {clean(finding.message)}\n"
    properties = {
        "type": _SORTS[finding.severity],
        # The agent makes it relative to the repository, and wants it absolute for that.
        "sourcepath": os.path.join(view.root, finding.location.path),
        "linenumber": span.line,
        "columnnumber": span.column,
        "code": finding.rule,
    }
    listed = "".join(f"{key}={_escaped(str(value))};" for key, value in properties.items())
    return f"##vso[task.logissue {listed}]{_data(message)}\n"


def _data(text: str) -> str:
    text = "\n".join(map(clean, text.split("\n")))
    for plain, escaped in _TEXT:
        text = text.replace(plain, escaped)
    return text


def _escaped(text: str) -> str:
    text = clean(text)
    for plain, escaped in _PROPERTY:
        text = text.replace(plain, escaped)
    return text
