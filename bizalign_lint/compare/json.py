"""The difference as JSON, version 2, for programs; ``json.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bizalign_lint.compare.changes import ChangeType, CoverageChange, Difference
from bizalign_lint.forecast.move import move_value
from bizalign_lint.reporters.json import document, share
from bizalign_lint.reporters.style import Style

VERSION = 2


def render(difference: Difference, _: Style) -> Iterator[str]:
    """The difference as one JSON object."""
    yield document(VERSION, _value(difference))


def _value(difference: Difference) -> dict[str, Any]:
    sorts = [change.sort for change in difference.changes]
    return {
        "old": difference.old,
        "new": difference.new,
        "asOf": difference.as_of,
        "summary": {sort.value: sorts.count(sort) for sort in ChangeType},
        "changes": [
            {
                "sort": change.sort.value,
                "kind": change.kind,
                "entity": change.entity,
                "title": change.title,
                "path": change.path,
                "property": change.property or None,
                "before": change.before,
                "after": change.after,
            }
            for change in difference.changes
        ],
        "ahead": {
            "until": difference.until or None,
            "findings": [move_value(move) for move in difference.moves],
        },
        "coverage": [coverage_change(change) for change in difference.coverage_changes],
    }


def coverage_change(change: CoverageChange) -> dict[str, Any]:
    """A measure at both revisions, as JSON."""
    return {
        "measure": change.after.name,
        "guideline": change.after.guideline,
        "title": change.after.title,
        "before": share(change.before),
        "after": share(change.after),
    }
