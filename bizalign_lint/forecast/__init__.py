"""A model that has been read → what will be found in it, from which day on, if nothing is done.

Invariants: every day is exact, none is sampled; what is reported to begin on a day is what a check
for that day finds, and one for the day before does not; what does not depend on the day is judged
once. Each format has ``render(outlook, view)``.
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
    """The function that renders a forecast, a piece at a time; loaded when asked for."""
    render: Callable[[Outlook, View], Iterator[str]]
    render = import_module(f".{format_}", __package__).render
    return render
