"""Short ways to read a text and to see what a place points at."""

from __future__ import annotations

from typing import Any

from bizalign_lint.core.types import Document, Flaw, Location, Place, Source, Span
from bizalign_lint.parsing.documents import Parsed, parse
from bizalign_lint.parsing.positions import lines, locate
from bizalign_lint.parsing.yaml import stream

HEAD = "apiVersion: bizalign/v1\n"


def source(text: str | bytes) -> Source:
    return Source("model.yaml", text.encode() if isinstance(text, str) else text)


def read(text: str | bytes) -> Parsed:
    return parse(source(text))


def document(body: str) -> Document:
    """The only document of a text that is ours but for its first line."""
    (found,) = read(HEAD + body).documents
    return found


def value(body: str) -> Any:
    """What a text holds beside its first line."""
    return {k: v for k, v in document(body).value.items() if k != "apiVersion"}


def span_of(place: Place | Location) -> Span:
    return place.span if isinstance(place, Location) else locate(place)


def shown(text: str | bytes, span: Span) -> str:
    """The stretch of text that a span is; it never leaves its line."""
    assert span.line == span.end_line
    assert span.column < span.end_column
    line = lines(source(text)).text(span.line)
    return f"{span.line}: {line[span.column - 1 : span.end_column - 1]}"


def told(text: str | bytes) -> list[tuple[str, str]]:
    """What is said about a text: the line and stretch that it is said of, and what is said."""
    return [(shown(text, span_of(flaw.place)), _said(flaw)) for flaw in read(text).flaws]


def _said(flaw: Flaw) -> str:
    return flaw.details.get("problem") or f"{flaw.condition} {flaw.subject}"


def exact(text: str | bytes) -> list[Any] | None:
    """What the exact path reads; None when it has anything to say."""
    found = stream.read(source(text).content)
    if found.bad is not None or any(tree.defects for tree in found.trees):
        return None
    return [tree.root.value if tree.root is not None else None for tree in found.trees]


def same(left: object, right: object) -> bool:
    """Whether two values are equal, types and not-a-number included."""
    return repr(left) == repr(right)
