"""The revisions of a workspace → how its measures have developed, and what moved them.

Invariants: nothing is checked out; each revision is judged as of the day of its commit, by today's
rules, schemas and configuration; a tree is judged once for each day, and the caller keeps the
figures (``follow``). Each format has ``render(trend, view)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bizalign_lint.reporters.view import View
    from bizalign_lint.trend.points import Trend

FORMATS = ("text", "csv", "json")
USUAL = 24
"""The default number of commits to measure."""


def renderer(format_: str) -> Callable[[Trend, View], Iterator[str]]:
    """The function that renders a trend, piece by piece; its module is imported on demand."""
    render: Callable[[Trend, View], Iterator[str]]
    render = import_module(f".{format_}", __package__).render
    return render
