"""One editor: what it says, to the folders; what they say, to it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import Iterable
from functools import partial
from time import perf_counter
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from bizalign_lint import __version__
from bizalign_lint.core.errors import summary, trace
from bizalign_lint.lsp.buffers import replaced
from bizalign_lint.lsp.client import Client, client
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.folders import Folders
from bizalign_lint.lsp.protocol import Protocol
from bizalign_lint.lsp.publish import Publisher
from bizalign_lint.lsp.settings import ClientOptions, client_options
from bizalign_lint.lsp.state import State
from bizalign_lint.lsp.translate import Translator, named, path_of
from bizalign_lint.lsp.units import MEASURES
from bizalign_lint.sources.roots import CONFIG_NAME

_log = logging.getLogger(__name__)

_PATIENCE = 0.02
"""How many seconds of silence there are before an edit is judged, at the least."""


class Session(LanguageServer):
    """The server of one editor. Everything is done in the one thread of the event loop."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("bizalign-lint", __version__, protocol_cls=Protocol)
        self.encoding: str = types.PositionEncodingKind.Utf16.value
        self.client = Client()
        self.client_options = ClientOptions()
        self.folders = Folders()
        self.texts: dict[str, str] = {}
        """The open files by path."""
        self.uris: dict[str, str] = {}
        """The editor's own URIs of them."""
        self.versions: dict[str, int] = {}
        """The editor's own numbers of their states."""
        self.bases: dict[str, str] = {}
        """The editor's own URIs of folders, by path."""
        self.is_shut_down = False
        self._publishers: dict[Folder, Publisher] = {}
        self._translators: dict[Folder, Translator] = {}
        self._waiting: dict[Folder, asyncio.TimerHandle] = {}
        self._edited: dict[Folder, set[str]] = {}
        """The open files that have changed since their folder was last judged."""
        self._state = State(self, self.folders)
        self._rests: dict[Folder, float] = {}
        """Until when the time is the editor's; of each folder that has been judged."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What goes wrong is for the log; the editor's user can do nothing about it."""
        _log.error("%s: %s", getattr(source, "__name__", source), summary(error))

    # What the editor has open.

    def begin(self, params: types.InitializeParams) -> None:
        """The editor has introduced itself."""
        encoding = self.workspace.position_encoding
        agreed = encoding.value if isinstance(encoding, types.PositionEncodingKind) else encoding
        if agreed is not None and agreed in MEASURES:
            self.encoding = agreed
        self.client = client(params.capabilities)
        self.client_options = client_options(params.initialization_options, self.client_options)
        uris = [folder.uri for folder in params.workspace_folders or ()]
        if not uris and params.root_uri:
            uris = [params.root_uri]
        for uri in uris:
            self.add_folder(uri)
        # Before it is answered nothing may be said.
        self._state.begin(params.capabilities)

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
            self._drop(folder)

    def follow_nested(self) -> None:
        """Workspaces may have come or gone below the folders that the editor has open."""
        new, former = self.folders.again()
        for folder in former:
            self._drop(folder)
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
        text = self.texts[path]
        for change in changes:
            range_ = getattr(change, "range", None)
            if range_ is None:
                text = change.text
                continue
            start = (range_.start.line, range_.start.character)
            end = (range_.end.line, range_.end.character)
            text = replaced(text, start, end, change.text, MEASURES[self.encoding])
        self.texts[path] = text
        self.versions[path] = version
        folder = self.folders.of(path)
        self._edited.setdefault(folder, set()).add(path)
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
            self._drop(folder)
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

    def _drop(self, folder: Folder) -> None:
        waiting = self._waiting.pop(folder, None)
        if waiting is not None:
            waiting.cancel()
        publisher = self._publishers.pop(folder, None)
        if publisher is not None and not self.client_options.pull:
            for path in publisher.clear():
                self._send(self.translator(folder).uri(path), [])
        self._translators.pop(folder, None)
        self._state.forget(folder)
        self._edited.pop(folder, None)

    # What there is to report.

    def soon(self, folder: Folder) -> None:
        """Judge a folder when the editor has been silent for a moment."""
        waiting = self._waiting.pop(folder, None)
        if waiting is not None:
            waiting.cancel()
        delay = min(max(_PATIENCE, self._rests.get(folder, 0.0) - perf_counter()), 0.5)
        loop = asyncio.get_running_loop()
        self._waiting[folder] = loop.call_later(delay, self.publish, folder)
        self._state.tell(False)

    def publish(self, folder: Folder) -> None:
        """Judge a folder now, and report what is new."""
        self._waiting.pop(folder, None)
        start = perf_counter()
        if folder.is_of_another_day():
            self.reopen(folder)
        try:
            findings = folder.judge()
        except Exception as error:
            _log.error("%s could not be judged\n%s", folder.root, "".join(trace(error)))
            self._state.tell(not self._waiting)
            return
        publisher = self.publisher(folder)
        publisher.set_findings(findings, self.client_options)
        if folder in self._rests:
            # After what took long it rests as long: at least half of the time is the editor's.
            end = perf_counter()
            self._rests[folder] = end + end - start
        else:
            self._rests[folder] = 0.0
            # A model that has been read stays: nobody needs to look for what is dead in it.
            gc.freeze()
            gc.enable()
        self._state.complain(folder)
        self._refresh(folder)
        if not self.client_options.pull:
            translate = self.translator(folder)
            for path, diagnostics in publisher.changed_files():
                self._send(translate.uri(path), diagnostics)
        self._state.tell(not self._waiting)

    def reopen(self, folder: Folder) -> None:
        """Read set-up and files of a folder again; a mistake is reported, and nothing lost."""
        self._rests.pop(folder, None)
        gc.unfreeze()
        gc.collect()
        gc.disable()
        folder.open()

    def publisher(self, folder: Folder) -> Publisher:
        """The publisher of a folder."""
        if folder not in self._publishers:
            self._publishers[folder] = Publisher(folder, self.translator(folder))
        return self._publishers[folder]

    def translator(self, folder: Folder) -> Translator:
        """What translates for a folder."""
        known = self._translators.get(folder)
        if known is None:
            base = named(folder.root, self.bases)
            known = Translator(base, self.encoding, folder.source, partial(self._given, folder))
            self._translators[folder] = known
        return known

    def _given(self, folder: Folder, path: str) -> str | None:
        """The URI that the editor itself uses for an open file."""
        return self.uris.get(os.path.join(folder.root, path))

    def _send(self, uri: str, diagnostics: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))

    def _refresh(self, folder: Folder) -> None:
        """Let the editor ask again for what has come to be another answer."""
        can, edited = self.client, self._edited.pop(folder, set())
        if self.client_options.pull and can.refreshes_diagnostics:
            self.workspace_diagnostic_refresh(None)
        # Of what somebody is typing into it asks by itself.
        if not any(self.folders.of(path) is folder for path in self.texts.keys() - edited):
            return
        if can.refreshes_lenses:
            self.workspace_code_lens_refresh(None)
        if can.refreshes_tokens:
            self.workspace_semantic_tokens_refresh(None)
        if can.refreshes_hints:
            self.workspace_inlay_hint_refresh(None)
