"""How values of measures are put."""

from __future__ import annotations

from collections.abc import Sequence

from bizalign_lint.trend.figures import Share, Value

_BARS = "▁▂▃▄▅▆▇█"


def value(found: Value | None) -> str:
    """A value: a count, or a share with its parts."""
    if found is None:
        return "–"
    if not isinstance(found, Share):
        return f"{found:,}"
    percent = "–" if found.percent is None else f"{found.percent:.1f} %"
    unknown = f", {found.unknown:,} unknown" if found.unknown else ""
    of = f"{found.held:,} of {found.total:,} {found.unit}".rstrip()
    return f"{percent} ({of}{unknown})"


def number(found: Value | None) -> float | None:
    """What is drawn of a value."""
    return found.percent if isinstance(found, Share) else found


def sparkline(values: Sequence[float | None], room: int) -> str:
    """Values as small bars, a blank where there is none; of very many, as many as there is room."""
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
