"""A report, a forecast and the levels reached → a digest of them for each owner.

Input: a graph, the report on it, a forecast, and reports on it by other profiles. Output: digests
as data, and their text in a format.

Invariants: every finding, missing fact and coming finding is in the digest of whoever is
responsible for it, and in no other; a rule that waits for a fact never counts as met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bizalign_lint.digest.make import Digests
    from bizalign_lint.reporters.view import View

FORMATS = ("markdown", "json")
TABLES = ("text", "markdown", "csv")


def renderer(format_: str) -> Callable[[Digests, View], Iterator[str]]:
    """The function that writes digests in one of ``FORMATS``; its module is imported on demand."""
    render: Callable[[Digests, View], Iterator[str]]
    render = import_module(f".{format_}", __package__).render
    return render
