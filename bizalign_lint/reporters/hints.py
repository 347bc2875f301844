"""The one next step that fits a report."""

from __future__ import annotations

from collections import Counter

from bizalign_lint.core.report import BASELINE, Report
from bizalign_lint.core.types import places
from bizalign_lint.core.words import counted
from bizalign_lint.reporters.view import View

MANY = 30
"""From more findings than this on, the question is where to begin."""


def hint(report: Report, view: View) -> str:
    """What to do next, in a line; empty where nothing stands out."""
    fixes = [place.fix for place in places(report.findings) if place.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    total = len(report.findings)
    if total > MANY and safe * 10 < total:
        return _begin(report, view)
    parts = [f"{counted(safe, 'finding')} can be fixed with --fix"] if safe else []
    if more := len(fixes) - safe:
        number = f"{more:,} more" if safe else f"{counted(more, 'finding')} can be fixed"
        parts.append(f"{number} with --fix --unsafe-fixes")
    return ", ".join(parts)


def _begin(report: Report, view: View) -> str:
    """Where to begin with very many findings."""
    total = len(report.findings)
    rule, most = Counter(finding.rule for finding in report.findings).most_common(1)[0]
    parts = []
    if view.starter is not None and view.starter * 2 < total:
        parts.append(f"{view.starter:,} of these {total:,} are in --profile starter")
    elif most * 2 > total:
        parts.append(f"{most:,} of {total:,} are {rule}: --ignore {rule} shows the rest")
    if report.since is None and all(entry.by != BASELINE for entry in report.suppressed):
        parts.append("begin here with bizalign-lint baseline write")
    return "; ".join(parts)
