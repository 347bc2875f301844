"""A finding as text: in full with its source, or in a few lines among many."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import lru_cache

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Finding, Location
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.snippet import snippet
from bizalign_lint.reporters.view import View

_NARROWEST = 40


def place(location: Location, view: View) -> str:
    """A place as terminals and editors open it."""
    return f"{clean(view.path(location.path))}:{location.span.line}:{location.span.column}"


def mark(finding: Finding) -> str:
    """What says that a finding can be fixed without asking."""
    return " [*]" if finding.fix is not None and finding.fix.safe else ""


def headline(finding: Finding, view: View) -> str:
    """``path:line:column: severity[RULE] message``."""
    at = view.style("strong", place(finding.location, view))
    label = view.style.severity(finding.severity, f"{finding.severity}[{finding.rule}]")
    return f"{at}: {label}{view.style('help', mark(finding))} {clean(finding.message)}"


def details(finding: Finding, help_: str, report: Report, view: View) -> Iterator[str]:
    """What is below a finding's first line when it is reported in full."""
    locations = [finding.location, *(related.location for related in finding.related)]
    gutter = max(len(str(location.span.line)) for location in locations)
    bar = view.style("gutter", f"{'':{gutter}} |")

    def show(location: Location, role: str, mark: str) -> list[str]:
        lines = report.lines(location.path)
        return snippet(lines, location.span, gutter, view.width, view.style, role, mark)

    shown = show(finding.location, finding.severity.value, "^")
    yield from shown
    for related in finding.related:
        if shown:
            yield bar
        arrow = view.style("gutter", f"{'':{gutter}}:::")
        yield f"{arrow} {place(related.location, view)}: {clean(related.message)}"
        shown = show(related.location, "related", "-")
        yield from shown
    if help_:
        if shown:
            yield bar
        lead, label = f"{'':{gutter}} = ", "help: "
        first, *more = wrapped(help_, len(lead) + len(label), view)
        yield view.style("gutter", lead) + view.style("help", label) + first.lstrip()
        yield from more


def alone(finding: Finding, view: View) -> Iterator[str]:
    """The only finding of its rule, among many: what is wrong, and where."""
    label = f"{finding.severity}[{finding.rule}]"
    first, *more = wrapped(f"{label}{mark(finding)} {finding.message}", 0, view, hanging=4)
    yield view.style.severity(finding.severity, label) + first.strip().removeprefix(label)
    yield from more
    yield f"    {view.style('strong', place(finding.location, view))}"
    yield from _further(finding, view)


def among(finding: Finding, view: View, label: str = "") -> Iterator[str]:
    """One of several findings below a heading; ``label`` says severity and rule."""
    at = place(finding.location, view)
    text = f"{label}{mark(finding)} {clean(finding.message)}".strip()
    strong, colored = view.style("strong", at), view.style.severity(finding.severity, label)
    if len(at) * 3 > view.width and len(at) + len(text) + 6 > view.width:
        first, *more = wrapped(text, 6, view)
        yield f"    {strong}:"
        yield "      " + colored + first.strip().removeprefix(label)
    else:
        first, *more = wrapped(f"{at}: {text}", 4, view, hanging=4)
        yield f"    {strong}: " + colored + first.strip().removeprefix(f"{at}: {label}")
    yield from more
    yield from _further(finding, view)


def _further(finding: Finding, view: View) -> Iterator[str]:
    """Where else a finding occurs, and what it refers to; only where everything is reported."""
    if not view.everything:
        return
    for occurrence in finding.occurrences[1:]:
        yield f"      {place(occurrence.location, view)}: {clean(occurrence.message)}"
    for related in finding.related:
        yield f"      {place(related.location, view)}: {clean(related.message)}"


def wrapped(text: str, indent: int, view: View, hanging: int = 0) -> list[str]:
    """The lines of a text that fit, each indented; those after the first by ``hanging`` more."""
    return _wrapped(text, indent, hanging, max(view.width, _NARROWEST))


@lru_cache
def _wrapped(text: str, indent: int, hanging: int, width: int) -> list[str]:
    """The same, remembered: many findings have the same help."""
    return textwrap.wrap(
        clean(text),
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
