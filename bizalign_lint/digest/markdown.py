"""Digests as Markdown, for a mail, a ticket or a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bizalign_lint.core.types import Finding, Severity
from bizalign_lint.core.words import counted
from bizalign_lint.digest.levels import Level, reached
from bizalign_lint.digest.make import Digest, Digests
from bizalign_lint.digest.words import NOBODY, level, severities
from bizalign_lint.forecast.outlook import Event
from bizalign_lint.forecast.words import Campaign, way
from bizalign_lint.reporters.judged import fact
from bizalign_lint.reporters.markdown import code, escape
from bizalign_lint.reporters.view import View

_MOST = 50
"""The largest number of findings, of coming findings and of facts that is listed."""


def render(digests: Digests, view: View) -> Iterator[str]:
    """The digests as Markdown, a section for each owner."""
    for number, digest in enumerate(digests.digests):
        yield "\n" if number else ""
        yield from _digest(digest, digests, view)


def _digest(digest: Digest, digests: Digests, view: View) -> Iterator[str]:
    title = escape(digest.owner.title) if digest.owner else NOBODY
    counts = Counter(finding.severity for finding in digest.report.findings)
    yield f"## {title}\n\n"
    yield f"{counted(digest.definitions, 'definition')}: {severities(counts)}, as of "
    yield f"{digests.since}. {level(reached(digest.levels))}.\n\n"
    yield "| profile | met | broken | unknown | share |\n| --- | ---: | ---: | ---: | ---: |\n"
    yield from map(_level, digest.levels)
    yield from _findings(digest, view)
    if digest.coming:
        yield f"\n### Until {digests.until}, if nothing is done\n\n"
        yield from map(_event, digest.coming[:_MOST])
        yield _rest(len(digest.coming), "forecast", digest)
    if digest.campaigns:
        yield "\n### Becoming more severe\n\n"
        yield from map(_campaign, digest.campaigns)
    if digest.report.judged.gaps:
        yield from _facts(digest, view)


def _level(one: Level) -> str:
    share = "–" if one.percent is None else f"{one.percent:.1f} %"
    sign = "✅ " if one.is_reached else ""
    return f"| {sign}{one.profile} | {one.met} | {one.broken} | {one.unknown} | {share} |\n"


def _findings(digest: Digest, view: View) -> Iterator[str]:
    findings = sorted(digest.report.findings, key=lambda finding: finding.severity.rank)
    if not findings:
        return
    yield "\n### Findings\n\n"
    for finding in findings[:_MOST]:
        yield f"- {_said(finding)} `{_place(finding, view)}`\n"
    yield _rest(len(findings), "check", digest)


def _said(finding: Finding) -> str:
    sign = {Severity.ERROR: "🔴", Severity.WARNING: "🟠", Severity.INFO: "🔵"}[finding.severity]
    return f"{sign} **{finding.rule}** {escape(finding.message)}"


def _place(finding: Finding, view: View) -> str:
    return code(f"{view.path(finding.location.path)}:{finding.location.span.line}")


def _event(event: Event) -> str:
    lapse = " (if nobody acts)" if event.lapse else ""
    why = way(event)
    reason = f": {escape(why)}" if why else ""
    return f"- {event.first} {_said(event.finding)}{lapse}{reason}\n"


def _campaign(one: Campaign) -> str:
    many = counted(one.number, "finding")
    return f"- {one.day} **{one.rule}** {one.name}: {one.severity} instead of {one.was} ({many})\n"


def _facts(digest: Digest, view: View) -> Iterator[str]:
    yield "\n### Facts to write down\n\n"
    rows = [(gap, one) for gap in digest.report.judged.gaps for one in gap.lacking]
    for gap, one in rows[:_MOST]:
        rules = " ".join(one.rules)
        place = code(view.path(one.path))
        yield f"- [ ] {escape(fact(gap))} of {escape(one.title)}, for {rules} `{place}`\n"
    yield _rest(len(rows), "next", digest)


def _rest(number: int, command: str, digest: Digest) -> str:
    """The line that says how many are not listed, and which command lists them."""
    if number <= _MOST:
        return ""
    whose = f" --owner {digest.owner.name}" if digest.owner else ""
    return f"- … and {number - _MOST:,} more: `bizalign-lint {command}{code(whose)}`\n"
