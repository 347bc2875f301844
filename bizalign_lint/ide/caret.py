"""Where the user continues writing after an edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bizalign_lint.core.types import Edit, Source
from bizalign_lint.fixes.apply import edited
from bizalign_lint.parsing.positions import lines

_REASON = re.compile(r"(?:#.*|\A) -- (?=\r?\n|\Z)")
_LIST = re.compile(r"\[(?=[ ,]*\])")
_VALUE = re.compile(r"^([ \t]*(?:- )*)[^#\s][^\r\n]*?:[ \t]?(?=\r?$)", re.MULTILINE)
_FLOW = re.compile(r": (?=[,}])")


class Caret(NamedTuple):
    """A place in a file as it will be after an edit."""

    path: str
    line: int
    """From 1."""
    before: str
    """The text on that line before it."""


def caret(sources: Mapping[str, Source], edit: Edit) -> Caret | None:
    """The first place to fill in within the text of an edit, or else its end; None if no text."""
    if not edit.text.strip():
        return None
    placeholder = _placeholder(edit.text)
    path, span, _ = edit.location
    source = sources.get(path, Source(path, b""))
    read = lines(source)
    start = read.index(span.line, span.column)
    after = lines(Source(path, edited(source.content, read, [edit])))
    at = after.span(start + placeholder, start + placeholder)
    return Caret(path, at.line, after.text(at.line)[: at.column - 1])


def _placeholder(text: str) -> int:
    found = [match.end() for sign in (_REASON, _LIST, _FLOW) if (match := sign.search(text))]
    found += (match.end() for match in _VALUE.finditer(text) if not _continues(text, match))
    return min(found, default=len(text.rstrip()))


def _continues(text: str, key: re.Match[str]) -> bool:
    """Whether the value of a key continues on the next line."""
    _, _, rest = text[key.end() :].partition("\n")
    depth = len(rest) - len(rest.lstrip(" \t"))
    return bool(rest.strip()) and (depth > len(key[1]) or rest.lstrip(" \t").startswith("- "))
