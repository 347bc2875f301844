"""Our edits as a change of the workspace, which says of which state of the files it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lsprotocol import types

from bizalign_lint.core.types import Edit
from bizalign_lint.lsp.features import Request, StaleError


def workspace_edit(
    request: Request,
    edits: Iterable[Edit],
    new: Iterable[str] = (),
    moved: tuple[str, str] | None = None,
) -> types.WorkspaceEdit:
    """The edits by file; ``new`` are the files that have to be made first, and ``moved`` is one
    that has another path afterwards.

    Raises StaleError for a file that is on disk no more what the edits were made for.
    """
    translate = request.translate
    made = [*new]
    by_path: dict[str, list[types.TextEdit]] = {path: [] for path in made}
    for edit in edits:
        by_path.setdefault(edit.location.path, []).append(translate.edit(edit))
    for path in by_path:
        if not request.is_current(path):
            raise StaleError(path)
    if not made and not request.client.versioned:
        changes = {translate.uri(path): found for path, found in by_path.items()}
        return types.WorkspaceEdit(changes=changes)
    # One that is there all the same stops the edit: what is in it is not ours to write over.
    steps: list[Any] = [types.CreateFile(translate.uri(path)) for path in made]
    for path, found in by_path.items():
        document = types.OptionalVersionedTextDocumentIdentifier(
            translate.uri(path), request.version(path)
        )
        steps.append(types.TextDocumentEdit(document, [*found]))
    if moved is not None and request.client.renames and request.is_current(moved[1]):
        old, wanted = map(translate.uri, moved)
        steps.append(types.RenameFile(old_uri=old, new_uri=wanted))
    return types.WorkspaceEdit(document_changes=steps)
