"""A model and a change that nobody has made yet → what the change does to it.

Invariants: a change is made in the text of files in memory, just as it would be written; the model
before and after it is judged by the same rules for the same days. What ending, replacing, delaying
and cutting touch is said by the schemas (``x-changes``). Each format has ``render(outcome, view)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bizalign_lint.reporters.view import View
    from bizalign_lint.whatif.outcome import Outcome

FORMATS = ("text", "json", "markdown")


def renderer(format_: str) -> Callable[[Outcome, View], Iterator[str]]:
    """The function that renders an outcome, a piece at a time; loaded when asked for."""
    render: Callable[[Outcome, View], Iterator[str]]
    render = import_module(f".{format_}", __package__).render
    return render
