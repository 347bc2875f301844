"""Why a finding is not reported."""

from __future__ import annotations

from typing import NamedTuple


class Acceptance(NamedTuple):
    """Why a finding is not reported."""

    by: str
    reason: str
    until: str | None
