"""Two revisions of a model → what changed between them, in several forms.

Invariants: what changed is read off the two graphs, by no rule; what each measures, and which
findings lie ahead at another time, is said by ``engine`` and ``forecast``. Each format has
``render(difference, style)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from bizalign_lint.compare.changes import Difference
from bizalign_lint.reporters.style import Style

FORMATS = ("text", "json", "markdown")

Renderer = Callable[[Difference, Style], Iterator[str]]


def renderer(format_: str) -> Renderer:
    """The function that renders a difference, a piece at a time; loaded when asked for."""
    render: Renderer = import_module(f".{format_}", __package__).render
    return render
