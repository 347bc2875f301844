"""What is coming for those who are responsible for it."""

from __future__ import annotations

from bizalign_lint.findings.owned import called
from bizalign_lint.forecast.outlook import Outlook
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.graph.owners import owners


def find_owner(name: str, graph: Graph) -> str:
    """The reference of whom people call that. Raises UnknownOwnerError where nobody is."""
    return called(name, owners(graph)).reference


def owned(outlook: Outlook, owner: str) -> Outlook:
    """What is coming for the one with that reference."""
    kept = tuple(event for event in outlook.events if event.answering == owner)
    rises = tuple(rise for rise in outlook.rises if rise.answering == owner)
    return outlook._replace(events=kept, rises=rises)
