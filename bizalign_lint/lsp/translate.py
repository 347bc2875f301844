"""Between the editor's URIs and positions and ours: the only place where that is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import url2pathname

from lsprotocol import types

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Edit, Location, Source, Span
from bizalign_lint.lsp.units import MEASURES, column, units
from bizalign_lint.parsing.positions import lines

LineColumn = tuple[int, int]
"""A line and a column, both from 1; the column in code points."""


def path_of(uri: str) -> str | None:
    """The file that a URI means, links in its folder resolved; None for what is no file."""
    try:
        parts = urlsplit(uri)
        path = url2pathname(parts.path)
    except (ValueError, OSError):
        return None
    if parts.scheme != "file" or not path or "\0" in path:
        return None
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def named(root: str, bases: Mapping[str, str]) -> str:
    """The URI of a folder, below the innermost of those whose URI the editor has given, by path."""
    way = ""
    base = root
    while base not in bases:
        base, name = os.path.split(base)
        if not name:
            return Path(root).as_uri()
        way = f"/{quote(name)}{way}"
    return bases[base] + way


class Translator:
    """Translates for one folder.

    ``base`` is its URI as the editor has it, ``given`` leads from a path to the URI that the editor
    uses itself, if it has the file open.
    """

    def __init__(
        self,
        base: str,
        encoding: str,
        source_of: Callable[[str], Source | None],
        given: Callable[[str], str | None],
    ) -> None:
        self._base = base.rstrip("/")
        self.encoding = encoding
        self._measure = MEASURES[encoding]
        self._source_of = source_of
        self._given = given
        self._lines: dict[str, tuple[Source | None, Lines]] = {}

    def uri(self, path: str) -> str:
        """The URI of a file of the folder."""
        return self._given(path) or f"{self._base}/{quote(path)}"

    def lines(self, path: str) -> Lines:
        """The lines of a file, as it is in the editor."""
        source = self._source_of(path)
        known = self._lines.get(path)
        if known is None or known[0] is not source:
            known = self._lines[path] = (source, lines(source or Source(path, b"")))
        return known[1]

    def at(self, path: str, position: types.Position) -> LineColumn:
        """Our line and column for the editor's position."""
        text = self.lines(path).text(position.line + 1)
        return position.line + 1, column(text, position.character, self._measure)

    def span(self, path: str, range_: types.Range) -> Span:
        """Our span for the editor's range."""
        return Span(*self.at(path, range_.start), *self.at(path, range_.end))

    def position(self, path: str, at: LineColumn) -> types.Position:
        """The editor's position for a line and column of ours."""
        line, at_column = at
        return types.Position(
            line - 1, units(self.lines(path).text(line), at_column, self._measure)
        )

    def after(self, line: int, before: str) -> types.Position:
        """The editor's position on a line, counted from 1, after a text that it begins with."""
        return types.Position(line - 1, units(before, len(before) + 1, self._measure))

    def range(self, location: Location) -> types.Range:
        """The editor's range for a stretch of a file."""
        path, span, _ = location
        return types.Range(
            self.position(path, (span.line, span.column)),
            self.position(path, (span.end_line, span.end_column)),
        )

    def location(self, location: Location) -> types.Location:
        """The editor's location for ours."""
        return types.Location(self.uri(location.path), self.range(location))

    def edit(self, edit: Edit) -> types.TextEdit:
        """The editor's edit for ours; of which file is not part of it."""
        return types.TextEdit(self.range(edit.location), edit.text)
