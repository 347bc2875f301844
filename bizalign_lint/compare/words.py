"""Wording that the formats of a difference share."""

from __future__ import annotations

from collections import Counter

from bizalign_lint.compare.changes import Change, ChangeType, CoverageChange, Difference
from bizalign_lint.core.report import Coverage


def value(change: Change) -> str:
    """The property with its old and new value; empty if the whole node was added or removed."""
    if change.before is None or change.after is None:
        return ""
    return f"{change.property}: {change.before} → {change.after}"


def share(measure: Coverage) -> str:
    """The outcome of a measure in words: the percentage and the numbers."""
    percent = "–" if measure.percent is None else f"{measure.percent:.1f} %"
    of = f"{measure.held:,} of {measure.total:,} {measure.unit}".rstrip()
    unknown = f", {measure.unknown:,} unknown" if measure.unknown else ""
    return f"{percent} ({of}{unknown})"


def moved(change: CoverageChange) -> int:
    """-1 if the share fell, 1 if it rose, 0 if it is the same or one of them has no share."""
    one, other = change.before, change.after
    if not one.total or not other.total:
        return 0
    before, after = one.held * other.total, other.held * one.total
    return (after > before) - (after < before)


def summary(difference: Difference) -> str:
    """The difference in one line."""
    counts = Counter(change.sort for change in difference.changes)
    where = f"from {difference.old} to {difference.new}, as of {difference.as_of}"
    if not counts:
        return f"Nothing changed in the model {where}"
    touched = {
        change.entity
        for change in difference.changes
        if change.sort not in (ChangeType.ADDED, ChangeType.REMOVED)
    }
    parts = [
        f"{count} {what}"
        for count, what in (
            (counts[ChangeType.ADDED], "added"),
            (counts[ChangeType.REMOVED], "removed"),
            (len(touched), "changed"),
        )
        if count
    ]
    return f"{', '.join(parts)} {where}"
