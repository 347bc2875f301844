"""What it takes to define something new."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core.types import Edit


class Creation(NamedTuple):
    """A new definition: the file that it goes to, and the edit that puts it there."""

    title: str
    path: str
    edit: Edit
    is_new: bool
    """Whether the file has to be made first."""
