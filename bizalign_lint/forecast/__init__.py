"""A model → the findings that will appear in it if nothing is done, each with its first day.

Invariants: every day is exact, none is sampled; a finding that begins on a day is one that a check
as of that day reports, and a check as of the day before does not; what does not depend on the day
is judged once. Each format has ``render(outlook, view)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bizalign_lint.forecast.outlook import Outlook
    from bizalign_lint.reporters.view import View

FORMATS = ("text", "json", "markdown", "ics")


def renderer(format_: str) -> Callable[[Outlook, View], Iterator[str]]:
    """The function that renders a forecast, piece by piece; its module is imported on demand."""
    render: Callable[[Outlook, View], Iterator[str]]
    render = import_module(f".{format_}", __package__).render
    return render
