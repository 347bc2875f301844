"""What a command has found out so far, for whoever has to report an error."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Session:
    """One run of the command line."""

    root: str = ""
    """The workspace root, once it is known."""
    color: str = "auto"
    started: float = field(default_factory=time.perf_counter)
