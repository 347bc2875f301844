"""How far one looks ahead."""

from __future__ import annotations

from datetime import date

from bizalign_lint.core.durations import is_duration, shift
from bizalign_lint.core.errors import UsageError

USUAL = "P3Y"
_MOST = "P30Y"


def last_day(first: date, until: date | None, length: str | None) -> date:
    """The last day to look at. Raises UsageError for a day that there is no looking ahead to."""
    if until is not None and length is not None:
        raise UsageError("--until and --for cannot be combined", hint="leave out one of them")
    if length is not None and not is_duration(length):
        raise UsageError(
            f"{length!r} is not a duration",
            hint="use an ISO 8601 duration such as P3Y, P18M or P90D",
        )
    most = shift(first.isoformat(), _MOST)
    last = until.isoformat() if until else shift(first.isoformat(), length or USUAL)
    if last is None or most is None or last > most:
        raise UsageError(f"too far ahead: the limit is 30 years from {first}")
    if last <= first.isoformat():
        raise UsageError(
            f"{last}: the last day must be after {first}",
            hint="give a later day, or an earlier start with --as-of",
        )
    return date.fromisoformat(last)
