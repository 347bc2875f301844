"""Text for a terminal: headings, and paragraphs as wide as it is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

INDENT = "  "


def section(heading: str) -> Iterator[str]:
    """The heading of a section."""
    yield ""
    yield f"{heading}:"


def wrapped(text: str, width: int, indent: str = INDENT) -> Iterator[str]:
    """A paragraph."""
    yield from textwrap.wrap(
        " ".join(text.split()),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
