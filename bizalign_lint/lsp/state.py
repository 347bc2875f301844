"""What an editor hears of the server itself: whether it is judging, of what, and what is wrong.

``experimental/serverStatus`` is what rust-analyzer has made of it, and is sent to editors that ask
for it (``experimental.serverStatusNotification`` in their capabilities). ``quiescent`` is false
while something is still to be judged.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from bizalign_lint.ide.words import plural
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.folders import Folders

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

METHOD = "experimental/serverStatus"
ASKED = "serverStatusNotification"


class State:
    """Sends what is new, and that once."""

    def __init__(self, server: LanguageServer, folders: Folders) -> None:
        self._server = server
        self._folders = folders
        self.is_asked = False
        """Whether the editor asks for it."""
        self._told: dict[str, Any] = {}
        self._last_said: dict[Folder, str] = {}

    def begin(self, capabilities: types.ClientCapabilities) -> None:
        """The editor has said what it can do."""
        said = capabilities.experimental
        self.is_asked = isinstance(said, dict) and said.get(ASKED) is True

    def complain(self, folder: Folder) -> None:
        """Report what is wrong with a set-up and has no place in it."""
        setup_error = folder.setup_error
        said = str(setup_error) if setup_error is not None and setup_error.location is None else ""
        if said and said != self._last_said.get(folder):
            self._server.window_show_message(
                types.ShowMessageParams(types.MessageType.Error, f"bizalign-lint: {said}")
            )
        self._last_said[folder] = said

    def forget(self, folder: Folder) -> None:
        """A workspace has been closed."""
        self._last_said.pop(folder, None)

    def tell(self, is_quiescent: bool) -> None:
        """Report how it is now. Of the models only while nothing of them is on its way."""
        if not self.is_asked:
            return
        said: dict[str, Any] = {**self._told, "quiescent": is_quiescent}
        if is_quiescent:
            wrong = [folder for folder in self._folders if folder.setup_error is not None]
            said["health"] = "error" if wrong else "ok"
            said["message"] = "\n".join(_lines(self._folders))
        said.setdefault("health", "ok")
        if said != self._told:
            self._told = said
            self._server.protocol.notify(METHOD, said)


def _lines(folders: Folders) -> list[str]:
    """Each model, as people say it: its folder, and how much is in it or why it is not known."""
    lines = []
    for folder in folders:
        snapshot = folder.snapshot()
        kinds = snapshot.graph.kinds.values() if snapshot is not None else ()
        count = sum(node.holder is None for nodes in kinds for node in nodes)
        wrong = f", {folder.setup_error}" if folder.setup_error is not None else ""
        if count or wrong or not folder.nested:
            what = plural("definition", count)
            lines.append(f"{os.path.basename(folder.root)}: {what}{wrong}")
    return lines
