"""Two revisions of a model → what changed between them, as text, JSON or Markdown.

Invariants: changes are read from the two graphs, and no rule is evaluated; the outcomes of measures
come from ``engine``, and the findings that move from ``forecast``. Each format has
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
    """The function that renders a difference, piece by piece; its module is imported on demand."""
    render: Renderer = import_module(f".{format_}", __package__).render
    return render
