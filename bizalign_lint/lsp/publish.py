"""Which diagnostics each file has, and which of them the editor has received."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from lsprotocol import types

from bizalign_lint.core import conditions
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.types import Finding, Location, Span
from bizalign_lint.lsp.client import Client
from bizalign_lint.lsp.diagnostics import SOURCE, Link, Tag, by_path, diagnostic, tags
from bizalign_lint.lsp.folder import Folder
from bizalign_lint.lsp.pages import pages
from bizalign_lint.lsp.settings import ClientOptions
from bizalign_lint.lsp.setup_files import errors
from bizalign_lint.lsp.translate import Translator
from bizalign_lint.sources.roots import CONFIG_NAME

_START = Span(1, 1, 1, 2)
_SETUP = Location(CONFIG_NAME, _START)
"""Where what is wrong with the set-up is reported that has no place."""


class Published(NamedTuple):
    """What was last published for a file, and of which state of it."""

    findings: Sequence[Finding]
    errors: Sequence[tuple[str, Location | None]]
    """Of the set-up."""
    content: bytes | None


_NOTHING = Published([], [], None)


class Publisher:
    """The diagnostics of one folder."""

    def __init__(self, folder: Folder, translate: Translator) -> None:
        self._folder = folder
        self._translate = translate
        self._link: Link = cache(self._page)
        self._tag: Tag = tags({}, ())
        self._by_path: dict[str, list[Finding]] = {}
        self._wrong: Mapping[str, Sequence[BizalignError]] = {}
        self._told: dict[str, Published] = {}
        self._results: dict[str, tuple[Published, str]] = {}
        """What was last answered of a file, and the number of that answer."""

    def set_findings(
        self, findings: Iterable[Finding], client: Client, client_options: ClientOptions
    ) -> None:
        """What there is to report from now on."""
        self._link = cache(self._page)
        snapshot = self._folder.snapshot()
        if snapshot is not None:
            self._tag = tags(snapshot.loaded.rules.rules, client.tags)
        self._wrong = self._find_wrong()
        self._by_path = by_path(
            finding
            for finding in findings
            if client_options.structure or not self._is_structure(finding.rule)
        )

    def changed(self) -> list[str]:
        """The files of which something else is to be reported than before."""
        paths = sorted({*self._by_path, *self._told, *self._wrong})
        return [path for path in paths if self._state(path) != self._told.get(path, _NOTHING)]

    def tell(self, path: str) -> list[types.Diagnostic]:
        """All diagnostics of a file; from now on the editor has received them."""
        state = self._state(path)
        if state == _NOTHING:
            self._told.pop(path, None)
        else:
            self._told[path] = state
        return self.diagnostics(path)

    def paths(self) -> list[str]:
        """The files that have diagnostics."""
        return sorted({*self._by_path, *self._wrong})

    def findings(self, path: str) -> Sequence[Finding]:
        """What there is to report on a file."""
        return self._by_path.get(path, ())

    def diagnostics(self, path: str) -> list[types.Diagnostic]:
        """All of one file."""
        translate, link, tag = self._translate, self._link, self._tag
        found = [diagnostic(f, translate, link, tag) for f in self.findings(path)]
        found += (
            _of_setup_error(error, error.location or _SETUP, self._translate)
            for error in self._wrong.get(path, ())
        )
        return found

    def result(self, path: str) -> str:
        """The number of what there is to answer of a file: the same while that is the same."""
        state = self._state(path)
        known = self._results.get(path)
        if known is None or known[0] != state:
            number = int(known[1]) + 1 if known is not None else 1
            known = self._results[path] = (state, str(number))
        return known[1]

    def clear(self) -> Iterator[str]:
        """The files for which the editor has to forget all diagnostics."""
        yield from self._told
        self._told.clear()

    def _state(self, path: str) -> Published:
        # A column is reported in the editor's units, and so may change with the text before it.
        source = self._folder.source(path)
        findings = self._by_path.get(path, [])
        ascii_ = source is None or source.content.isascii()
        return Published(
            findings,
            [(error.message, error.location) for error in self._wrong.get(path, ())],
            None if ascii_ or source is None or not findings else source.content,
        )

    def _is_structure(self, rule: str) -> bool:
        """Whether a schema for the files reports the same as a rule."""
        snapshot = self._folder.snapshot()
        known = snapshot.loaded.rules.rules.get(rule) if snapshot is not None else None
        return known is not None and known.condition in conditions.STRUCTURE

    def _page(self, rule: str) -> str | None:
        """Where a rule is explained."""
        snapshot = self._folder.snapshot()
        return pages(snapshot)(rule) if snapshot is not None else None

    def _find_wrong(self) -> dict[str, list[BizalignError]]:
        """What is wrong with the set-up, by the file that it is wrong in."""
        setup_error = self._folder.setup_error
        wrong: dict[str, list[BizalignError]] = {}
        for error in (setup_error, *setup_error.others) if setup_error is not None else ():
            wrong.setdefault((error.location or _SETUP).path, []).append(error)
        for source, role in self._folder.unsaved_setup():
            # What is on disk is not what the person sees.
            wrong.pop(source.path, None)
            found = [*errors(source, role)]
            if found:
                wrong[source.path] = found
        return wrong


def _of_setup_error(
    setup_error: BizalignError, location: Location, translate: Translator
) -> types.Diagnostic:
    hint = f" ({setup_error.hint})" if setup_error.hint else ""
    return types.Diagnostic(
        range=translate.range(location),
        message=f"{setup_error.message}{hint}",
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )
