"""For programs: version 2 of the JSON difference, which ``json.schema.json`` describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from bizalign_lint import __version__
from bizalign_lint.compare.changes import ChangeType, CoverageChange, Difference
from bizalign_lint.compare.moves import move_value
from bizalign_lint.core.report import Coverage
from bizalign_lint.reporters.json import valid
from bizalign_lint.reporters.style import Style

VERSION = 2


def render(difference: Difference, _: Style) -> Iterator[str]:
    """The difference as one JSON object."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    yield orjson.dumps(valid(_value(difference)), option=options).decode()


def _value(difference: Difference) -> dict[str, Any]:
    sorts = [change.sort for change in difference.changes]
    return {
        "version": VERSION,
        "tool": {"name": "bizalign-lint", "version": __version__},
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
    """A measure at both revisions."""
    return {
        "measure": change.after.name,
        "guideline": change.after.guideline,
        "title": change.after.title,
        "before": _share(change.before),
        "after": _share(change.after),
    }


def _share(measure: Coverage) -> dict[str, Any]:
    return {
        "held": measure.held,
        "broken": measure.broken,
        "unknown": measure.unknown,
        "total": measure.total,
        "unit": measure.unit or None,
        "percent": measure.percent,
    }
