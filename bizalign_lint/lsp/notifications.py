"""What the editor announces: which files are open, how they change, what it is set to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from lsprotocol import types

from bizalign_lint.lsp import look, pull
from bizalign_lint.lsp.session import Session
from bizalign_lint.lsp.settings import client_options

_WATCHED = ("**/*.{yaml,yml}", "**/.bizalign-baseline.json")


def register(session: Session) -> None:
    """Let the session hear of it."""
    for method, hear in _HEARD.items():
        session.feature(method)(partial(hear, session))


def _begin(session: Session, params: types.InitializeParams) -> None:
    session.begin(params)
    if session.client_options.pull:
        pull.register(session)


async def _begun(session: Session, _: types.InitializedParams) -> None:
    """Ask for notifications of changes on disk, or poll if the editor does not support that."""
    if not session.client.watches:
        await look.go_on(session)
        return
    options = types.DidChangeWatchedFilesRegistrationOptions(
        [
            *(types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED),
            # A folder that comes, goes or is moved is reported as one event, by its own name.
            types.FileSystemWatcher(
                glob_pattern="**", kind=types.WatchKind.Create | types.WatchKind.Delete
            ),
        ]
    )
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration("bizalign-lint-files", method, options)
    session.client_register_capability(types.RegistrationParams([registration]))


def _shut_down(session: Session, _: Any = None) -> None:
    session.is_shut_down = True


async def _opened(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    session.open_text(document.uri, document.text, document.version)
    await look.again(session)


def _changed(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    session.change_text(document.uri, params.content_changes, document.version)


def _closed(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    session.close_text(params.text_document.uri)


async def _saved(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    session.changed_on_disk([params.text_document.uri])
    await look.again(session)


def _watched(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    session.changed_on_disk(change.uri for change in params.changes)


def _folders(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for removed in params.event.removed:
        session.remove_folder(removed.uri)
    for added in params.event.added:
        session.add_folder(added.uri)


def _configured(session: Session, params: types.DidChangeConfigurationParams) -> None:
    said = client_options(params.settings, session.client_options)
    # Whether the editor pulls or the server pushes is settled at initialization.
    session.client_options = said._replace(pull=session.client_options.pull)
    for folder in session.folders:
        session.soon(folder)


_HEARD: Mapping[str, Callable[..., Any]] = {
    types.INITIALIZE: _begin,
    types.INITIALIZED: _begun,
    types.SHUTDOWN: _shut_down,
    types.TEXT_DOCUMENT_DID_OPEN: _opened,
    types.TEXT_DOCUMENT_DID_CHANGE: _changed,
    types.TEXT_DOCUMENT_DID_CLOSE: _closed,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _watched,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _folders,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _configured,
}
