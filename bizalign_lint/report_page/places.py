"""Places in files, as text and as links into the repository."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from bizalign_lint.reporters.glyphs import clean


class Places(NamedTuple):
    """Writes places in files as text and as links."""

    before: str
    """The folder of the workspace in its repository, with a final slash; put before paths in
    links."""
    template: str
    """An address with ``{path}`` and ``{line}``; empty if there are no links."""

    def shown(self, path: str, line: int = 0) -> str:
        """A place as ``file:line``; without a line, the file."""
        return clean(f"{path}:{line}" if line else path)

    def link(self, path: str, line: int = 1) -> str:
        """The address of a line; empty if there are no links."""
        if not self.template:
            return ""
        named = quote(f"{self.before}{path}", errors="replace")
        return self.template.replace("{path}", named).replace("{line}", str(line))
