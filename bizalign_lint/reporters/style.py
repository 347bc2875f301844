"""Colours of the terminal, or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bizalign_lint.core.types import Severity

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "strong": "1",
    "gutter": "34",
    "related": "36",
    "help": "32",
    "faint": "2",
}


class Style(NamedTuple):
    """Dresses a text in the colour of its role."""

    colors: bool

    def __call__(self, role: str, text: str) -> str:
        """The text in the colour of a role: a severity, or what the text is for."""
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.colors and text else text

    def severity(self, severity: Severity, text: str) -> str:
        """The text in the colour of a severity."""
        return self(severity.value, text)


PLAIN = Style(False)


def wants_colors(choice: str, terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to colour: as asked, else as NO_COLOR and FORCE_COLOR say, else on a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return terminal and environment.get("TERM") != "dumb"
