"""Finds the comments of a YAML text, and nothing that looks like one inside a scalar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bizalign_lint.core.lines import Lines
from bizalign_lint.parsing.yaml import events
from bizalign_lint.parsing.yaml.compose import next_document

_COMMENT = re.compile(r"#[^\r\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(?=#)")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: where its ``#`` is, and its text from there to the end of the line."""

    line: int
    column: int
    text: str


def comments(text: str) -> list[Comment]:
    """All comments; in a document with a syntax error, those before it."""
    lines = Lines(text)
    found = []
    for start, end in _gaps(text):
        for comment in _COMMENT.finditer(text, start, end):
            span = lines.span(comment.start(), comment.end())
            found.append(Comment(span.line, span.column, comment[0]))
    return found


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """The ranges between tokens, which contain only comments and white space."""
    offset: int | None = 0
    while offset is not None:
        stream = events.Events(text[offset:] if offset else text)
        last = offset
        try:
            while (token := stream.next_token()) is not None:
                start = token.start_mark.index + offset
                if start > last:
                    yield last, start
                if type(token) is events.ScalarToken and token.style in ("|", ">"):
                    # The line of the indicator may end with a comment.
                    header = _HEADER.match(text, start)
                    if header is not None:
                        comment = _COMMENT.match(text, header.end())
                        assert comment is not None
                        yield comment.span()
                last = max(last, token.end_mark.index + offset)
            yield last, len(text)
            return
        except events.MarkedYAMLError as error:
            mark = error.problem_mark
            stopped = mark.index + offset if mark is not None else last
            offset = next_document(text, max(stopped, last, offset + 1))
        except events.YAMLError:
            return
