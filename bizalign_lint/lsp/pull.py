"""Diagnostics for an editor that asks for them."""

from __future__ import annotations

import os
from functools import partial

from lsprotocol import types

from bizalign_lint.lsp.diagnostics import SOURCE
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.session import Session
from bizalign_lint.lsp.translate import path_of

OfFile = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport


def register(session: Session) -> None:
    """Let the editor ask. It must then not be sent any: it would show each twice."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier=SOURCE
    )
    session.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(partial(_of_file, session))
    session.feature(types.WORKSPACE_DIAGNOSTIC)(partial(_of_all, session))


def _of_file(session: Session, params: types.DocumentDiagnosticParams) -> OfFile:
    path = path_of(params.text_document.uri)
    if path is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    folder = session.folders.of(path)
    publisher = session.publisher(folder)
    publisher.set_findings(folder.judge(), session.client, session.client_options)
    relative = folder.relative(path) or ""
    result = publisher.result(relative)
    if result == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=result)
    items = publisher.diagnostics(relative)
    return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=result)


def _of_all(
    session: Session, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    known = {
        path: (previous.uri, previous.value)
        for previous in params.previous_result_ids
        if (path := path_of(previous.uri)) is not None
    }
    items: list[types.WorkspaceDocumentDiagnosticReport] = []
    for folder in session.folders:
        items += _of_folder(session, folder, known)
    # Of what is no part of a folder any more, there is nothing to report.
    items += [
        types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=[]) for uri, _ in known.values()
    ]
    return types.WorkspaceDiagnosticReport(items=items)


def _of_folder(
    session: Session, folder: Folder, known: dict[str, tuple[str, str]]
) -> list[types.WorkspaceDocumentDiagnosticReport]:
    """What there is to report a folder; takes what it reports out of what the editor knows."""
    publisher, translate = session.publisher(folder), session.translator(folder)
    publisher.set_findings(folder.judge(), session.client, session.client_options)
    before = {
        path: known.pop(full) for full in [*known] if (path := folder.relative(full)) is not None
    }
    items: list[types.WorkspaceDocumentDiagnosticReport] = []
    for path in sorted({*publisher.paths(), *before}):
        uri, previous = before.get(path, (translate.uri(path), ""))
        version = session.versions.get(os.path.join(folder.root, path))
        result = publisher.result(path)
        if result == previous:
            items.append(
                types.WorkspaceUnchangedDocumentDiagnosticReport(
                    uri=uri, result_id=result, version=version
                )
            )
        else:
            diagnostics = publisher.diagnostics(path)
            items.append(
                types.WorkspaceFullDocumentDiagnosticReport(
                    uri=uri, items=diagnostics, result_id=result, version=version
                )
            )
    return items
