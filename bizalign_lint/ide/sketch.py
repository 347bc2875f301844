"""The outline of a YAML text by its indentation, whatever state it is in.

While somebody types, a text is no YAML most of the time. Its structure can be found all the
same: by indentation in blocks, by brackets and commas in flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from bizalign_lint.ide.parts import Part, unquoted
from bizalign_lint.ide.reader import Reader

_SEPARATOR = re.compile(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.MULTILINE)

Comment = tuple[int, int]
"""Where a comment begins and ends."""


class Sketch:
    """The documents of a text, and the comments in it; each is read when it is asked for."""

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
        """The document that an index is in: its number, its outline, the comments in it."""
        chunk = max(n for n, (start, _, _) in enumerate(self._chunks) if start <= index)
        reader = self._reader(chunk)
        return sum(map(self._counts, range(chunk))), reader.root, reader.comments

    def _reader(self, number: int) -> Reader:
        if number not in self._read:
            start, end, _ = self._chunks[number]
            self._read[number] = Reader(self.text, start, end)
        return self._read[number]

    def _counts(self, number: int) -> bool:
        """Whether a stretch between separators is a document: it is marked so, or not empty."""
        _, _, marked = self._chunks[number]
        alone = len(self._chunks) == 1
        return marked or alone or bool(self._reader(number).root.parts)

    def value(self, part: Part | None) -> str:
        """The text of a scalar, without its quotes."""
        return unquoted(self.text[part.value_start : part.value_end]) if part is not None else ""

    def everything(self, document: Part) -> Iterator[Part]:
        """All that is in a document, in the order of the text."""
        waiting = [document]
        while waiting:
            part = waiting.pop()
            yield part
            waiting += reversed(part.parts)
