"""Files with the name of their only definition: renaming one renames the other."""

from __future__ import annotations

from bizalign_lint.core.types import Edit
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.nodes import entity_of
from bizalign_lint.ide.refused import RefusedError
from bizalign_lint.ide.rename import prepare, rename
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.positions import locate


def moved_file(
    snapshot: Snapshot, path: str, position: Position, new: str
) -> tuple[str, str] | None:
    """The old and the new path of the file if the node at a position is renamed.

    None if the file keeps its name. Raises RefusedError if there is nothing to rename.
    """
    target = prepare(snapshot, path, position)
    document = target.node.document
    if target.node.holder is not None or document is None or document.origin is not None:
        return None
    home = document.source.path
    folder, slash, name = home.rpartition("/")
    stem, _, ending = name.rpartition(".")
    wanted = f"{folder}{slash}{new}.{ending}"
    alone = len(snapshot.documents.get(home, ())) == 1
    if stem != target.name or not alone or wanted == home or wanted in snapshot.sources:
        return None
    return home, wanted


def renamed_with_file(snapshot: Snapshot, path: str, name: str) -> list[Edit]:
    """The edits that rename the only definition of a file to the new name of the file.

    There are none if the names differ before, if the file gets another extension or the name of an
    existing file, or if the rename would be refused, as users may name files as they like.
    """
    folder, slash, old = path.rpartition("/")
    stem, _, ending = old.rpartition(".")
    new, _, other = name.rpartition(".")
    documents = snapshot.documents.get(path, ())
    if ending != other or len(documents) != 1 or f"{folder}{slash}{name}" in snapshot.sources:
        return []
    node = entity_of(snapshot, documents[0])
    if node is None or node.name != stem or documents[0].origin is not None:
        return []
    span = locate(node.place())
    try:
        return rename(snapshot, path, Position(span.line, span.column), new)
    except RefusedError:
        return []
