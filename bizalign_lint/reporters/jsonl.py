"""For programs that read a finding at a time: each line one finding as in the JSON report."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from bizalign_lint.core.report import Report
from bizalign_lint.reporters.json import finding_value, valid
from bizalign_lint.reporters.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The findings as JSON Lines; paths are relative to where the reader is."""
    for finding in report.findings:
        value = finding_value(finding)
        value["path"] = view.path(finding.location.path)
        yield orjson.dumps(valid(value), option=orjson.OPT_APPEND_NEWLINE).decode()
