"""A tool that an agent may call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.agents.answers import Answer
from bizalign_lint.agents.desk import Desk
from bizalign_lint.core.types import Source

Arguments = Mapping[str, Any]
"""The arguments of a call, as the tool's schema describes them."""

Changes = Sequence[tuple[Source | None, Source]]
"""Files to write, each as it is (None if it does not exist) and as it will be."""
Write = Callable[[str, Changes], None]
"""Writes files of the workspace at a root. Raises UsageError if one has changed meanwhile."""


class Tool(NamedTuple):
    """A tool as a client sees it, and the function that answers a call."""

    name: str
    title: str
    description: str
    takes: dict[str, Any]
    """The schema of its arguments."""
    form: str
    """The schema of its answer's ``data``: a path in the package, without ``.schema.json``."""
    run: Callable[[Desk, Arguments], Answer]
    writes: bool = False
    """Whether a call may change a file."""
