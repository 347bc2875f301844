"""For programs: version 2 of the JSON report, which ``json.schema.json`` describes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from bizalign_lint import __version__
from bizalign_lint.core.report import BASELINE, Coverage, Gap, Report, Since
from bizalign_lint.core.types import Finding, Fix, Location, Severity, places
from bizalign_lint.reporters.view import View

VERSION = 2
TOOL = "bizalign-lint"


def render(report: Report, view: View) -> Iterator[str]:
    """The report as one JSON object. Paths are relative to ``root``."""
    yield document(VERSION, _report(report, view))


def _report(report: Report, view: View) -> dict[str, Any]:
    severities = Counter(finding.severity for finding in report.findings)
    cells = Counter((finding.guideline, finding.severity) for finding in report.findings)
    fixes = [place.fix for place in places(report.findings) if place.fix is not None]
    guidelines = [guideline.id for guideline in report.guidelines]
    return {
        "root": view.path(),
        "asOf": report.as_of.isoformat(),
        "summary": {
            "files": report.files,
            "definitions": report.documents,
            "findings": len(report.findings),
            "suppressed": len(report.suppressed),
            "baseline": sum(suppressed.by == BASELINE for suppressed in report.suppressed),
            "fixable": {
                "safe": sum(fix.safe for fix in fixes),
                "unsafe": sum(not fix.safe for fix in fixes),
            },
            "bySeverity": {severity.value: severities[severity] for severity in Severity},
            "byGuideline": {
                guideline: {severity.value: cells[guideline, severity] for severity in Severity}
                for guideline in dict.fromkeys([*guidelines, *sorted({g for g, _ in cells})])
            },
        },
        "findings": [finding_value(finding) for finding in report.findings],
        "suppressed": [
            {
                **finding_value(suppressed.finding),
                "suppression": {
                    "by": suppressed.by,
                    "reason": suppressed.reason,
                    "until": suppressed.until,
                },
            }
            for suppressed in report.suppressed
        ],
        "coverage": [coverage_value(measure) for measure in report.coverage],
        "judged": _judged(report),
        **({} if report.since is None else {"since": _since(report.since)}),
    }


def coverage_value(measure: Coverage) -> dict[str, Any]:
    """A measure of alignment as an object."""
    return {
        "measure": measure.name,
        "guideline": measure.guideline,
        "title": measure.title,
        **share(measure),
        "threshold": measure.threshold,
        "met": None if measure.threshold is None else _met(measure),
        "lacking": list(measure.lacking),
        "unjudged": list(measure.unjudged),
    }


def _met(measure: Coverage) -> bool | None:
    """Whether a threshold is met; None where that cannot be measured."""
    return None if measure.unmeasurable and not measure.fails else not measure.fails


def _judged(report: Report) -> dict[str, Any]:
    judged = report.judged
    return {
        "rules": {
            "active": len(report.rules),
            "judging": judged.rules,
            "preview": [rule.id for rule in report.rules if rule.preview],
            "waiting": list(judged.waiting),
        },
        "definitions": {
            "inFull": report.documents - judged.definitions,
            "inPart": judged.definitions,
        },
        "missing": [gap_value(gap) for gap in judged.gaps],
        **({} if report.since is None else {"elsewhere": judged.elsewhere}),
    }


def gap_value(gap: Gap) -> dict[str, Any]:
    """A fact that is not in the model, as an object."""
    return {
        "kind": gap.kind,
        "property": gap.fact or None,
        "unknown": len(gap.lacking),
        "total": gap.total,
        "verdicts": gap.verdicts,
        "rules": [{"rule": rule, "verdicts": count} for rule, count in gap.waiting],
        "definitions": [
            {
                "entity": one.reference,
                "title": one.title,
                "owner": one.owner,
                "path": one.path,
                "rules": list(one.rules),
                "verdicts": one.verdicts,
            }
            for one in gap.lacking
        ],
    }


def _since(since: Since) -> dict[str, Any]:
    return {
        "revision": since.revision,
        "commit": since.commit,
        "known": since.known,
        "fixed": since.fixed,
        "ahead": list(since.ahead),
        "loosened": list(since.loosened),
    }


def finding_value(finding: Finding) -> dict[str, Any]:
    """A finding as an object."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "guideline": finding.guideline,
        "severity": finding.severity.value,
        "message": finding.message,
        "entity": finding.entity,
        **_location(finding.location),
        "help": finding.help,
        "related": _related(finding),
        "fingerprint": finding.fingerprint,
        "cause": finding.cause or None,
        "occurrences": [
            {
                "severity": place.severity.value,
                "message": place.message,
                "entity": place.entity,
                **_location(place.location),
                "related": _related(place),
                "fingerprint": place.fingerprint,
                "fix": _fix(place.fix) if place.fix is not None else None,
            }
            for place in finding.occurrences
        ],
        "fix": _fix(finding.fix) if finding.fix is not None else None,
    }


def _related(finding: Finding) -> list[dict[str, Any]]:
    return [{"message": r.message, **_location(r.location)} for r in finding.related]


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [{**_location(edit.location), "text": edit.text} for edit in fix.edits],
    }


def _location(location: Location) -> dict[str, Any]:
    span = location.span
    return {
        "path": location.path,
        "range": {
            "start": {"line": span.line, "column": span.column},
            "end": {"line": span.end_line, "column": span.end_column},
        },
    }


def share(measure: Coverage) -> dict[str, Any]:
    """How far a measure is reached."""
    return {
        "held": measure.held,
        "broken": measure.broken,
        "unknown": measure.unknown,
        "total": measure.total,
        "unit": measure.unit or None,
        "percent": measure.percent,
    }


def document(version: int, value: dict[str, Any]) -> str:
    """An object for programs, with the version of its form and what made it."""
    return dumped({"version": version, "tool": {"name": TOOL, "version": __version__}, **value})


def dumped(value: Any) -> str:
    """A value as JSON for people to look at, too."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(valid(value), option=options).decode()


def valid(value: Any) -> Any:
    """The value without lone surrogates, which file names that are not UTF-8 bring in."""
    if isinstance(value, str):
        return value if value.isprintable() else value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {valid(key): valid(item) for key, item in value.items()}
    if isinstance(value, list):
        return [valid(item) for item in value]
    return value
