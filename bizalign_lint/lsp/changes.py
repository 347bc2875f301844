"""Our edits as a change of the workspace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lsprotocol import types

from bizalign_lint.core.types import Edit
from bizalign_lint.lsp.translate import Translator


def workspace_edit(
    translate: Translator, edits: Iterable[Edit], new: Iterable[str] = ()
) -> types.WorkspaceEdit:
    """The edits by file; ``new`` are the files that have to be made first."""
    by_path: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        by_path.setdefault(edit.location.path, []).append(translate.edit(edit))
    made = [*new]
    if not made:
        changes = {translate.uri(path): found for path, found in by_path.items()}
        return types.WorkspaceEdit(changes=changes)
    steps: list[Any] = [
        types.CreateFile(
            translate.uri(path), options=types.CreateFileOptions(ignore_if_exists=True)
        )
        for path in made
    ]
    for path, found in by_path.items():
        document = types.OptionalVersionedTextDocumentIdentifier(translate.uri(path), None)
        steps.append(types.TextDocumentEdit(document, [*found]))
    return types.WorkspaceEdit(document_changes=steps)
