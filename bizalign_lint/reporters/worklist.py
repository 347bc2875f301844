"""The facts that would help most, as a list of work: who has to write down what of which."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from bizalign_lint.core.report import Gap, Lacking
from bizalign_lint.core.types import Location
from bizalign_lint.core.words import counted
from bizalign_lint.reporters.glyphs import clean, width
from bizalign_lint.reporters.json import document, gap_value
from bizalign_lint.reporters.judged import extent, fact, waiting
from bizalign_lint.reporters.markdown import code, escape
from bizalign_lint.reporters.view import View

FORMATS = ("text", "markdown", "csv", "json")
NOBODY = "nobody is responsible"
VERSION = 1


class Worklist(NamedTuple):
    """What there is to do."""

    gaps: Sequence[Gap]
    locate: Callable[[Lacking], Location | None]
    """Where a definition is."""


def renderer(format_: str) -> Callable[[Worklist, View], Iterator[str]]:
    """The function that writes a worklist in a format."""
    return {"text": _text, "markdown": _markdown, "csv": _csv, "json": _json}[format_]


def _by_owner(gap: Gap) -> Iterator[tuple[str | None, list[Lacking]]]:
    """The definitions by who is responsible for them: whoever unlocks most first, nobody last."""
    most: dict[str | None, int] = {}
    for one in gap.lacking:
        most[one.owner] = most.get(one.owner, 0) + one.verdicts
    ranked = sorted(
        gap.lacking, key=lambda one: (one.owner is None, -most[one.owner], one.owner or "")
    )
    for owner, those in groupby(ranked, key=lambda one: one.owner):
        yield owner, [*those]


def _text(list_: Worklist, view: View) -> Iterator[str]:
    for gap in list_.gaps:
        yield view.style("strong", clean(fact(gap))) + f"  {extent(gap)}  "
        yield view.style("faint", waiting(gap)) + "\n"
        for owner, those in _by_owner(gap):
            yield f"  {view.style('help', clean(owner) if owner else NOBODY)}\n"
            places = [_place(list_, one, view) for one in those]
            room = max(map(width, places))
            for one, place in zip(those, places, strict=True):
                yield f"    {place}{'':{room - width(place)}}  {clean(one.title)}"
                yield view.style("faint", f"  {' '.join(one.rules)}") + "\n"
        yield "\n"
    yield _total(list_.gaps) + "\n"


def _total(gaps: Sequence[Gap]) -> str:
    if not gaps:
        return "Nothing to add: every rule has the facts it needs"
    definitions = {one.reference for gap in gaps for one in gap.lacking}
    verdicts = sum(gap.verdicts for gap in gaps)
    return (
        f"{counted(len(gaps), 'fact')} to add, about {counted(len(definitions), 'definition')}, "
        f"for {counted(verdicts, 'more verdict')}"
    )


def _place(list_: Worklist, one: Lacking, view: View) -> str:
    location = list_.locate(one)
    if location is None:
        return clean(view.path(one.path))
    return f"{clean(view.path(location.path))}:{location.span.line}:{location.span.column}"


def _markdown(list_: Worklist, view: View) -> Iterator[str]:
    yield f"### What would help most\n\n{_total(list_.gaps)}.\n"
    for gap in list_.gaps:
        yield f"\n#### {escape(fact(gap))}: {escape(extent(gap))}\n\n{escape(waiting(gap))}\n"
        for owner, those in _by_owner(gap):
            yield f"\n**{escape(owner) if owner else NOBODY}**\n\n"
            for one in those:
                place = code(_place(list_, one, view))
                yield f"- [ ] {escape(one.title)} (`{place}`)\n"


def _csv(list_: Worklist, view: View) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ("kind", "property", "owner", "entity", "title", "path", "line", "rules", "verdicts")
    )
    for gap in list_.gaps:
        if not gap.lacking:
            rules = " ".join(rule for rule, _ in gap.waiting)
            writer.writerow((gap.kind, gap.fact, "", "", "", "", "", rules, gap.verdicts))
        for one in gap.lacking:
            location = list_.locate(one)
            line = "" if location is None else location.span.line
            said = (one.owner or "", one.reference, one.title, view.path(one.path), line)
            row = (gap.kind, gap.fact, *said, " ".join(one.rules), one.verdicts)
            writer.writerow(harmless(value) for value in row)
    yield text.getvalue()


def harmless(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _json(list_: Worklist, view: View) -> Iterator[str]:
    value = {
        "root": view.path(),
        "missing": [gap_value(gap) for gap in list_.gaps],
    }
    yield document(VERSION, value)
