"""What can wait while somebody is typing: a definition that is being written is not complete."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from bizalign_lint.core.types import Finding

PATIENCE = 1.5
"""How many seconds of silence there are before all is shown."""


class Typed(NamedTuple):
    """Where somebody typed last."""

    path: str
    line: int
    """From 1."""
    moment: float
    """In seconds, of a clock that only counts."""


def shown_now(typed: Typed, text: str, reported: Collection[Finding]) -> Callable[[Finding], bool]:
    """Which findings are shown while the typing goes on.

    Those that are new wait, if they are in the same definition and not on the line that is typed.
    """
    start = sum(map(len, text.splitlines(keepends=True)[: typed.line - 1]))
    before = text.rfind("\n---", 0, start)
    first = text.count("\n", 0, before + 1) + 1
    after = text.find("\n---", start)
    last = text.count("\n", 0, after) + 1 if after >= 0 else text.count("\n") + 1
    known = {finding.fingerprint for finding in reported}

    def is_shown(finding: Finding) -> bool:
        path, span, _ = finding.location
        return (
            path != typed.path
            or not first <= span.line <= last
            or span.line == typed.line
            or finding.fingerprint in known
        )

    return is_shown
