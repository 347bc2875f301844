"""Dates as people write them → ISO 8601, where they can mean but one day."""

from __future__ import annotations

import re
from datetime import date

_TIME = r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_DAY_MONTH = re.compile(r"([0-9]{1,2})\.? ([A-Za-z]+)\.?,? ([0-9]{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]+)\.? ([0-9]{1,2}),? ([0-9]{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def iso(text: str) -> str | None:
    """The day that a text means, or None when it means none, or could mean two."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(text):
        one, other, year = found[1], found[3], found[4]
        days = {day for day in (_day(year, other, one), _day(year, one, other)) if day is not None}
        return days.pop() if len(days) == 1 else None
    if found := _DAY_MONTH.fullmatch(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _day(found[3], _month(found[1]), found[2])
    return None


def _month(name: str) -> str:
    numbers = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    return str(numbers[0]) if len(numbers) == 1 and len(name) >= 3 else "0"


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
