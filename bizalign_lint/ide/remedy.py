"""A remedy for a finding, and the context in which remedies are looked for."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core.types import Edit, Finding
from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.language.rule import Rule


class Remedy(NamedTuple):
    """Edits that may resolve a finding."""

    title: str
    edits: tuple[Edit, ...]
    is_open: bool = False
    """Whether the user has to complete it; it fixes nothing by itself."""


class FindingContext(NamedTuple):
    """A finding with its rule and node."""

    finding: Finding
    rule: Rule
    node: Node | None
    """The node that it is about; None if that has no name."""
    names: tuple[str, ...]
    """The properties and relations that the rule reads, in the order of the rule."""
