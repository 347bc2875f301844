"""Why a finding is suppressed."""

from __future__ import annotations

from typing import NamedTuple


class Acceptance(NamedTuple):
    """By what a finding is suppressed, and why."""

    by: str
    """``comment`` or ``dispensation``."""
    reason: str
    until: str | None
    """The last day on which it applies, as written."""
