"""The trend: the JSON of ``bizalign-lint trend`` as columns and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted
from bizalign_lint.report_page.known import TONES
from bizalign_lint.report_page.reader import day, money, number
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.trend import __path__ as _room
from bizalign_lint.trend.figures import ALL
from bizalign_lint.trend.form import CauseForm, PointForm, TrendForm, ValueForm

_MOST_MOVED = 10
_MOST_LABELS = 6
"""The number of dates that fit below the columns on a phone."""


class Column(NamedTuple):
    """The column of one revision. Coordinates and sizes are in percent of the drawing."""

    x: float
    width: float
    parts: Sequence[tuple[str, float, float]]
    """Tone, top and height of each part, from the bottom."""
    said: str
    middle: float
    total: int
    """The number of findings."""
    label: str
    """The text below it; empty if there is no room."""


class Line(NamedTuple):
    """The line of one measure over all revisions."""

    title: str
    now: str
    change: float
    """The change since the first revision, in percentage points."""
    points: Sequence[str]
    """The points of each stretch of known values, for SVG, within 100 by 100."""
    said: str


class Moved(NamedTuple):
    """The measures moved on a day, and by what: a commit, or the passing of time."""

    day: str
    by: str
    measures: Sequence[str]


class History(NamedTuple):
    """The whole trend, drawn."""

    first: str
    last: str
    revisions: int
    columns: Sequence[Column]
    most: int
    """The number of findings of the highest column."""
    lines: Sequence[Line]
    still: Sequence[Line]
    """The measures that have not changed."""
    moved: Sequence[Moved]
    more: int
    is_shallow: bool


def read_history(content: bytes, name: str) -> TrendForm:
    """The trend in a JSON file, with whatever else a later release adds to the version.

    Raises UsageError if it holds none.
    """
    import jsonschema_rs

    hint = "create it with bizalign-lint trend --format json"
    try:
        value: TrendForm = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise UsageError(f"{name} is not valid JSON", hint=hint) from None
    (folder,) = _room
    form = _open(orjson.loads(Path(folder, "json.schema.json").read_bytes()))
    if not jsonschema_rs.validator_for(form).is_valid(value) or not value["points"]:
        raise UsageError(f"{name} is not a trend", hint=hint)
    return value


def _open(form: Any) -> Any:
    """A JSON Schema that says what has to be there, and lets other properties be there, too."""
    if isinstance(form, dict):
        return {
            key: _open(value)
            for key, value in form.items()
            if (key, value) != ("additionalProperties", False)
        }
    return [*map(_open, form)] if isinstance(form, list) else form


def draw(trend: TrendForm) -> History:
    """A trend, as ``read_history`` returns it, drawn."""
    points = trend["points"]
    titles = {one["measure"]: clean(one["title"]) for one in trend["measures"]}
    sums = [sum(_severities(point).values()) for point in points]
    most = max(sums)
    lines = [
        _line(titles[name], [point["values"].get(name) for point in points])
        for name in titles
        if any(isinstance(point["values"].get(name), dict) for point in points)
    ]
    moved = _moved(trend["causes"], titles)
    return History(
        first=day(points[0]["day"]),
        last=day(points[-1]["day"]),
        revisions=len(points),
        columns=[_column(point, at, len(points), most) for at, point in enumerate(points)],
        most=most,
        lines=sorted((line for line in lines if line.change), key=lambda line: line.change),
        still=[line for line in lines if not line.change],
        moved=moved[:_MOST_MOVED],
        more=max(0, len(moved) - _MOST_MOVED),
        is_shallow=trend["shallow"],
    )


def _severities(point: PointForm) -> dict[str, int]:
    """The number of findings of each severity at a revision."""
    return {
        severity.value: sum(counts.get(severity.value, 0) for counts in point["findings"].values())
        for severity in Severity
    }


def _column(point: PointForm, at: int, of: int, most: int) -> Column:
    counts = _severities(point)
    parts = []
    top = 100.0
    for severity in Severity:
        height = 100 * counts[severity.value] / most if most else 0
        top -= height
        parts.append((TONES[severity], round(top, 1), round(height, 1)))
    said = ", ".join(counted(count, name) for name, count in counts.items() if name != "info")
    name = clean(point["tag"] or point["commit"][:7])
    return Column(
        x=round(100 * at / of, 2),
        width=round(82 / of, 2),
        parts=[part for part in parts if part[2]],
        said=f"{day(point['day'])}, {name}: {said}",
        middle=round((100 * at + 41) / of, 2),
        total=sum(counts.values()),
        label="" if (of - 1 - at) % -(-of // _MOST_LABELS) else day(point["day"]).partition(" ")[2],
    )


def _line(title: str, values: Sequence[ValueForm]) -> Line:
    shares = [value["percent"] if isinstance(value, dict) else None for value in values]
    known = [share for share in shares if share is not None]
    stretches: list[list[str]] = [[]]
    for at, share in enumerate(shares):
        if share is None:
            stretches.append([])
            continue
        x = 100 * at / max(1, len(shares) - 1)
        stretches[-1].append(f"{round(x, 1)},{round(100 - share, 1)}")
    now = "not known" if shares[-1] is None else f"{shares[-1]:g} %"
    change = round(known[-1] - known[0], 1) if known else 0.0
    return Line(
        title=title,
        now=now,
        change=change,
        points=[" ".join(points) for points in stretches if points],
        said=f"{title}: {', '.join('not known' if s is None else f'{s:g} %' for s in shares)}",
    )


def _moved(causes: Sequence[CauseForm], titles: Mapping[str, str]) -> list[Moved]:
    """What moved measures, the latest first; the number of all findings is left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for cause in causes:
        if cause["measure"] in titles and cause["measure"] != ALL:
            before, after = _value(cause["before"]), _value(cause["after"])
            said = f"{titles[cause['measure']]}: {before} → {after}"
            found.setdefault((cause["day"], _by(cause)), []).append(said)
    return [Moved(on, by, measures) for (on, by), measures in found.items()][::-1]


def _by(cause: CauseForm) -> str:
    commit = cause["commit"]
    if commit is None:
        return "No commit: time has passed"
    if cause["commits"] > 1:
        return f"One of {cause['commits']} commits up to {commit['commit'][:7]}"
    return clean(f"{commit['commit'][:7]} {commit['subject']}")


def _value(value: ValueForm) -> str:
    if value is None:
        return "not known"
    if not isinstance(value, dict):
        return number(value)
    held = money(value["held"], value["unit"]) if value["unit"] else number(value["held"])
    return "nothing to count" if value["percent"] is None else f"{value['percent']:g} % ({held})"
