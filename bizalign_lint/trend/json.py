"""The trend as JSON, version 1, for programs; ``json.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.reporters.json import document
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.history import Commit
from bizalign_lint.trend.figures import Share, Value
from bizalign_lint.trend.form import CommitForm, TrendForm, ValueForm
from bizalign_lint.trend.points import Trend

VERSION = 1


def render(trend: Trend, view: View) -> Iterator[str]:
    """The trend as one JSON object."""
    out: TrendForm = {
        "root": view.path(),
        "shallow": trend.is_shallow,
        "measures": [
            {"measure": name, "title": trend.titles.get(name, name)} for name in trend.measures
        ],
        "points": [
            {
                **_commit(point.commit),
                "values": {name: _value(point.figures.value(name)) for name in trend.measures},
                "findings": point.figures.findings,
            }
            for point in trend.points
        ],
        "causes": [
            {
                "measure": cause.measure,
                "day": cause.day,
                "before": _value(cause.before),
                "after": _value(cause.after),
                "commit": None if cause.commit is None else _commit(cause.commit),
                "commits": cause.commits,
            }
            for cause in trend.causes
        ],
    }
    yield document(VERSION, {**out})


def _commit(commit: Commit) -> CommitForm:
    return {
        "commit": commit.id,
        "day": commit.day,
        "subject": commit.subject,
        "tag": commit.tag or None,
    }


def _value(found: Value | None) -> ValueForm:
    if not isinstance(found, Share):
        return found
    return {
        "held": found.held,
        "broken": found.broken,
        "unknown": found.unknown,
        "unit": found.unit or None,
        "percent": found.percent,
    }
