"""What is known about one rule in a graph that changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bizalign_lint.graph.nodes import Node
from bizalign_lint.rules.absence import AbsentFact
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.run import Draft


@dataclass(slots=True, eq=False)
class RuleState:
    """One rule and its results so far."""

    compiled: CompiledRule
    places: Mapping[str, int]
    """The kinds of its targets, each with its position in their order."""
    evident: bool | None = None
    """Whether its evidence is in the workspace; None until it has run."""
    broken: dict[Node, list[Draft] | None] = field(default_factory=dict)
    """The drafts for each node that breaks it; None until they are made."""
    unknown: set[Node] = field(default_factory=set)
    """The nodes that it cannot judge because a fact is missing."""
    found: list[Draft] | None = field(default_factory=list)
    """All its drafts, in order; None if they are out of date."""
    covered: set[Node] = field(default_factory=set)
    """For a rule about an absent fact: all nodes that it applies to."""
    unjudged: set[Node] = field(default_factory=set)
    """The nodes that lack a fact which no node of their kind has."""
    lacks: list[AbsentFact] = field(default_factory=list)
    """The facts that are reported once for all targets that lack them."""
    stopped: Node | None = None
    """The node at which it exceeded the limit of steps."""
    is_empty: bool = True
    """Whether the workspace was empty when the rule last ran."""
    reported: Sequence[Node] | None = None
    """The nodes to make drafts for, in order; None if they are out of date."""

    def invalidate(self) -> None:
        """Mark the drafts as out of date."""
        self.found = self.reported = None

    def forget(self, removed: AbstractSet[Node]) -> None:
        """Forget nodes that are no longer in the graph."""
        if not self.broken.keys().isdisjoint(removed) or not self.covered.isdisjoint(removed):
            self.broken = {n: known for n, known in self.broken.items() if n not in removed}
            self.covered -= removed
            self.invalidate()
        self.unknown -= removed
