"""The outline of a YAML text by its indentation, whatever state it is in.

While somebody types, the text is rarely valid YAML. Its structure can be found nevertheless: by
indentation in block style, by brackets and commas in flow style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from bizalign_lint.ide.parts import Part, unquoted
from bizalign_lint.ide.reader import Reader

_SEPARATOR = re.compile(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)

Comment = tuple[int, int]
"""The start and end index of a comment."""


class Sketch:
    """The documents and comments of a text; each document is read on demand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._chunks: list[tuple[int, int, bool]] = []
        self._read: dict[int, Reader] = {}
        start, marked = 0, False
        for separator in [*_SEPARATOR.finditer(text), None]:
            end = separator.start() if separator is not None else len(text)
            self._chunks.append((start, end, marked))
            marked = separator is not None and separator[0] == "---"
            start = separator.end() if separator is not None else end

    @cached_property
    def documents(self) -> list[Part]:
        """All documents, in order."""
        counted = filter(self._counts, range(len(self._chunks)))
        return [self._reader(number).root for number in counted]

    @cached_property
    def comments(self) -> list[Comment]:
        """All comments, in order."""
        numbers = range(len(self._chunks))
        return [comment for number in numbers for comment in self._reader(number).comments]

    def around(self, index: int) -> tuple[int, Part, list[Comment]]:
        """The document around an index: its number, its outline, and its comments."""
        chunk = max(n for n, (start, _, _) in enumerate(self._chunks) if start <= index)
        reader = self._reader(chunk)
        return sum(map(self._counts, range(chunk))), reader.root, reader.comments

    def _reader(self, number: int) -> Reader:
        if number not in self._read:
            start, end, _ = self._chunks[number]
            self._read[number] = Reader(self.text, start, end)
        return self._read[number]

    def _counts(self, number: int) -> bool:
        """Whether the text between two separators is a document: it has a marker or content."""
        _, _, marked = self._chunks[number]
        alone = len(self._chunks) == 1
        return marked or alone or bool(self._reader(number).root.parts)

    def value(self, part: Part | None) -> str:
        """The text of a scalar, without its quotes."""
        return unquoted(self.text[part.value_start : part.value_end]) if part is not None else ""

    def everything(self, document: Part) -> Iterator[Part]:
        """A document and all parts in it, in the order of the text."""
        waiting = [document]
        while waiting:
            part = waiting.pop()
            yield part
            waiting += reversed(part.parts)
