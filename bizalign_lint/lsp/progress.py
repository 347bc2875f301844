"""Showing in the editor that a folder is being judged, when that takes long."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from bizalign_lint.lsp.folder import Folder

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

_TITLE = "bizalign-lint"
_WHAT = "judging the definitions"


class Progress:
    """What the editor has been asked to show; of whatever it shows, it hears the end."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._numbers = count(1)
        self._tokens: dict[Folder, str] = {}
        self._shown: set[str] = set()

    def begin(self, folder: Folder) -> None:
        """It is going on, once more or still."""
        if folder in self._tokens:
            return
        token = self._tokens[folder] = f"bizalign-judging-{next(self._numbers)}"

        def created(_: Any = None) -> None:
            # By then it may be over.
            if self._tokens.get(folder) == token:
                self._shown.add(token)
                begin = types.WorkDoneProgressBegin(title=_TITLE, message=_WHAT, cancellable=False)
                self._server.work_done_progress.begin(token, begin)

        self._server.work_done_progress.create(token, created)

    def end(self, folder: Folder) -> None:
        """It is over, if it was going on."""
        token = self._tokens.pop(folder, None)
        if token in self._shown:
            self._shown.remove(token)
            self._server.work_done_progress.end(token, types.WorkDoneProgressEnd())
            self._server.work_done_progress.tokens.pop(token, None)
