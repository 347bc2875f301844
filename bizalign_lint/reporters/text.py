"""For people: each finding with its source, then what there is of each guideline."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from bizalign_lint.core.report import BASELINE, Coverage, Report
from bizalign_lint.core.types import Finding, Location, Severity, places
from bizalign_lint.reporters import judged
from bizalign_lint.reporters.glyphs import clean, width
from bizalign_lint.reporters.measures import asked, parts
from bizalign_lint.reporters.snippet import snippet
from bizalign_lint.reporters.view import View, counted


def render(report: Report, view: View) -> Iterator[str]:
    """The report as text, a finding at a time."""
    for finding in report.findings:
        yield _headline(finding, view) + "\n"
        if not view.quiet:
            yield "".join(f"{line}\n" for line in _details(finding, report, view)) + "\n"
    if view.show_suppressed:
        yield from _suppressed(report, view)
    if view.statistics and report.findings:
        yield from _by_rule(report, view)
    yield from _coverage(report, view)
    if not view.quiet:
        if report.findings:
            yield from _by_guideline(report, view)
        yield from _not_judged(report, view)
        yield _total(report, view) + "\n"
        if hint := _fixable(report):
            yield view.style("help", hint) + "\n"


def _place(location: Location, view: View) -> str:
    return f"{clean(view.path(location.path))}:{location.span.line}:{location.span.column}"


def _headline(finding: Finding, view: View) -> str:
    place = view.style("strong", _place(finding.location, view))
    label = view.style.severity(finding.severity, f"{finding.severity}[{finding.rule}]")
    mark = view.style("help", " [*]") if finding.fix is not None and finding.fix.safe else ""
    return f"{place}: {label}{mark} {clean(finding.message)}"


def _suppressed(report: Report, view: View) -> Iterator[str]:
    """A line for each finding that somebody has accepted, with who says so, and why."""
    for entry in report.suppressed:
        place = view.style("strong", _place(entry.finding.location, view))
        label = view.style("faint", f"suppressed[{entry.finding.rule}]")
        why = clean(entry.reason) or "no reason is given"
        until = f", until {clean(entry.until)}" if entry.until else ""
        yield f"{place}: {label} {clean(entry.finding.message)} ({entry.by}: {why}{until})\n"
    if report.suppressed:
        yield "\n"


def _details(finding: Finding, report: Report, view: View) -> Iterator[str]:
    """What stands below a finding's first line."""
    places = [finding.location, *(related.location for related in finding.related)]
    gutter = max(len(str(place.span.line)) for place in places)
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
        yield f"{arrow} {_place(related.location, view)}: {clean(related.message)}"
        shown = show(related.location, "related", "-")
        yield from shown
    if finding.help:
        if shown:
            yield bar
        yield from _help(finding.help, gutter, view)


def _help(text: str, gutter: int, view: View) -> Iterator[str]:
    lead = f"{'':{gutter}} = "
    label = "help: "
    for number, line in enumerate(_wrapped(text, len(lead) + len(label), max(view.width, 40))):
        if number:
            yield line
        else:
            yield view.style("gutter", lead) + view.style("help", label) + line.lstrip()


@lru_cache
def _wrapped(text: str, indent: int, width: int) -> list[str]:
    """The lines of a help text; many findings have the same."""
    space = " " * indent
    return textwrap.wrap(
        clean(text),
        width,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _by_rule(report: Report, view: View) -> Iterator[str]:
    counts = Counter((finding.rule, finding.name, finding.severity) for finding in report.findings)
    digits = len(str(max(counts.values())))
    for (rule, name, severity), count in sorted(counts.items(), key=lambda e: (-e[1], e[0])):
        label = view.style.severity(severity, f"{severity}[{rule}]")
        yield f"{count:{digits}}  {label}{'':{7 - len(severity)}}  {name}\n"
    yield "\n"


def _by_guideline(report: Report, view: View) -> Iterator[str]:
    """A table: a line for each guideline that has findings, a column for each severity."""
    counts = Counter((finding.guideline, finding.severity) for finding in report.findings)
    found = {guideline for guideline, _ in counts}
    titles = {guideline.id: clean(guideline.title) for guideline in report.guidelines}
    order = [guideline for guideline in titles if guideline in found]
    order += sorted(found - set(order))
    room = max(width(titles.get(guideline, guideline)) for guideline in order)
    yield view.style("faint", f"{'':{room}}  {'errors':>8}{'warnings':>10}{'info':>6}") + "\n"
    for guideline in order:
        title = titles.get(guideline, guideline)
        line = title + " " * (room - width(title)) + "  "
        for severity, columns in zip(Severity, (8, 10, 6), strict=True):
            count = counts[guideline, severity]
            line += " " * (columns - len(str(count or "-")))
            line += view.style.severity(severity, str(count)) if count else view.style("faint", "-")
        yield line + "\n"
    yield "\n"


def _coverage(report: Report, view: View) -> Iterator[str]:
    """A line for each measure; without ``--coverage``, only for those that are too low."""
    titles = {guideline.id: clean(guideline.title) for guideline in report.guidelines}
    shown = [
        measure
        for measure in report.coverage
        if measure.fails or measure.unmeasurable or (view.coverage and not view.quiet)
    ]
    room = max((len(f"{n:,}") for measure in shown for n in parts(measure)), default=0)
    room = max(room, len("unknown"))
    told = ""
    for measure in shown:
        if measure.guideline != told:
            told = measure.guideline
            heading = f"{titles.get(told, told)}: coverage"
            yield view.style("strong", heading) + " " * (_BAR + 11 - width(heading))
            columns = "".join(f"  {name:>{room}}" for name in ("held", "broken", "unknown"))
            yield view.style("faint", columns) + "\n"
        yield f"{_measure(measure, room, view)}\n"
    if told:
        yield "\n"


def _measure(measure: Coverage, room: int, view: View) -> str:
    percent = measure.percent
    share = "      –" if percent is None else f"{percent:5.1f} %"
    figures = "".join(f"  {n:>{room},}" for n in parts(measure))
    title = f"{measure.title} ({measure.unit})" if measure.unit else measure.title
    line = f"  {_bar(measure, view)} {share}{figures}  {clean(title)}"
    if remark := asked(measure):
        line += view.style("error" if measure.fails else "faint", f" ({remark})")
    return line


_BAR = 20


def _bar(measure: Coverage, view: View) -> str:
    """What conforms, what is not known, what does not conform."""
    total = measure.total
    held = int(measure.held / total * _BAR) if total else 0
    unknown = math.ceil(measure.unknown / total * _BAR) if total else 0
    unknown = min(unknown, _BAR - held)
    role = "error" if measure.fails else "help" if held == _BAR else "faint"
    return (
        view.style(role, "█" * held)
        + view.style("faint", "?" * unknown)
        + view.style("faint", "░" * (_BAR - held - unknown))
    )


def _not_judged(report: Report, view: View) -> Iterator[str]:
    """The facts without which rules wait: those that most wait for, or all."""
    rows = [tuple(map(clean, row)) for row in judged.rows(judged.told(report, view.verbose))]
    if not rows:
        return
    yield view.style("strong", judged.HEADING) + "\n"
    first, second = (max(width(row[column]) for row in rows) for column in (0, 1))
    for fact, extent, waiting in rows:
        yield f"  {fact}{'':{first - width(fact)}}  {extent}{'':{second - width(extent)}}  "
        yield view.style("faint", waiting) + "\n"
    if more := judged.rest(report, view.verbose):
        yield f"  {view.style('faint', more)}\n"
    yield "\n"


def _total(report: Report, view: View) -> str:
    counts = Counter(finding.severity for finding in report.findings)
    parts = [
        view.style.severity(severity, _of_severity(counts[severity], severity))
        for severity in Severity
        if counts[severity]
    ]
    found = ", ".join(parts)
    if not parts:
        found = judged.outcome(report) or view.style("help", "All aligned") + ": no findings"
    if report.since is not None:
        found += f" new since {clean(report.since.revision)}"
    holding = report.files - len(report.left_alone)
    files, definitions = counted(holding, "file"), counted(report.documents, "definition")
    where = f"{definitions} in {files}"
    if view.only is not None:
        where = f"{_listed(view)} ({where} read)"
    line = f"{found} · {where} · {report.judged.rules} of {counted(len(report.rules), 'rule')} "
    line += f"could judge · as of {report.as_of}"
    known = sum(suppressed.by == BASELINE for suppressed in report.suppressed)
    if len(report.suppressed) > known:
        line += f"; {len(report.suppressed) - known} suppressed"
    if known:
        line += f"; {known} in the baseline"
    if report.since is not None:
        line += f"; {report.since.known} known before, {report.since.fixed} fixed"
    if view.elapsed is not None:
        line += f", in {view.elapsed:.2f} s"
    return line


def _fixable(report: Report) -> str:
    """How many findings mend themselves; empty when none does."""
    fixes = [place.fix for place in places(report.findings) if place.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    parts = [f"{counted(safe, 'finding')} can be fixed with --fix"] if safe else []
    if more := len(fixes) - safe:
        number = f"{more:,} more" if safe else f"{counted(more, 'finding')} can be fixed"
        parts.append(f"{number} with --fix --unsafe-fixes")
    return ", ".join(parts)


def _listed(view: View) -> str:
    """What the report is about, in a few words."""
    paths = [clean(view.path(path)) for path in view.only or ()]
    return ", ".join(paths) if len(paths) <= 3 else f"{paths[0]} and {len(paths) - 1} more"


def _of_severity(number: int, severity: Severity) -> str:
    return f"{number:,} info" if severity is Severity.INFO else counted(number, severity.value)
