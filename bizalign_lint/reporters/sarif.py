"""SARIF 2.1.0 (OASIS), as code scanning on GitHub and other viewers read it.

GitHub wants a physical place with a whole range for every result, short texts that are not empty,
and ``primaryLocationLineHash`` to recognise a result by; it ignores ``suppressions`` and
``helpUri``, so the links of a rule go into its help.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bizalign_lint import __version__
from bizalign_lint.core.report import Report, RuleInfo
from bizalign_lint.core.types import Finding, Fix, Location, RelatedLocation, Severity
from bizalign_lint.reporters.json import dumped
from bizalign_lint.reporters.view import View

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LONGEST = 1024
"""GitHub shows no more of a text."""


def render(report: Report, view: View) -> Iterator[str]:
    """The report as one SARIF log with one run; paths are relative to the repository's root."""
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    suppressed = [
        {
            **_result(entry.finding, index, view),
            "suppressions": [
                {
                    "kind": "inSource" if entry.by == "comment" else "external",
                    "status": "accepted",
                    "justification": entry.reason or "no reason is given",
                }
            ],
        }
        for entry in report.suppressed
    ]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "bizalign-lint",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in report.rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    *(_result(finding, index, view) for finding in report.records),
                    *suppressed,
                ],
            }
        ],
    }
    yield dumped(log)


def _rule(rule: RuleInfo) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": _short(rule.summary)},
        "fullDescription": {"text": _short(rule.summary)},
        "help": {"text": _short(rule.help), "markdown": _short(f"{rule.summary}\n\n{rule.help}")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.guideline, *["preview"] * rule.preview]},
    }


def _result(finding: Finding, index: dict[str, int], view: View) -> dict[str, Any]:
    place: dict[str, Any] = {"physicalLocation": _physical(finding.location, view)}
    if finding.entity is not None:
        kind = finding.entity.partition(":")[0]
        place["logicalLocations"] = [{"fullyQualifiedName": finding.entity, "kind": kind}]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _short(finding.message)},
        "locations": [place],
        "relatedLocations": [
            _related(number, related, view) for number, related in enumerate(finding.related)
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": view.fingerprint(finding.fingerprint),
            "bizalign/v2": view.fingerprint(finding.fingerprint),
        },
    }
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, view)]
    return result


def _fix(fix: Fix, view: View) -> dict[str, Any]:
    """A fix; all of its edits are in one file."""
    places = [_physical(edit.location, view) for edit in fix.edits]
    return {
        "description": {"text": _short(fix.title)},
        "artifactChanges": [
            {
                "artifactLocation": places[0]["artifactLocation"],
                "replacements": [
                    {"deletedRegion": place["region"], "insertedContent": {"text": edit.text}}
                    for place, edit in zip(places, fix.edits, strict=True)
                ],
            }
        ],
    }


def _related(number: int, related: RelatedLocation, view: View) -> dict[str, Any]:
    return {
        "id": number,
        "message": {"text": _short(related.message)},
        "physicalLocation": _physical(related.location, view),
    }


def _physical(location: Location, view: View) -> dict[str, Any]:
    span = location.span
    return {
        "artifactLocation": {"uri": quote(os.fsencode(view.in_repository(location.path)))},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def _short(text: str) -> str:
    text = text.strip() or "-"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
