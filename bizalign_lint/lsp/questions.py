"""What the editor asks, to the folder that it is about; what has become stale, made fresh first."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from bizalign_lint.core.types import Source
from bizalign_lint.editors.setup_schema import setup_schema
from bizalign_lint.engine.load import names
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.lsp import look
from bizalign_lint.lsp.features import Feature, RefusalError, Request, StaleError
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.session import Session
from bizalign_lint.lsp.translate import path_of
from bizalign_lint.schema.ontology import Schema


def register(session: Session, feature: Feature) -> None:
    """Let the editor ask for a feature."""
    session.feature(feature.method, feature.options)(partial(_ask, session, feature))


def _ask(session: Session, feature: Feature, params: Any) -> Any:
    """Answer a question about a file, or about all folders."""
    uri = _uri(params)
    path = path_of(uri) if uri is not None else None
    if path is None and hasattr(params, "data"):
        return params  # to be completed, and not one of ours
    if uri is None:
        answers = [_answer(session, feature, folder, params, "") for folder in session.folders]
        lists = [answer for answer in answers if answer]
        return [one for answer in lists for one in answer] or None
    if path is None:
        return None
    folder = session.folders.of(path)
    relative = folder.relative(path) or ""
    if feature.looks(params):
        look.now(session, folder)
        if feature.writes and folder.setup_error is not None:
            raise RefusalError(f"what is on disk is unknown: {folder.setup_error}")
        if feature.judges:
            folder.judge()
    try:
        return _answer(session, feature, folder, params, relative)
    except StaleError:
        look.now(session, folder)
    try:
        return _answer(session, feature, folder, params, relative)
    except StaleError as error:
        raise RefusalError(str(error)) from None


def _answer(session: Session, feature: Feature, folder: Folder, params: Any, path: str) -> Any:
    snapshot = folder.snapshot()
    if snapshot is None:
        return None
    translate = session.translator(folder)
    position = getattr(params, "position", None)
    request = Request(
        snapshot,
        params,
        translate,
        path,
        translate.at(path, position) if position is not None else None,
        session.client_options.structure,
        session.client,
        lambda path: session.versions.get(os.path.join(folder.root, path)),
        _setup(folder, snapshot, path),
        folder.is_current,
    )
    return feature.answer(request)


def _setup(folder: Folder, snapshot: Snapshot, path: str) -> tuple[Source, Schema] | None:
    """The file that is asked about and its schema, if it is one of the set-up."""
    source, role = folder.source(path), folder.setup_role(path)
    if source is None or role is None:
        return None
    return source, setup_schema(role, names(snapshot.loaded))


def _uri(params: Any) -> str | None:
    for holder in (getattr(params, "text_document", None), getattr(params, "item", None)):
        uri = getattr(holder, "uri", None)
        if isinstance(uri, str):
            return uri
    files = getattr(params, "files", None)
    if files:
        return str(files[0].old_uri)
    data = getattr(params, "data", None)
    return data["uri"] if isinstance(data, dict) and isinstance(data.get("uri"), str) else None
