"""Calendar arithmetic with ISO 8601 dates and durations."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

_DURATION = re.compile(r"P(?=[0-9])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_UNITS = ("year", "month", "week", "day")


def shift(day: str, duration: str, sign: int = 1) -> str | None:
    """The date a duration after (sign 1) or before (-1) a date, all as ISO 8601 text.

    A month after 31 January is the last day of February. None if either is malformed or the result
    is out of the range of ``datetime.date``.
    """
    parts = _months_and_days(duration)
    if parts is None:
        return None
    months, days = parts
    try:
        moved = date.fromisoformat(day)
        if months:
            total = moved.year * 12 + moved.month - 1 + months * sign
            year, month = divmod(total, 12)
            # No month has fewer than 28 days.
            last = moved.day if moved.day <= 28 else monthrange(year, month + 1)[1]
            moved = date(year, month + 1, min(moved.day, last))
        return (moved + timedelta(days * sign)).isoformat()
    except (ValueError, OverflowError):
        return None


@lru_cache
def _months_and_days(duration: str) -> tuple[int, int] | None:
    found = _DURATION.fullmatch(duration)
    if found is None:
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return years * 12 + months, weeks * 7 + days


def is_duration(text: str) -> bool:
    """Whether a text is a duration such as P6M or P35D."""
    return _DURATION.fullmatch(text) is not None


def in_words(duration: str) -> str:
    """A duration in words, such as ``35 days``; any other text unchanged."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        return duration
    parts = [
        f"{number} {unit}{'' if number == '1' else 's'}"
        for number, unit in zip(found.groups(), _UNITS, strict=True)
        if number is not None
    ]
    return " and ".join(parts)
