"""Where something is, as text and as a link into the repository."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from bizalign_lint.reporters.glyphs import clean


class Places(NamedTuple):
    """How files are named on the page."""

    before: str
    """Where the workspace is in its repository, with a slash; in addresses it is before paths."""
    template: str
    """An address with ``{path}`` and ``{line}``; empty where there are no links."""

    def shown(self, path: str, line: int = 0) -> str:
        """``file:line``."""
        return clean(f"{path}:{line}" if line else path)

    def link(self, path: str, line: int = 1) -> str:
        """The address of a line; empty where there is none."""
        if not self.template:
            return ""
        named = quote(f"{self.before}{path}", errors="replace")
        return self.template.replace("{path}", named).replace("{line}", str(line))
