"""What the folders say, to the editor: judged in slices, so that it can ask meanwhile."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import perf_counter
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from bizalign_lint import __version__
from bizalign_lint.core.errors import summary, trace
from bizalign_lint.core.types import Finding
from bizalign_lint.lsp import hold
from bizalign_lint.lsp.client import Client
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.folders import Folders
from bizalign_lint.lsp.hold import Typed, shown_now
from bizalign_lint.lsp.progress import Progress
from bizalign_lint.lsp.protocol import Protocol
from bizalign_lint.lsp.publish import Publisher
from bizalign_lint.lsp.settings import ClientOptions
from bizalign_lint.lsp.state import State
from bizalign_lint.lsp.translate import Translator, named
from bizalign_lint.parsing.positions import lines

_log = logging.getLogger(__name__)

_DELAY = 0.02
"""How many seconds there are before what nobody types is judged."""
_SLICE = 0.015
"""How many seconds are judged at a time, before the editor's requests come."""
_PAUSE = 0.002
"""How many seconds a request has to come in."""
_LONG = 0.4
"""From so many seconds of judging on, the editor shows that it is going on."""
_MANY = 100
"""Diagnostics of so many files that are not open, at the most, are sent at once."""
_CALM = 0.5
"""How many seconds of silence there are before those of more are."""


class JudgingServer(LanguageServer):
    """The half of a server that reports."""

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
        self.edited: dict[Folder, set[str]] = {}
        """The open files that have changed since their folder was last judged."""
        self.typed: dict[Folder, Typed] = {}
        """Where somebody is typing."""
        self.state = State(self, self.folders)
        self._progress = Progress(self)
        self._spent: dict[Folder, float] = {}
        """How many seconds of judging there were since a folder was last reported."""
        self._rests: dict[Folder, float] = {}
        """Until when the time is the editor's; of each folder that has been judged."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What goes wrong is for the log; the editor's user can do nothing about it."""
        _log.error("%s: %s", getattr(source, "__name__", source), summary(error))

    def drop(self, folder: Folder) -> None:
        """The editor has left a folder."""
        self._stop(folder)
        self._progress.end(folder)
        publisher = self._publishers.pop(folder, None)
        if publisher is not None and not self.client_options.pull:
            for path in publisher.clear():
                self._send(self.translator(folder).uri(path), [])
        self._translators.pop(folder, None)
        self.state.forget(folder)
        self.edited.pop(folder, None)
        self.typed.pop(folder, None)
        self._spent.pop(folder, None)
        self._rests.pop(folder, None)

    def soon(self, folder: Folder) -> None:
        """Judge a folder when the editor has been silent for a moment."""
        self._stop(folder)
        wanted = self.client_options.delay if self.edited.get(folder) else _DELAY
        delay = max(wanted, min(self._rests.get(folder, 0.0) - perf_counter(), _CALM))
        self._later(delay, folder, partial(self.publish, folder))
        self.state.tell(False)

    def _later(self, delay: float, folder: Folder, do: Callable[[], object]) -> None:
        self._waiting[folder] = asyncio.get_running_loop().call_later(delay, do)

    def _stop(self, folder: Folder) -> None:
        """What waits is about a state that is over."""
        waiting = self._waiting.pop(folder, None)
        if waiting is not None:
            waiting.cancel()

    def publish(self, folder: Folder) -> None:
        """Judge a folder now, a slice after the other, and report what is new."""
        self._waiting.pop(folder, None)
        start = perf_counter()
        try:
            if folder.is_of_another_day():
                self.reopen(folder)
            is_ready = folder.advance(lambda: perf_counter() - start > _SLICE)
            findings = folder.judge() if is_ready else ()
        except Exception as error:
            self._progress.end(folder)
            _log.error("%s could not be judged\n%s", folder.root, "".join(trace(error)))
            self.state.tell(not self._waiting)
            return
        end = perf_counter()
        spent = self._spent[folder] = self._spent.get(folder, 0.0) + end - start
        if not is_ready:
            if spent > _LONG and self.client.shows_progress and not self.state.is_asked:
                self._progress.begin(folder)
            self._later(_PAUSE, folder, partial(self.publish, folder))
            return
        self._progress.end(folder)
        del self._spent[folder]
        self._take(folder, findings)
        if folder in self._rests:
            # After what took long it rests as long: at least half of the time is the editor's.
            self._rests[folder] = end + spent
        else:
            self._rests[folder] = 0.0
            # A model that has been read stays: nobody needs to look for what is dead in it.
            gc.freeze()
            gc.enable()
        self.state.complain(folder)
        self._refresh(folder)
        if not self.client_options.pull:
            self._report(folder)
        self._release(folder)
        self.state.tell(not self._waiting)

    def _take(self, folder: Folder, findings: Sequence[Finding]) -> None:
        publisher, typed = self.publisher(folder), self.typed.get(folder)
        shown = findings
        if typed is not None and not self.client_options.pull:
            source = folder.source(typed.path)
            text = lines(source).all if source is not None else ""
            is_shown = shown_now(typed, text, publisher.findings(typed.path))
            shown = [*filter(is_shown, findings)]
        if len(shown) == len(findings):
            self.typed.pop(folder, None)
        publisher.set_findings(shown, self.client, self.client_options)

    def _release(self, folder: Folder) -> None:
        """Show what is held back when there has been silence."""
        typed = self.typed.get(folder)
        if typed is not None and folder not in self._waiting:
            rest = typed.moment + hold.PATIENCE - perf_counter()
            self._later(max(rest, 0.0), folder, partial(self._show_all, folder))

    def _show_all(self, folder: Folder) -> None:
        self._waiting.pop(folder, None)
        self.typed.pop(folder, None)
        self._take(folder, folder.findings)
        self._report(folder)
        self.state.tell(not self._waiting)

    def _report(self, folder: Folder) -> None:
        near: list[str] = []
        far: list[str] = []
        for path in self.publisher(folder).changed():
            is_open = os.path.join(folder.root, path) in self.texts
            (near if is_open else far).append(path)
        self._tell(folder, near)
        if len(far) > _MANY:
            # As long as somebody is typing, nobody reads them all.
            self._later(_CALM, folder, partial(self._tell_slowly, folder, far))
        else:
            self._tell(folder, far)

    def _tell(self, folder: Folder, paths: Iterable[str]) -> None:
        translate, publisher = self.translator(folder), self.publisher(folder)
        for path in paths:
            self._send(translate.uri(path), publisher.tell(path))

    def _tell_slowly(self, folder: Folder, paths: list[str]) -> None:
        self._waiting.pop(folder, None)
        self._tell(folder, paths[:_MANY])
        if paths[_MANY:]:
            self._later(_PAUSE, folder, partial(self._tell_slowly, folder, paths[_MANY:]))
        self._release(folder)
        self.state.tell(not self._waiting)

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
        can, edited = self.client, self.edited.pop(folder, set())
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
