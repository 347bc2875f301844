"""The comment that accepts findings: how it is recognised and written."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARK = b"bizalign:"
"""What a file must contain to have a suppression."""


COMMENT = re.compile(r"#+\s*bizalign:\s*ignore\[(?P<rules>[^\]]*)\](?P<rest>.*)", re.DOTALL)


def comment(rules: Iterable[str], reason: str) -> str:
    """The comment that accepts what some rules find, and says why."""
    return f"# bizalign: ignore[{', '.join(rules)}] -- {reason}"
