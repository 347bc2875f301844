"""A report → its text in a format: one module for each, with ``render(report, view)``.

Invariants: pure functions; nothing that a model or a file name holds can break out of a format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from bizalign_lint.core.report import Report
from bizalign_lint.reporters.view import View

FORMATS = (
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "checkstyle",
    "azure",
    "bitbucket",
    "rdjson",
    "csv",
    "markdown",
)

Reporter = Callable[[Report, View], Iterator[str]]


def reporter(format_: str) -> Reporter:
    """The function that renders a report, piece by piece; its module is imported on demand."""
    render: Reporter = import_module(f".{format_}", __package__).render
    return render
