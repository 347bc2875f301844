"""A way to fix a finding, and what is known of the finding when ways are looked for."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core.types import Edit, Finding
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.language.rule import Rule


class Remedy(NamedTuple):
    """Something that may be done about a finding."""

    title: str
    edits: tuple[Edit, ...]
    is_open: bool = False
    """Whether somebody has to write on: it fixes nothing by itself."""


class FindingContext(NamedTuple):
    """A finding and where it comes from."""

    finding: Finding
    rule: Rule
    node: Node | None
    """What it is about, where that has a name."""
    names: tuple[str, ...]
    """The properties and relations that the rule reads, in its order."""
