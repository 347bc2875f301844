"""The last day of a forecast."""

from __future__ import annotations

from datetime import date

from bizalign_lint.core.durations import is_duration, shift
from bizalign_lint.core.errors import UsageError

USUAL = "P3Y"
_MOST = "P30Y"


def last_day(first: date, until: date | None, length: str | None) -> date:
    """The last day of a forecast that starts on ``first``: ``until``, or after ``length``.

    Raises UsageError for a day that is not later, or too far ahead.
    """
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
            f"the last day, {last}, must be after the first, {first}",
            hint="give a later day, or an earlier as-of date with --as-of",
        )
    return date.fromisoformat(last)
