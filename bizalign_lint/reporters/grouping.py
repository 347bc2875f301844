"""Findings → groups, the most severe first: what reports for people are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.core.words import counted, plural
from bizalign_lint.reporters.view import View

KEYS = ("rule", "owner", "file", "cause")
"""What findings can be grouped by."""
FIRST = 5
"""So many findings of a group are reported where nobody has asked for all of them."""
FEW = 10
"""Up to so many findings are reported in full, with their source."""
_NONE = {"owner": "nobody is responsible", "cause": "no common cause"}


class Group(NamedTuple):
    """Findings that have something in common."""

    title: str
    findings: tuple[Finding, ...]
    """The most severe first, else in file order."""

    @property
    def severity(self) -> Severity:
        """That of the most severe."""
        return self.findings[0].severity


def by_rule(report: Report) -> list[Group]:
    """The findings of each rule and severity: errors first, then in the order of the guidelines."""
    order = {guideline.id: guideline.order for guideline in report.guidelines}
    summaries = {rule.id: rule.summary.strip().removesuffix(".") for rule in report.rules}
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    ranked = sorted(
        groups.items(),
        key=lambda entry: (
            entry[0][0].rank,
            order.get(entry[1][0].guideline, len(order)),
            entry[0][1],
        ),
    )
    return [
        Group(summaries.get(rule) or findings[0].name, tuple(findings))
        for (_, rule), findings in ranked
    ]


def by_key(report: Report, view: View) -> list[Group]:
    """The findings of each owner, file or cause, the most severe group first, those of none
    last."""
    key = view.group_by
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault(_value(finding, report, view), []).append(finding)
    ranked = sorted(groups.items(), key=lambda entry: (not entry[0], _weight(entry[1]), entry[0]))
    return [
        Group(value or _NONE.get(key, ""), tuple(sorted(found, key=lambda f: f.severity.rank)))
        for value, found in ranked
    ]


def _value(finding: Finding, report: Report, view: View) -> str:
    """What a finding is grouped by; empty where there is nothing."""
    if view.group_by == "owner":
        owner = report.owner(finding.entity or "")
        return "" if owner is None else owner.title
    return view.path(finding.location.path) if view.group_by == "file" else finding.cause


def _weight(findings: Iterable[Finding]) -> list[int]:
    """What puts more severe findings, and more of them, first."""
    counts = Counter(finding.severity for finding in findings)
    return [-counts[severity] for severity in Severity]


def shown(group: Group, view: View) -> tuple[Finding, ...]:
    """The findings of a group that are reported."""
    return group.findings if view.everything else group.findings[:FIRST]


def rest(group: Group, view: View) -> int:
    """How many are not reported."""
    return len(group.findings) - len(shown(group, view))


class Counted(NamedTuple):
    """How many findings a rule has of a severity."""

    number: int
    id: str
    name: str
    severity: Severity


def by_number(report: Report, least: int) -> tuple[list[Counted], int]:
    """The rules that have so many findings, those with most first, and how many have fewer."""
    counts = Counter((finding.rule, finding.name, finding.severity) for finding in report.findings)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    told = [Counted(number, *rule) for rule, number in ranked if number >= least]
    return told, len(counts) - len(told)


def others(once: int) -> str:
    """The rules that have one finding, in words."""
    return plural(once, "one other rule", f"each of {once} other rules")


def severities(findings: Sequence[Finding]) -> list[tuple[Severity, str]]:
    """How many there are of each severity, in words; the most severe first."""
    counts = Counter(finding.severity for finding in findings)
    return [(s, _worded(counts[s], s)) for s in Severity if counts[s]]


def _worded(number: int, severity: Severity) -> str:
    return f"{number:,} info" if severity is Severity.INFO else counted(number, severity.value)
