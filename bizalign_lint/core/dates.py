"""Dates as people write them → the ISO 8601 dates they may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_TIME = r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})\.? ([A-Za-z]+)\.?,? ([0-9]{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]+)\.? ([0-9]{1,2}),? ([0-9]{4})")
_YEAR = re.compile(r"([0-9]{4})")
_MONTH_LAST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_MONTH_NAME = re.compile(r"([A-Za-z]+)\.?,? ([0-9]{4})")
_QUARTER_LAST = re.compile(r"([0-9]{4})[-/ ]?Q([1-4])", re.IGNORECASE)
_QUARTER_FIRST = re.compile(r"Q([1-4])[-/ ]?([0-9]{4})", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class Period(NamedTuple):
    """The first and the last day of a month, a quarter or a year."""

    first: str
    last: str


def iso(text: str) -> str | None:
    """The date that a text means; None if it is no date or is ambiguous."""
    days = readings(text)
    return days[0] if len(days) == 1 else None


def readings(text: str) -> tuple[str, ...]:
    """The dates that a text may mean, in order: two if day and month could be swapped."""
    if found := _YEAR_FIRST.fullmatch(text):
        days = {_day(found[1], found[3], found[4])}
    elif found := _YEAR_LAST.fullmatch(text):
        first, second, year = found[1], found[3], found[4]
        days = {_day(year, second, first), _day(year, first, second)}
    elif found := _DAY_MONTH.fullmatch(text):
        days = {_day(found[3], _month(found[2]), found[1])}
    elif found := _MONTH_DAY.fullmatch(text):
        days = {_day(found[3], _month(found[1]), found[2])}
    elif found := _COMPACT.fullmatch(text):
        days = {_day(found[1], found[2], found[3])}
    else:
        days = set()
    return tuple(sorted(day for day in days if day is not None))


def period_of(text: str) -> Period | None:
    """The month, quarter or year that a text means; None if it means none."""
    if found := _YEAR.fullmatch(text):
        return _period(found[1], "1", 12)
    if found := _MONTH_LAST.fullmatch(text):
        return _period(found[1], found[2], 1)
    if found := _MONTH_FIRST.fullmatch(text):
        return _period(found[2], found[1], 1)
    if found := _QUARTER_LAST.fullmatch(text):
        return _period(found[1], str(int(found[2]) * 3 - 2), 3)
    if found := _QUARTER_FIRST.fullmatch(text):
        return _period(found[2], str(int(found[1]) * 3 - 2), 3)
    if found := _MONTH_NAME.fullmatch(text):
        return _period(found[2], _month(found[1]), 1)
    return None


def _month(name: str) -> str:
    numbers = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    return str(numbers[0]) if len(numbers) == 1 and len(name) >= 3 else "0"


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _period(year: str, month: str, months: int) -> Period | None:
    first = _day(year, month, "1")
    if first is None:
        return None
    last = int(month) + months - 1
    return Period(first, date(int(year), last, monthrange(int(year), last)[1]).isoformat())
