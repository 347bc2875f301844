"""JUnit XML: each rule a test case of its guideline's suite, each finding a failure of it."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.core.report import Report, RuleInfo
from bizalign_lint.core.types import Finding
from bizalign_lint.reporters import xml
from bizalign_lint.reporters.view import View


def render(report: Report, view: View) -> Iterator[str]:
    """The report as JUnit XML, as the schema of Jenkins' xUnit plugin has it.

    A case may have one failure only, so each finding has a case. There is no attribute for a place
    that every reader accepts: it is reported in the text. Names are unique, and the same in every
    run, whatever moves in a file: GitLab joins cases of one name, and compares those of two runs.
    """
    cases = {guideline.id: _cases(report, guideline.id, view) for guideline in report.guidelines}
    failures = {
        guideline: sum(f.guideline == guideline for f in report.records) for guideline in cases
    }
    suites = [
        line
        for guideline in report.guidelines
        if cases[guideline.id]
        for line in xml.element(
            "testsuite",
            {
                "name": guideline.title,
                "tests": len(cases[guideline.id]),
                "failures": failures[guideline.id],
                "errors": 0,
                "skipped": 0,
                "time": 0,
            },
            (line for case in cases[guideline.id] for line in case),
        )
    ]
    yield xml.DECLARATION
    yield from xml.element(
        "testsuites",
        {
            "name": "bizalign-lint",
            "tests": sum(map(len, cases.values())),
            "failures": len(report.records),
            "errors": 0,
            "time": 0,
        },
        suites,
    )


def _cases(report: Report, guideline: str, view: View) -> list[list[str]]:
    """The cases of a guideline: those that fail, and one for each rule that has found nothing."""
    found: list[list[str]] = []
    for rule in report.rules:
        if rule.guideline != guideline:
            continue
        findings = [finding for finding in report.records if finding.rule == rule.id]
        if not findings:
            found.append(list(xml.element("testcase", _attributes(rule, rule.name))))
        found.extend(_failure(rule, finding, view) for finding in findings)
    return found


def _attributes(rule: RuleInfo, name: str) -> dict[str, object]:
    return {"classname": f"{rule.guideline}.{rule.id}", "name": name, "time": 0}


def _failure(rule: RuleInfo, finding: Finding, view: View) -> list[str]:
    span = finding.location.span
    path = view.in_repository(finding.location.path)
    place = f"{path}:{span.line}:{span.column}"
    mark = view.fingerprint(finding.fingerprint)
    name = f"{rule.name} {finding.entity or path} {mark}"
    failure = xml.element(
        "failure",
        {"type": f"{finding.severity}", "message": finding.message},
        [xml.text(f"{place}: {finding.message}\n{finding.help}")],
    )
    return list(xml.element("testcase", _attributes(rule, name), failure))
