"""Trying an edit before it is offered: the findings after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bizalign_lint.core.types import Edit, Finding, Source, places
from bizalign_lint.fixes.apply import edited
from bizalign_lint.parsing.positions import lines

Judge = Callable[[Mapping[str, Source]], Sequence[Finding]]
"""Gives the findings of the whole workspace if some files had other content, by path."""


def fixes(finding: Finding, before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Whether a finding is resolved and no other is caused."""
    if finding.fingerprint in {found.fingerprint for found in places(after)}:
        return False
    # Findings are compared by rule and definition, as a count or value in a message may change.
    subject, now, then = (finding.rule, finding.entity), subjects(after), subjects(before)
    return now[subject] < then[subject] and not now - then


def subjects(findings: Iterable[Finding]) -> Counter[tuple[str, str | None]]:
    """The number of findings by rule and definition."""
    return Counter((found.rule, found.entity) for found in places(findings))


def changed(sources: Mapping[str, Source], edits: Sequence[Edit]) -> dict[str, Source]:
    """The files that edits change, with their new content, by path."""
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.location.path, []).append(edit)
    found: dict[str, Source] = {}
    for path, wanted in by_path.items():
        source = sources.get(path, Source(path, b""))
        found[path] = Source(path, edited(source.content, lines(source), wanted))
    return found
