"""How a report is to be shown."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple

from bizalign_lint.core.report import NO_FINDING
from bizalign_lint.core.types import fingerprint_in
from bizalign_lint.reporters.style import PLAIN, Style


class View(NamedTuple):
    """What a reporter may know of the place that its output goes to."""

    root: str
    """The absolute path of the workspace root."""
    here: str
    """The absolute path of the folder that the reader is in."""
    style: Style = PLAIN
    width: int = 100
    quiet: bool = False
    """Only findings, one a line."""
    statistics: bool = False
    """Count the findings of each rule as well."""
    show_suppressed: bool = False
    """Report the findings as well that somebody has accepted."""
    only: tuple[str, ...] | None = None
    """The files and folders that the report is about, relative to the root; None for all."""
    coverage: bool = False
    """Report every measure of alignment, not only those that are too low."""
    repository: str = ""
    """The absolute path of the top of the git work tree; empty if there is none."""
    verbose: bool = False
    """Report all that could not be judged, not only what matters most."""
    everything: bool = False
    """Report every finding of a rule, with all its places, not only the first few."""
    group_by: str = "rule"
    """What findings are grouped by: one of ``grouping.KEYS``."""
    least: str = "info"
    """The severity from which on findings are reported, or ``none``."""
    hidden: int = 0
    """How many are not, for that."""
    starter: int | None = None
    """How many of the findings are of rules of the profile to begin with; None if not counted."""
    elapsed: float | None = None
    """Seconds that the run took; None where the output must not depend on them."""

    def not_shown(self) -> str:
        """How many findings are left out; empty when none is."""
        if not self.hidden:
            return ""
        below = "" if self.least == NO_FINDING else f" below {self.least}"
        return f"{self.hidden:,}{below or ' findings'} not shown"

    def path(self, path: str = "") -> str:
        """A path below the root (or the root itself) that opens from where the reader is."""
        if path and self.root == self.here:
            return path
        return _from_here(os.path.join(self.root, path), self.here)

    def in_repository(self, path: str) -> str:
        """A path below the root as services that show a repository know it."""
        if not self.repository:
            return self.path(path)
        return _from_here(os.path.join(self.root, path), self.repository)

    def fingerprint(self, fingerprint: str) -> str:
        """A fingerprint that is unique among all workspaces of the repository."""
        return fingerprint_in(self.in_repository("") if self.repository else ".", fingerprint)


@lru_cache
def _from_here(full: str, here: str) -> str:
    try:
        return os.path.relpath(full, here).replace(os.sep, "/")
    except ValueError:  # another drive
        return full.replace(os.sep, "/")
