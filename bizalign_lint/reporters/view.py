"""How a report is to be shown."""

from __future__ import annotations

import os
from dataclasses import dataclass

from .style import PLAIN, Style


@dataclass(frozen=True, slots=True)
class View:
    """What a reporter may know of the place that its output goes to."""

    root: str
    """The workspace root as the reader would write it: relative to where they are."""
    style: Style = PLAIN
    width: int = 100
    quiet: bool = False
    """Only findings, one a line."""
    statistics: bool = False
    """Count the findings of each rule as well."""
    elapsed: float | None = None
    """Seconds that the run took; None where the output must not depend on them."""

    def path(self, path: str) -> str:
        """A path that opens the file from where the reader is."""
        if self.root in ("", ".") or os.path.isabs(path):
            return path
        return os.path.normpath(f"{self.root}/{path}").replace(os.sep, "/")


def relative(root: str, start: str) -> str:
    """The workspace root, as seen from another folder."""
    try:
        return os.path.relpath(root, start).replace(os.sep, "/")
    except ValueError:  # another drive
        return root.replace(os.sep, "/")
