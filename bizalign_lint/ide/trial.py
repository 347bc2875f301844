"""Trying an edit before it is offered: what would be found then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bizalign_lint.core.types import Edit, Finding, Source, places
from bizalign_lint.fixes.apply import edited
from bizalign_lint.parsing.positions import lines

Judge = Callable[[Mapping[str, Source]], Sequence[Finding]]
"""From files that are other than they are now to what would be found in the whole workspace."""


def fixes(finding: Finding, before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Whether a finding is gone, and no other one has come."""
    if finding.fingerprint in {found.fingerprint for found in places(after)}:
        return False
    # A message with a count in it is another one then, but no other finding; and one about another
    # value is the same.
    subject, now, then = (finding.rule, finding.entity), subjects(after), subjects(before)
    return now[subject] < then[subject] and not now - then


def subjects(findings: Iterable[Finding]) -> Counter[tuple[str, str | None]]:
    """How many findings each rule has of each definition."""
    return Counter((found.rule, found.entity) for found in places(findings))


def changed(sources: Mapping[str, Source], edits: Sequence[Edit]) -> dict[str, Source]:
    """The files that edits change, as they are then."""
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.location.path, []).append(edit)
    found: dict[str, Source] = {}
    for path, wanted in by_path.items():
        source = sources.get(path, Source(path, b""))
        found[path] = Source(path, edited(source.content, lines(source), wanted))
    return found
