"""Diagnostics for an editor that asks for them."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from bizalign_lint.lsp.diagnostics import SOURCE
from bizalign_lint.lsp.session import Session
from bizalign_lint.lsp.translate import path_of


def register(session: Session) -> None:
    """Let the editor ask. It must then not be sent any: it would show each twice."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier=SOURCE
    )
    session.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(partial(_of_file, session))
    session.feature(types.WORKSPACE_DIAGNOSTIC)(partial(_of_all, session))


def _of_file(
    session: Session, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport:
    path = path_of(params.text_document.uri)
    items: list[types.Diagnostic] = []
    if path is not None:
        folder = session.folders.of(path)
        publisher = session.publisher(folder)
        publisher.set_findings(folder.judge(), session.client_options)
        items = publisher.diagnostics(folder.relative(path) or "")
    return types.RelatedFullDocumentDiagnosticReport(items=items)


def _of_all(
    session: Session, _: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    items: list[types.WorkspaceDocumentDiagnosticReport] = []
    for folder in session.folders:
        publisher = session.publisher(folder)
        publisher.set_findings(folder.judge(), session.client_options)
        translate = session.translator(folder)
        items += [
            types.WorkspaceFullDocumentDiagnosticReport(
                uri=translate.uri(path), items=publisher.diagnostics(path)
            )
            for path in publisher.paths()
        ]
    return types.WorkspaceDiagnosticReport(items=items)
