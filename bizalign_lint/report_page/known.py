"""A report → the findings, missing facts and measures of each definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.core.report import Coverage, Report
from bizalign_lint.core.types import Finding, Severity, places
from bizalign_lint.graph.nodes import Node

TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: "note"}
"""The tone of each severity."""


class Fact(NamedTuple):
    """A fact that a definition lacks, and the rules that wait for it."""

    fact: str
    rules: tuple[str, ...]


class Known(NamedTuple):
    """Findings, missing facts and outcomes of measures, by the references of nodes."""

    findings: Mapping[str, Sequence[Finding]]
    lacking: Mapping[str, Sequence[Fact]]
    held: Mapping[str, Sequence[Coverage]]
    broken: Mapping[str, Sequence[Coverage]]
    unjudged: Mapping[str, Sequence[Coverage]]

    def of(self, nodes: Iterable[Node]) -> list[Finding]:
        """The findings about some nodes, the most severe first."""
        found = [f for node in nodes for f in self.findings.get(node.reference, ())]
        return sorted(found, key=lambda finding: finding.severity.rank)


def know(report: Report) -> Known:
    """The content of a report, by definition."""
    findings: dict[str, list[Finding]] = {}
    for finding in places(report.findings):
        findings.setdefault(finding.entity or "", []).append(finding)
    lacking: dict[str, list[Fact]] = {}
    for gap in report.judged.gaps:
        for one in gap.lacking:
            lacking.setdefault(one.reference, []).append(Fact(gap.fact, one.rules))
    held: dict[str, list[Coverage]] = {}
    broken: dict[str, list[Coverage]] = {}
    unjudged: dict[str, list[Coverage]] = {}
    for measure in report.coverage:
        for references, into in (
            (measure.conforming, held),
            (measure.lacking, broken),
            (measure.unjudged, unjudged),
        ):
            for reference in references:
                into.setdefault(reference, []).append(measure)
    return Known(findings, lacking, held=held, broken=broken, unjudged=unjudged)


def tone_of(findings: Sequence[Finding]) -> str:
    """The tone of the most severe of some findings; empty if there are none."""
    if not findings:
        return ""
    return TONES[min((f.severity for f in findings), key=lambda severity: severity.rank)]


class Counts(NamedTuple):
    """The number of findings of each severity."""

    errors: int
    warnings: int
    infos: int

    @property
    def all(self) -> int:
        """The number of findings of all severities."""
        return sum(self)


def count(findings: Iterable[Finding]) -> Counts:
    """Count findings by severity."""
    found = Counter(finding.severity for finding in findings)
    return Counts(found[Severity.ERROR], found[Severity.WARNING], found[Severity.INFO])
