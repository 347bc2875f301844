"""The budgets by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .foreign import sources
from .over_time import over_time
from .rows import Plan, Row, against_peers, large, medium, page, small, start

SECTIONS: dict[str, Callable[[Plan], Iterator[Row]]] = {
    "start": start,
    "small": small,
    "medium": medium,
    "peers": against_peers,
    "large": large,
    "page": page,
    "time": over_time,
    "sources": sources,
}
