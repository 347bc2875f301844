"""Rename, as the protocol has it."""

from __future__ import annotations

from urllib.parse import unquote

from lsprotocol import types

from bizalign_lint.core.types import Location
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.refused import RefusedError
from bizalign_lint.ide.rename import prepare, rename
from bizalign_lint.ide.rename_file import moved_file, renamed_with_file
from bizalign_lint.lsp.changes import workspace_edit
from bizalign_lint.lsp.features import Feature, RefusalError, Request, always


def prepared(request: Request) -> types.PrepareRenamePlaceholder | None:
    """What would be renamed."""
    if request.at is None:
        return None
    try:
        target = prepare(request.snapshot, request.path, Position(*request.at))
    except RefusedError as error:
        raise RefusalError(str(error)) from None
    range_ = request.translate.range(Location(request.path, target.span))
    return types.PrepareRenamePlaceholder(range_, target.name)


def renamed(request: Request) -> types.WorkspaceEdit | None:
    """The edits in all files."""
    if request.at is None:
        return None
    new, at = request.params.new_name, Position(*request.at)
    try:
        edits = rename(request.snapshot, request.path, at, new)
        moved = moved_file(request.snapshot, request.path, at, new)
    except RefusedError as error:
        raise RefusalError(str(error)) from None
    return workspace_edit(request, edits, moved=moved)


def renamed_with(request: Request) -> types.WorkspaceEdit | None:
    """The edits that belong to the renaming of a file within its folder."""
    files: list[types.FileRename] = request.params.files
    if len(files) != 1:
        return None
    (old, _, _), (new, _, name) = (
        uri.rpartition("/") for uri in (files[0].old_uri, files[0].new_uri)
    )
    if old != new:
        return None
    edits = renamed_with_file(request.snapshot, request.path, unquote(name))
    return workspace_edit(request, edits) if edits else None


FEATURES = (
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, prepared),
    Feature(
        types.TEXT_DOCUMENT_RENAME,
        renamed,
        types.RenameOptions(prepare_provider=True),
        looks=always,
        writes=True,
    ),
    Feature(
        types.WORKSPACE_WILL_RENAME_FILES,
        renamed_with,
        types.FileOperationRegistrationOptions(
            [
                types.FileOperationFilter(
                    types.FileOperationPattern(
                        "**/*.{yaml,yml}", matches=types.FileOperationPatternKind.File
                    ),
                    scheme="file",
                )
            ]
        ),
        looks=always,
        writes=True,
    ),
)
