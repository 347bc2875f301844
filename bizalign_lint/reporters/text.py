"""For people: few findings in full, many by rule; then sums, what was not judged, the next step."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bizalign_lint.core.report import BASELINE, Coverage, Report
from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted, first_of
from bizalign_lint.reporters import judged
from bizalign_lint.reporters.finding import alone, among, details, headline, place, wrapped
from bizalign_lint.reporters.glyphs import clean, width
from bizalign_lint.reporters.grouping import (
    FEW,
    KEYS,
    Group,
    by_key,
    by_number,
    by_rule,
    others,
    rest,
    severities,
    shown,
)
from bizalign_lint.reporters.hints import hint
from bizalign_lint.reporters.measures import asked, parts
from bizalign_lint.reporters.view import View

_SECTIONS = {Severity.ERROR: "ERRORS", Severity.WARNING: "WARNINGS", Severity.INFO: "INFO"}


def render(report: Report, view: View) -> Iterator[str]:
    """The report as text, piece by piece; if quiet, one line for each finding."""
    many = len(report.findings) > FEW
    if view.quiet:
        yield from (f"{headline(finding, view)}\n" for finding in report.findings)
    elif view.group_by != KEYS[0]:
        yield from _by_key(report, view)
    else:
        yield from _by_rule(report, view) if many else _in_full(report, view)
    if view.show_suppressed:
        yield from _suppressed(report, view)
    if report.findings and (view.statistics or (many and not view.quiet)):
        yield from _counts(report, view)
    yield from _coverage(report, view)
    if not view.quiet:
        yield from _ahead(report, view)
        yield from _not_judged(report, view)
        yield _total(report, view) + "\n"
        if step := hint(report, view):
            yield view.style("help", step) + "\n"


def _ahead(report: Report, view: View) -> Iterator[str]:
    """What a change brings forward or puts off."""
    if report.since is not None and report.since.ahead:
        yield view.style("strong", "Ahead") + "\n"
        yield from (f"  {clean(line)}\n" for line in report.since.ahead)
        yield "\n"


def _suppressed(report: Report, view: View) -> Iterator[str]:
    """A line for each finding that somebody has accepted, with who says so, and why."""
    for entry in report.suppressed:
        at = view.style("strong", place(entry.finding.location, view))
        label = view.style("faint", f"suppressed[{entry.finding.rule}]")
        why = clean(entry.reason) or "no reason is given"
        until = f", until {clean(entry.until)}" if entry.until else ""
        yield f"{at}: {label} {clean(entry.finding.message)} ({entry.by}: {why}{until})\n"
    if report.suppressed:
        yield "\n"


def _in_full(report: Report, view: View) -> Iterator[str]:
    """Few findings: each with its source, the help of each rule once."""
    for group in by_rule(report):
        for number, finding in enumerate(group.findings, 1):
            help_ = finding.help if number == len(group.findings) else ""
            yield headline(finding, view) + "\n"
            lines = details(finding, help_, report, view)
            yield "".join(f"{line}\n" for line in lines) + "\n"


def _by_rule(report: Report, view: View) -> Iterator[str]:
    """Many findings: below a heading the first places of each rule, and its help."""
    section = ""
    for group in by_rule(report):
        if _SECTIONS[group.severity] != section:
            section = _SECTIONS[group.severity]
            yield view.style("strong", section) + "\n\n"
        first = group.findings[0]
        if len(group.findings) == 1:
            lines = [*alone(first, view)]
        else:
            lines = [*_heading(group, view), *_members(group, view)]
        lines += wrapped(first.help, 4, view) if first.help else ()
        yield "".join(f"{line}\n" for line in lines) + "\n"


def _by_key(report: Report, view: View) -> Iterator[str]:
    """Below a heading the most severe findings of each owner, file or cause."""
    for group in by_key(report, view):
        counts = ", ".join(
            view.style.severity(severity, words) for severity, words in severities(group.findings)
        )
        lines = [f"{view.style('strong', clean(group.title))} · {counts}"]
        lines += _members(group, view, label=True)
        yield "".join(f"{line}\n" for line in lines) + "\n"


def _heading(group: Group, view: View) -> Iterator[str]:
    """What a rule has found several times, and how often."""
    label = f"{group.severity}[{group.findings[0].rule}]"
    text = f"{label} {group.title} · {len(group.findings):,}"
    first, *more = wrapped(text, 0, view, hanging=4)
    yield view.style.severity(group.severity, label) + first.removeprefix(label)
    yield from more


def _members(group: Group, view: View, label: bool = False) -> Iterator[str]:
    for finding in shown(group, view):
        yield from among(finding, view, f"{finding.severity}[{finding.rule}]" if label else "")
    if more := rest(group, view):
        yield "    " + view.style("faint", f"… and {more:,} more (--all)")


def _counts(report: Report, view: View) -> Iterator[str]:
    """How many findings each rule has; where nobody asks for it, of those that have several."""
    told, once = by_number(report, 1 if view.statistics else 2)
    if not told:
        return
    digits = len(f"{told[0].number:,}")
    for rule in told:
        label = view.style.severity(rule.severity, f"{rule.severity}[{rule.id}]")
        padding = " " * (7 - len(rule.severity))
        yield f"{rule.number:{digits},}  {label}{padding}  {rule.name}\n"
    if once:
        yield f"{1:{digits}}  {view.style('faint', others(once))}\n"
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
    rows = [tuple(map(clean, row)) for row in judged.rows(judged.shown_gaps(report, view.verbose))]
    more = judged.rest(report, view.verbose)
    if not rows and not more:
        return
    yield view.style("strong", judged.HEADING) + "\n"
    first, second = (max((width(row[at]) for row in rows), default=0) for at in (0, 1))
    for fact, extent, waiting in rows:
        yield f"  {fact}{'':{first - width(fact)}}  {extent}{'':{second - width(extent)}}  "
        yield view.style("faint", waiting) + "\n"
    if more:
        yield f"  {view.style('faint', more)}\n"
    yield "\n"


def _total(report: Report, view: View) -> str:
    found = ", ".join(
        view.style.severity(severity, words) for severity, words in severities(report.findings)
    )
    if not found:
        found = view.style("help", "All aligned") + ": no findings"
        found = view.not_shown() or judged.outcome(report) or found
    if report.since is not None:
        new = f" new since {clean(report.since.revision)}"
        begin, but, rest = found.partition(", but ")
        found = f"{begin}{new}{but}{rest}"
    holding = report.files - len(report.without_definitions)
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
    if report.findings and view.hidden:
        line += f"; {view.not_shown()}"
    if view.elapsed is not None:
        line += f", in {view.elapsed:.2f} s"
    return line


def _listed(view: View) -> str:
    """What the report is about, in a few words."""
    paths = [clean(view.path(path)) for path in view.only or ()]
    return first_of(paths, 3 if len(paths) <= 3 else 1)
