"""One editor: what it says, to the folders."""

from __future__ import annotations

import os
from collections.abc import Iterable
from time import perf_counter
from typing import Any

from lsprotocol import types

from bizalign_lint.lsp.buffers import replaced
from bizalign_lint.lsp.client import client
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.hold import Typed
from bizalign_lint.lsp.judging import JudgingServer
from bizalign_lint.lsp.settings import client_options
from bizalign_lint.lsp.translate import path_of
from bizalign_lint.lsp.units import MEASURES
from bizalign_lint.sources.roots import CONFIG_NAME


class Session(JudgingServer):
    """The server of one editor. Everything is done in the one thread of the event loop."""

    def begin(self, params: types.InitializeParams) -> None:
        """The editor has introduced itself."""
        encoding = self.workspace.position_encoding
        agreed = encoding.value if isinstance(encoding, types.PositionEncodingKind) else encoding
        if agreed is not None and agreed in MEASURES:
            self.encoding = agreed
        name = params.client_info.name if params.client_info is not None else ""
        self.client = client(params.capabilities, name)
        self.client_options = client_options(params.initialization_options, self.client_options)
        uris = [folder.uri for folder in params.workspace_folders or ()]
        if not uris and params.root_uri:
            uris = [params.root_uri]
        for uri in uris:
            self.add_folder(uri)
        # Before it is answered nothing may be said.
        self.state.begin(params.capabilities)

    def add_folder(self, uri: str) -> None:
        """The editor has opened a folder."""
        path = path_of(uri)
        if path is not None and os.path.isdir(path):
            path = os.path.realpath(path)
            self.bases[path] = uri.rstrip("/")
            for folder in self.folders.add(path):
                self.soon(folder)

    def remove_folder(self, uri: str) -> None:
        """The editor has closed a folder."""
        path = path_of(uri)
        for folder in self.folders.remove(os.path.realpath(path)) if path is not None else ():
            self.drop(folder)

    def follow_nested(self) -> None:
        """Workspaces may have come or gone below the folders that the editor has open."""
        new, former = self.folders.again()
        for folder in former:
            self.drop(folder)
        if new or former:
            for path, text in self.texts.items():
                self._put(self.folders.of(path), path, text)
            for folder in self.folders:
                self.soon(folder)

    def open_text(self, uri: str, text: str, version: int) -> None:
        """The editor has opened a file, or sends all of it again."""
        path = path_of(uri)
        if path is None:
            return
        self.uris[path] = uri
        self.versions[path] = version
        self.texts[path] = text
        folder = self.folders.of(path)
        self._put(folder, path, text)
        self.soon(folder)

    def change_text(self, uri: str, changes: Iterable[Any], version: int) -> None:
        """The editor has changed a file. A change of what is not open is no change."""
        path = path_of(uri)
        if path is None or path not in self.texts:
            return
        text, line = self.texts[path], 0
        for change in changes:
            range_ = getattr(change, "range", None)
            if range_ is None:
                text, line = change.text, 0
                continue
            line = range_.start.line + change.text.count("\n") + 1
            start = (range_.start.line, range_.start.character)
            end = (range_.end.line, range_.end.character)
            text = replaced(text, start, end, change.text, MEASURES[self.encoding])
        self.texts[path] = text
        self.versions[path] = version
        folder = self.folders.of(path)
        self.edited.setdefault(folder, set()).add(path)
        relative = folder.relative(path)
        if line and relative is not None:
            self.typed[folder] = Typed(relative, line, perf_counter())
        else:
            self.typed.pop(folder, None)
        self._put(folder, path, text)
        self.soon(folder)

    def close_text(self, uri: str) -> None:
        """The editor has closed a file: what is on disk counts again."""
        path = path_of(uri)
        if path is None or self.texts.pop(path, None) is None:
            return
        folder = self.folders.of(path)
        if folder.alone is not None:
            self.folders.forget_alone(path)
            self.drop(folder)
        else:
            self._put(folder, path, None)
            self.soon(folder)
        self.uris.pop(path, None)
        self.versions.pop(path, None)

    def changed_on_disk(self, uris: Iterable[str]) -> None:
        """Files have been made, saved, changed or deleted."""
        stale: set[Folder] = set()
        listed: set[Folder] = set()
        for uri in uris:
            path = path_of(uri)
            if path is None:
                continue
            for folder in self.folders.holding(path):
                relative = folder.relative(path)
                assert relative is not None
                if os.path.basename(path) == CONFIG_NAME and folder.is_set_up:
                    listed.add(folder)
                if folder.concerns_setup(relative):
                    stale.add(folder)
                elif not folder.may_read(relative):
                    continue
                elif folder.has_other_setup():
                    stale.add(folder)
                elif folder.is_set_up and not folder.look_at(relative):
                    listed.add(folder)
                self.soon(folder)
        for folder in stale:
            self.reopen(folder)
        for folder in listed - stale:
            folder.look(folder.found())
        self.follow_nested()

    def _put(self, folder: Folder, path: str, text: str | None) -> None:
        relative = folder.relative(path)
        if relative is not None:
            content = None if text is None else text.encode("utf-8", "surrogatepass")
            folder.put(relative, content)
