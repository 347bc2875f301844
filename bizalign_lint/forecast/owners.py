"""A forecast reduced to what one owner is responsible for."""

from __future__ import annotations

from bizalign_lint.findings.owned import owner_named
from bizalign_lint.forecast.outlook import Outlook
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.graph.owners import owners


def find_owner(name: str, graph: Graph) -> str:
    """The reference of the owner with a name. Raises UnknownOwnerError if there is none."""
    return owner_named(name, owners(graph)).reference


def owned(outlook: Outlook, owner: str) -> Outlook:
    """A forecast with only the findings of one owner, given by reference."""
    kept = tuple(event for event in outlook.events if event.owner_reference == owner)
    rises = tuple(rise for rise in outlook.rises if rise.owner_reference == owner)
    return outlook._replace(events=kept, rises=rises)
