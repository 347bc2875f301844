"""What is known of one rule in a graph that changes."""

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
    """One rule, and what it has found."""

    compiled: CompiledRule
    places: Mapping[str, int]
    """The kinds that it is about, in order."""
    evident: bool | None = None
    """None until it has run."""
    broken: dict[Node, list[Draft] | None] = field(default_factory=dict)
    """What it says of each node that breaks it; None until it is asked for."""
    unknown: set[Node] = field(default_factory=set)
    """What it cannot judge, for want of a fact."""
    found: list[Draft] | None = field(default_factory=list)
    """All that it has to say, in order; None when that is not known."""
    covered: set[Node] = field(default_factory=set)
    """For a rule about an absent fact: all its targets."""
    unjudged: set[Node] = field(default_factory=set)
    """Those that lack a fact which nothing of their kind has."""
    lacks: list[AbsentFact] = field(default_factory=list)
    """What is reported for all that lack a fact."""
    stopped: Node | None = None
    """Where it has taken all the steps that it may take."""
    is_empty: bool = True
    """Whether there was nothing in the workspace when it was last judged."""
    reported: Sequence[Node] | None = None
    """The nodes that it has something to say of, in order; None when that is not known."""

    def is_unsaid(self) -> None:
        """It has something else to say than before."""
        self.found = self.reported = None

    def forget(self, removed: AbstractSet[Node]) -> None:
        """These nodes are gone."""
        if not self.broken.keys().isdisjoint(removed) or not self.covered.isdisjoint(removed):
            self.broken = {n: known for n, known in self.broken.items() if n not in removed}
            self.covered -= removed
            self.is_unsaid()
        self.unknown -= removed
