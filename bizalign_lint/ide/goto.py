"""Go to definition and find references: from a name to its definition and to all uses."""

from __future__ import annotations

from bizalign_lint.core.types import Location, Place
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.mentions import mentions_of
from bizalign_lint.ide.nodes import cursor_context, definition_location
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.positions import locate


def definition(snapshot: Snapshot, path: str, position: Position) -> list[Location]:
    """The location of the definition of the node at a position; empty if there is none."""
    found = cursor_context(snapshot, path, position)
    return [definition_location(found.node)] if found is not None and found.node is not None else []


def references(
    snapshot: Snapshot, path: str, position: Position, with_definition: bool = False
) -> list[Location]:
    """The references to the node at a position, in the order of the files."""
    found = cursor_context(snapshot, path, position)
    if found is None or found.node is None:
        return []
    here = [definition_location(found.node)] if with_definition else []
    return [*here, *referrers(snapshot, found.node)]


def referrers(snapshot: Snapshot, node: Node) -> list[Location]:
    """The references to a node, in the order of the files."""
    return sorted(_location(mention.place) for mention in mentions_of(snapshot, node))


def highlights(snapshot: Snapshot, path: str, position: Position) -> list[Location]:
    """The references to the node at a position and its definition, within the file."""
    found = references(snapshot, path, position, with_definition=True)
    return [location for location in found if location.path == path]


def _location(place: Place) -> Location:
    return Location(place.document.source.path, locate(place))
