"""Values of measures as text and as bars."""

from __future__ import annotations

from collections.abc import Sequence

from bizalign_lint.trend.figures import Share, Value

_BARS = "▁▂▃▄▅▆▇█"


def value(found: Value | None) -> str:
    """A value as text: a count, or a percentage with its numbers."""
    if found is None:
        return "–"
    if not isinstance(found, Share):
        return f"{found:,}"
    percent = "–" if found.percent is None else f"{found.percent:.1f} %"
    unknown = f", {found.unknown:,} unknown" if found.unknown else ""
    of = f"{found.held:,} of {found.total:,} {found.unit}".rstrip()
    return f"{percent} ({of}{unknown})"


def number(found: Value | None) -> float | None:
    """The number to draw for a value."""
    return found.percent if isinstance(found, Share) else found


def sparkline(values: Sequence[float | None], room: int) -> str:
    """Values as small bars, with a blank where one is missing; at most ``room`` of them."""
    if len(values) > room:
        values = [values[at * (len(values) - 1) // (room - 1)] for at in range(room)]
    known = [one for one in values if one is not None]
    if not known:
        return " " * len(values)
    least, most = min(known), max(known)
    size = (most - least) or 1
    return "".join(
        " " if one is None else _BARS[round((one - least) / size * (len(_BARS) - 1))]
        for one in values
    )
