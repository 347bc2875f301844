"""A day that moves: what is decided by comparing with it says itself until when that holds.

Rules compare dates with the day that they are run for. Where that day is a ``MovingDay``, each
comparison reports to its clock on which day the answer will be another one; so whatever has been
computed holds until the first of these days, and does not have to be computed before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from bizalign_lint.core.durations import shift

Result = TypeVar("Result")


class Clock:
    """The days from ``first`` to ``last``, one of which it is; days are identified by their
    position."""

    def __init__(self, first: date, last: date) -> None:
        count = (last - first).days + 1
        self.days = [(first + timedelta(number)).isoformat() for number in range(count)]
        self.never = count
        """A position beyond the last day."""
        self.now = 0
        self.moved: dict[tuple[str, int], MovingDay] = {}
        """The days that are so long after, or before, today."""
        self.today = MovingDay(self, self.days)
        self._until = self.never
        self._dates: frozenset[str] = frozenset()

    def timed(self, compute: Callable[[], Result]) -> tuple[Result, int, frozenset[str]]:
        """What is computed, until when (exclusive) it holds, and the dates that end it."""
        before = self._until, self._dates
        self._until, self._dates = self.never, frozenset()
        try:
            result = compute()
            return result, self._until, self._dates
        finally:
            self._until, self._dates = before

    def holds_until(self, position: int, dates: frozenset[str]) -> None:
        """Note that something which is being computed changes on a day, for some dates."""
        if position < self._until:
            self._until, self._dates = position, dates
        elif position == self._until < self.never:
            self._dates |= dates

    def remembering(self, compute: Callable[[Any], Result]) -> Callable[[Any], Result]:
        """The same function; what it said of a thing is not computed again while it holds."""
        known: dict[Any, tuple[int, Result, int, frozenset[str]]] = {}

        def run(about: Any) -> Result:
            entry = known.get(about)
            if entry is None or not entry[0] <= self.now < entry[2]:
                entry = known[about] = (self.now, *self.timed(lambda: compute(about)))
            self.holds_until(entry[2], entry[3])
            return entry[1]

        return run


class MovingDay(str):
    """The day of a clock, or one that is a duration from it, among dates as ISO 8601 text."""

    __hash__ = None  # type: ignore[assignment]  # it is another one tomorrow

    def __new__(cls, _: Clock, days: list[str]) -> MovingDay:
        """``days`` are what it is on each day of the clock, never earlier than the day before."""
        return super().__new__(cls, days[0])

    def __init__(self, clock: Clock, days: list[str]) -> None:
        self.clock = clock
        self._days = days

    def moved(self, duration: str, sign: int) -> MovingDay:
        """The day that is a duration after today, or before."""
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
    """The day that is a duration after (sign 1) or before (-1) another; that one without an end."""
    if isinstance(day, MovingDay):
        return day.moved(duration, sign)
    return shift(day, duration, sign) or day
