"""The creation of a definition, as a value."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core.types import Edit


class Creation(NamedTuple):
    """A new definition: the path of its file, and the edit that inserts it there."""

    title: str
    path: str
    edit: Edit
    is_new: bool
    """Whether the file has to be created first."""
