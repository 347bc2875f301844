"""Leading the editor to a place: where somebody writes on after an action, or looks next."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from bizalign_lint.lsp.session import Session
from bizalign_lint.lsp.translate import path_of

GO_TO = "bizalign.goTo"
"""Our command: a URI and a range are its arguments."""


def register(session: Session) -> None:
    """Let the editor ask to be led somewhere."""
    session.command(GO_TO)(partial(_go_to, session))


def _go_to(session: Session, uri: str, range_: types.Range) -> None:
    # Of another address, an editor would open what it finds there.
    if path_of(uri) is not None:
        shown = types.ShowDocumentParams(uri=uri, take_focus=True, selection=range_)
        session.window_show_document(shown, lambda _: None)
