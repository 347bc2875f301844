"""The figures of a revision, and their form in the cache."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Severity

ALL = "findings"
"""The measure that counts every finding."""


class Share(NamedTuple):
    """The outcome of a measure: amounts held, broken and unknown."""

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
        """The share that is held, rounded down to a tenth; None if nothing is counted."""
        return self.held * 1000 // self.total / 10 if self.total else None


Value = float | Share


class Figures(NamedTuple):
    """The measures and numbers of findings of one revision on one day."""

    coverage: Mapping[str, Share]
    """By the name of the measure."""
    findings: Mapping[str, Mapping[str, int]]
    """Guideline → severity → number of places."""

    def value(self, measure: str) -> Value | None:
        """The share of a measure, or the number of findings of a guideline, a severity or all.

        None if it was not measured.
        """
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
    """The figures of a report."""
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
    """Figures as JSON, for the cache."""
    return {
        "coverage": {name: [*share] for name, share in one.coverage.items()},
        "findings": {name: dict(counts) for name, counts in one.findings.items()},
    }


def read(value: Any) -> Figures | None:
    """Figures from the cache; None if the value has another form."""
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
