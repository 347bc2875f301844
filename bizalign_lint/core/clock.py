"""A moving "today": results that depend on the date know how long they stay valid.

Rules compare dates with the day of the run. If that day is a ``MovingDay``, each comparison
reports to its clock on which day its outcome will change. A computed result is valid until the
first of these days and is not recomputed before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from bizalign_lint.core.durations import shift

Result = TypeVar("Result")


class Clock:
    """The days from ``first`` to ``last`` and the current one; days are identified by their
    index."""

    def __init__(self, first: date, last: date) -> None:
        count = (last - first).days + 1
        self.days = [(first + timedelta(number)).isoformat() for number in range(count)]
        self.never = count
        """An index past the last day."""
        self.now = 0
        self.moved: dict[tuple[str, int], MovingDay] = {}
        """The days at an offset from today, by duration and sign."""
        self.today = MovingDay(self, self.days)
        self._until = self.never
        self._dates: frozenset[str] = frozenset()

    def timed(self, compute: Callable[[], Result]) -> tuple[Result, int, frozenset[str]]:
        """The result, the day (exclusive) until which it is valid, and the dates that end its
        validity."""
        before = self._until, self._dates
        self._until, self._dates = self.never, frozenset()
        try:
            result = compute()
            return result, self._until, self._dates
        finally:
            self._until, self._dates = before

    def holds_until(self, position: int, dates: frozenset[str]) -> None:
        """Record that the result being computed changes on a day, because of some dates."""
        if position < self._until:
            self._until, self._dates = position, dates
        elif position == self._until < self.never:
            self._dates |= dates

    def memoized(self, compute: Callable[[Any], Result]) -> Callable[[Any], Result]:
        """The function with a cache: a result is not recomputed while it is valid."""
        known: dict[Any, tuple[int, Result, int, frozenset[str]]] = {}

        def run(about: Any) -> Result:
            entry = known.get(about)
            if entry is None or not entry[0] <= self.now < entry[2]:
                entry = known[about] = (self.now, *self.timed(lambda: compute(about)))
            self.holds_until(entry[2], entry[3])
            return entry[1]

        return run


class MovingDay(str):
    """The current day of a clock, or a day at an offset from it; compares with ISO 8601 dates."""

    __hash__ = None  # type: ignore[assignment]  # its value changes from day to day

    def __new__(cls, _: Clock, days: list[str]) -> MovingDay:
        """``days`` are its values on each day of the clock, in non-decreasing order."""
        return super().__new__(cls, days[0])

    def __init__(self, clock: Clock, days: list[str]) -> None:
        self.clock = clock
        self._days = days

    def moved(self, duration: str, sign: int) -> MovingDay:
        """The day at an offset from this one; ``sign`` is 1 for after, -1 for before."""
        known = self.clock.moved.get((duration, sign))
        if known is None:
            days = [shift(day, duration, sign) or day for day in self.clock.days]
            known = self.clock.moved[duration, sign] = MovingDay(self.clock, days)
        return known

    def __str__(self) -> str:
        return self._days[self.clock.now]

    def __ge__(self, other: str) -> bool:
        return self._is_reached(bisect_left(self._days, other), other)

    def __gt__(self, other: str) -> bool:
        return self._is_reached(bisect_right(self._days, other), other)

    def __lt__(self, other: str) -> bool:
        return not self >= other

    def __le__(self, other: str) -> bool:
        return not self > other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self >= other and not self > other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def _is_reached(self, position: int, other: str) -> bool:
        if position <= self.clock.now:
            return True
        self.clock.holds_until(position, frozenset((other,)))
        return False


def moved(day: str, duration: str, sign: int = 1) -> str:
    """The day a duration after (``sign`` 1) or before (-1) another; ``day`` itself if there is no
    such day."""
    if isinstance(day, MovingDay):
        return day.moved(duration, sign)
    return shift(day, duration, sign) or day
