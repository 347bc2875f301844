"""Markdown, for a comment on a pull request or the summary of a job."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bizalign_lint.core.report import Coverage, Report
from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.core.words import counted
from bizalign_lint.reporters import judged
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.grouping import (
    FEW,
    KEYS,
    Group,
    by_key,
    by_number,
    by_rule,
    others,
    rest,
    shown,
)
from bizalign_lint.reporters.hints import hint
from bizalign_lint.reporters.measures import asked, parts
from bizalign_lint.reporters.view import View

LONGEST = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""

_SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
_SECTIONS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Info"}
_MOST = 500
"""Characters of a text that are shown."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&$])")
_ACTS = re.compile(r"(?<=@)(?=\w)|(?<=[#!])(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
"""Where what would notify somebody, or become a link, begins to be more than text."""
_JOINER = "\u2060"
"""Takes up no room, and parts what must not be read as one."""


def render(report: Report, view: View) -> Iterator[str]:
    """The report as Markdown, cut short before it is too long to be posted."""
    return cut_short(_pieces(report, view), "check")


def cut_short(pieces: Iterable[str], command: str) -> Iterator[str]:
    """As much of a text as can be posted; ``command`` shows all of it."""
    more = f"\n… and more; run `bizalign-lint {command}` to see all of it.\n"
    room = LONGEST - len(more)
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            yield more
            return
        yield piece


def _pieces(report: Report, view: View) -> Iterator[str]:
    counts = Counter(finding.severity for finding in report.findings)
    told = ", ".join(
        f"{_SIGNS[severity]} {counts[severity]} {severity.value}"
        + ("s" if counts[severity] != 1 and severity is not Severity.INFO else "")
        for severity in Severity
        if counts[severity]
    )
    since = "" if report.since is None else f" new since {escape(report.since.revision)}"
    told = told or view.not_shown() or escape(judged.outcome(report)) or "✅ all aligned"
    yield f"### bizalign-lint: {told}{since if counts else ''}\n\n"
    holding = report.files - len(report.without_definitions)
    where = f"{counted(report.documents, 'definition')} in {counted(holding, 'file')}, "
    where += f"{report.judged.rules} of {counted(len(report.rules), 'rule')} could judge"
    yield f"{where}, as of {report.as_of}"
    if report.since is not None:
        yield f"; since {escape(report.since.revision)} {report.since.fixed} fixed"
        yield f", {report.since.known} known before"
    if report.suppressed:
        yield f"; {len(report.suppressed)} suppressed"
    yield f"; {view.not_shown()}.\n" if counts and view.hidden else ".\n"
    if report.since is not None and report.since.ahead:
        yield "\n#### Ahead\n\n"
        yield from (f"- {escape(line)}\n" for line in report.since.ahead)
    if report.since is not None and report.since.loosened:
        yield "\n#### ⚠️ This change loosens its own check\n\n"
        yield from (f"- {escape(line)}\n" for line in report.since.loosened)
    if view.group_by == KEYS[0]:
        yield from _by_rule(report, view)
    else:
        yield from _by_key(report, view)
    if len(report.findings) > FEW:
        yield from _counts(report)
    measures = [m for m in report.coverage if view.coverage or m.fails or m.unmeasurable]
    if measures:
        yield "\n#### Alignment coverage\n\n| measure | share | held | broken | unknown | |\n"
        yield "| --- | ---: | ---: | ---: | ---: | --- |\n"
        yield from map(_measure, measures)
    yield from _not_judged(report, view)
    if step := hint(report, view):
        yield f"\n{escape(step)}\n"


def _by_rule(report: Report, view: View) -> Iterator[str]:
    """The places of each rule below what is wrong, and what to do about it."""
    section: Severity | None = None
    for group in by_rule(report):
        first = group.findings[0]
        if group.severity is not section:
            section = group.severity
            yield f"\n#### {_SIGNS[section]} {_SECTIONS[section]}\n"
        wrong = group.title if len(group.findings) > 1 else first.message
        count = f" · {len(group.findings):,}" if len(group.findings) > 1 else ""
        yield f"\n**{first.rule}** {escape(wrong)}{count}\n\n"
        for finding in shown(group, view):
            said = f" {escape(finding.message)}" if count else ""
            yield f"- {_place(finding, view)}{said}\n"
        yield _rest(group, view)
        if first.help:
            yield f"\n{escape(first.help)}\n"


def _by_key(report: Report, view: View) -> Iterator[str]:
    """The findings of each owner, file or cause."""
    for group in by_key(report, view):
        yield f"\n#### {escape(group.title)}\n\n"
        for finding in shown(group, view):
            what = f"{_SIGNS[finding.severity]} **{finding.rule}** {escape(finding.message)}"
            yield f"- {what} {_place(finding, view)}\n"
        yield _rest(group, view)


def _counts(report: Report) -> Iterator[str]:
    """The rules that have several findings."""
    told, once = by_number(report, 2)
    if told:
        yield "\n#### By rule\n\n| findings | | rule |\n| ---: | --- | --- |\n"
        for rule in told:
            yield f"| {rule.number:,} | {_SIGNS[rule.severity]} {rule.id} | {escape(rule.name)} |\n"
        if once:
            yield f"| 1 | | {others(once)} |\n"


def _rest(group: Group, view: View) -> str:
    more = rest(group, view)
    return f"- … and {more:,} more (`--all`)\n" if more else ""


def _place(finding: Finding, view: View) -> str:
    span = finding.location.span
    return f"`{code(f'{view.path(finding.location.path)}:{span.line}')}`"


def _not_judged(report: Report, view: View) -> Iterator[str]:
    """The facts without which rules wait."""
    gaps = judged.shown_gaps(report, view.verbose)
    if gaps:
        yield "\n#### Not judged, and what would help most\n\n"
        yield "| fact | | waiting |\n| --- | --- | --- |\n"
        for row in judged.rows(gaps):
            yield f"| {' | '.join(map(escape, row))} |\n"
        if more := judged.rest(report, view.verbose):
            yield f"\n{escape(more)}\n"


def _measure(measure: Coverage) -> str:
    share = "–" if measure.percent is None else f"{measure.percent:.1f} %"
    remark = asked(measure)
    told = f"🔴 {remark}" if measure.fails else remark
    title = f"{measure.title} ({measure.unit})" if measure.unit else measure.title
    figures = " | ".join(f"{n:,}" for n in parts(measure))
    return f"| {escape(title)} | {share} | {figures} | {told} |\n"


def escape(text: str) -> str:
    """A text that means nothing to Markdown."""
    return _ACTS.sub(_JOINER, _SPECIAL.sub(r"\\\1", clean(" ".join(cut(text).split()))))


def cut(text: str) -> str:
    """As much of a text as anybody reads in a table."""
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def code(text: str) -> str:
    """A text to be between backticks in a table."""
    text = clean(cut(text)).replace("`", "'")
    # A backslash before the escaped bar would take it out of the escape.
    return text.replace("|", "¦" if "\\" in text else "\\|")
