"""The trend as CSV, for spreadsheets: a row for each revision, columns for each measure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.view import View
from bizalign_lint.reporters.worklist import harmless
from bizalign_lint.trend.figures import Figures, Share
from bizalign_lint.trend.points import Trend

_PARTS = ("held", "broken", "unknown", "percent")


def render(trend: Trend, _: View) -> Iterator[str]:
    """The trend as CSV."""
    shares = {name for point in trend.points for name in point.figures.coverage}
    columns = [
        (measure, part)
        for measure in trend.measures
        for part in (_PARTS if measure in shares else ("",))
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["day", "commit", "revision", *(f"{name} {part}".strip() for name, part in columns)]
    )
    for commit, figures in trend.points:
        name = commit.tag or commit.subject
        cells = (_cell(figures, measure, part) for measure, part in columns)
        writer.writerow([commit.day, commit.id, harmless(clean(name)), *cells])
    yield text.getvalue()


def _cell(figures: Figures, measure: str, part: str) -> str:
    found = figures.value(measure)
    if isinstance(found, Share):
        found = getattr(found, part)
    return "" if found is None else str(found)
