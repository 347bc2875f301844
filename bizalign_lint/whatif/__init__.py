"""A model and a change that nobody has made yet → what the change would do.

Input: a model, and a change as a plan. Output: an Outcome, and the files as they would be.

Invariants: the change is made to the text of the files, in memory, just as it would be written; the
model before and after it is judged by the same rules for the same days; the schemas (``x-changes``)
declare which values an action changes. Each format has ``render(outcome, view)``.
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
    """The function that renders an outcome, piece by piece; its module is imported on demand."""
    render: Callable[[Outcome, View], Iterator[str]]
    render = import_module(f".{format_}", __package__).render
    return render
