"""Wording that the digests and their table share."""

from __future__ import annotations

from collections.abc import Mapping

from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted

NOBODY = "Nobody is responsible"


def severities(counts: Mapping[Severity, int]) -> str:
    """How many findings there are of each severity."""
    parts = [
        f"{counts[severity]:,} info"
        if severity is Severity.INFO
        else counted(counts[severity], severity.value)
        for severity in Severity
        if counts.get(severity)
    ]
    return ", ".join(parts) or "no findings"


def level(reached: str | None) -> str:
    """The level that is reached, in a sentence."""
    return "No level is reached yet" if reached is None else f"Level: {reached}"
