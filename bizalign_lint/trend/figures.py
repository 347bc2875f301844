"""What is measured of a revision, and how it is kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Severity

ALL = "findings"
"""The measure that counts every finding."""


class Share(NamedTuple):
    """The outcome of a measure of alignment, in its three parts."""

    held: float
    broken: float
    unknown: float
    unit: str
    """The currency of a measure of money; empty where nodes are counted."""

    @property
    def total(self) -> float:
        """All that is counted."""
        return self.held + self.broken + self.unknown

    @property
    def percent(self) -> float | None:
        """The share that conforms, rounded down to a tenth; None with nothing to count."""
        return self.held * 1000 // self.total / 10 if self.total else None


Value = float | Share


class Figures(NamedTuple):
    """What is measured of one revision on one day."""

    coverage: Mapping[str, Share]
    """By the name of the measure."""
    findings: Mapping[str, Mapping[str, int]]
    """Guideline → severity → how many."""

    def value(self, measure: str) -> Value | None:
        """The outcome of a measure: a share, or how many findings there are."""
        if measure in self.coverage:
            return self.coverage[measure]
        if measure in self.findings:
            return sum(self.findings[measure].values())
        if measure == ALL:
            return sum(sum(counts.values()) for counts in self.findings.values())
        if measure in SEVERITIES:
            return sum(counts.get(measure, 0) for counts in self.findings.values())
        return None


SEVERITIES = tuple(severity.value for severity in Severity)


def figures(report: Report) -> Figures:
    """What a check measures."""
    found: dict[str, dict[str, int]] = {guideline.id: {} for guideline in report.guidelines}
    for finding in report.findings:
        counts = found.setdefault(finding.guideline, {})
        severity = finding.severity.value
        counts[severity] = counts.get(severity, 0) + len(finding.places)
    return Figures(
        {one.name: Share(one.held, one.broken, one.unknown, one.unit) for one in report.coverage},
        found,
    )


def kept(one: Figures) -> dict[str, Any]:
    """Figures as they are kept."""
    return {
        "coverage": {name: [*share] for name, share in one.coverage.items()},
        "findings": {name: dict(counts) for name, counts in one.findings.items()},
    }


def read(value: Any) -> Figures | None:
    """Figures as they were kept; None for anything else, which somebody else has written."""
    if not isinstance(value, dict) or value.keys() != {"coverage", "findings"}:
        return None
    coverage, findings = value["coverage"], value["findings"]
    if not isinstance(coverage, dict) or not isinstance(findings, dict):
        return None
    if not all(map(_is_share, coverage.values())) or not all(map(_are_counts, findings.values())):
        return None
    return Figures({name: Share(*parts) for name, parts in coverage.items()}, findings)


def _is_share(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 4
        and all(map(_is_amount, value[:3]))
        and isinstance(value[3], str)
        and len(value[3]) <= 3
    )


def _are_counts(value: Any) -> bool:
    return isinstance(value, dict) and all(
        name in SEVERITIES and isinstance(count, int) and _is_amount(count)
        for name, count in value.items()
    )


def _is_amount(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)
