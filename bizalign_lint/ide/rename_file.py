"""A file that is called like its only definition takes a new name with it."""

from __future__ import annotations

from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.rename import prepare
from bizalign_lint.ide.snapshot import Snapshot


def moved_file(
    snapshot: Snapshot, path: str, position: Position, new: str
) -> tuple[str, str] | None:
    """The file of what is renamed at a position, and what it is to be called; None where it keeps
    its name."""
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
