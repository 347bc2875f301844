"""What could not be judged, and which facts would help most: the words for people."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.core.report import Gap, Report
from bizalign_lint.core.words import counted, plural

FIRST = 3
"""So many facts are reported where nobody has asked for all of them."""
HEADING = "NOT JUDGED, and what would help most"
_MOST_RULES = 4


def shown_gaps(report: Report, everything: bool) -> tuple[Gap, ...]:
    """The facts that a report reports."""
    return report.judged.gaps if everything else report.judged.gaps[:FIRST]


def rest(report: Report, everything: bool) -> str:
    """Where those are that are not reported for; empty where there are none."""
    more = len(report.judged.gaps) - len(shown_gaps(report, everything))
    found = f"… {more} more" if more else ""
    if others := report.judged.elsewhere:
        found += ", and " if found else "… and "
        found += f"{counted(others, 'fact')} about what has not changed"
    return f"{found}: bizalign-lint next" if found else ""


def fact(gap: Gap) -> str:
    """The fact, as one would write it."""
    return f"{gap.kind}: {gap.fact.replace('|', ' or ')}" if gap.fact else gap.kind


def extent(gap: Gap) -> str:
    """Of how many it is not known."""
    if not gap.fact or not gap.total:
        return "none in the model"
    return f"unknown for {len(gap.lacking):,} of {gap.total:,}"


def waiting(gap: Gap) -> str:
    """Which rules wait for it, and for how many verdicts."""
    rules = [rule for rule, _ in gap.waiting]
    named = " ".join(rules[:_MOST_RULES]) + (" …" if len(rules) > _MOST_RULES else "")
    return f"{named} {plural(len(rules), 'waits', 'wait')} {counted(gap.verdicts, 'time')}"


def outcome(report: Report) -> str:
    """What is said where nothing was found; empty where that is all there is to say."""
    judged = report.judged
    if report.unread:
        return f"No findings, but {counted(len(report.unread), 'file')} cannot be read"
    if not judged.gaps and not judged.elsewhere:
        alone = not report.linked and report.documents > 1
        return "No findings, but no definition refers to another" if alone else ""
    if report.since is not None:
        return "No findings"
    waiting = plural(len(judged.waiting), "1 rule waits", f"{len(judged.waiting)} rules wait")
    return (
        f"No findings, but {waiting} for facts about {judged.definitions:,} of "
        f"{counted(report.documents, 'definition')}"
    )


def rows(gaps: tuple[Gap, ...]) -> Iterator[tuple[str, str, str]]:
    """The facts as a table: the fact, its extent, what waits for it."""
    for gap in gaps:
        yield fact(gap), extent(gap), waiting(gap)
