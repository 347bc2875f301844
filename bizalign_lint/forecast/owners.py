"""What is coming for those who are responsible for it."""

from __future__ import annotations

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint
from bizalign_lint.forecast.outlook import Outlook
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.rules.gaps import answering


def find_owner(name: str, graph: Graph) -> str:
    """The reference of whom people call that. Raises UsageError where nobody is."""
    nodes = (node for nodes in graph.kinds.values() for node in nodes)
    owners = {owner for node in nodes if (owner := answering(node)) is not None}
    known = {
        called.casefold(): owner.reference
        for owner in sorted(owners, key=lambda one: one.reference)
        for called in (owner.name, owner.reference, owner.title)
    }
    if name.casefold() not in known:
        raise UsageError(
            f"{name} is responsible for nothing in the model", hint=hint(name.casefold(), known)
        )
    return known[name.casefold()]


def owned(outlook: Outlook, owner: str) -> Outlook:
    """What is coming for the one with that reference."""
    kept = tuple(event for event in outlook.events if event.answering == owner)
    return outlook._replace(events=kept)
