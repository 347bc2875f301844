"""A tool that an agent may call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bizalign_lint.agents.answers import Answer
from bizalign_lint.agents.desk import Desk
from bizalign_lint.core.types import Source

Arguments = Mapping[str, Any]
"""As the tool's schema has them."""

Changes = Sequence[tuple[Source | None, Source]]
"""Files, each as it is (None: it is not there) and as it is to be."""
Write = Callable[[str, Changes], None]
"""Writes files of the workspace at a root. Raises UsageError where one is not as it was."""


class Tool(NamedTuple):
    """What a client is shown of a tool, and what answers a call."""

    name: str
    title: str
    description: str
    takes: dict[str, Any]
    """The schema of its arguments."""
    form: str
    """The schema of its answer's data: a path in the package."""
    run: Callable[[Desk, Arguments], Answer]
    writes: bool = False
    """Whether a call may change a file."""
