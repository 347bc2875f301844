"""Places in XML, recorded as the start of tags and located in detail on demand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.parsing.positions import lines
from bizalign_lint.readers.records import Locator

Position = tuple[int, int]
"""The start of a tag: 1-based line, 0-based column."""
_TAG = re.compile(r"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")


class XmlLocator(Locator):
    """The places of one record."""

    __slots__ = ("_end", "_inner", "_position", "_source")

    def __init__(
        self, source: Source, position: Position, end: int, inner: Mapping[Pointer, Position]
    ) -> None:
        self._source = source
        self._position = position
        self._end = end
        self._inner = inner

    def locate(self, pointer: Pointer, _key: bool, /) -> Span:
        """The attribute or tag of a field; for any other field, the tag of the record."""
        position = self._inner.get(pointer, self._position)
        text = lines(self._source)
        start = text.index(position[0], position[1] + 1)
        tag = _TAG.match(text.all, start)
        end = tag.end() if tag is not None else start + 1
        if position is self._position and pointer:
            name = re.escape(str(pointer[-1]))
            found = re.compile(rf"\s{name}\s*=\s*(?:\"([^\"]+)\"|'([^']+)')").search(
                text.all, start, end
            )
            if found is not None:
                return text.small_span(*found.span(1 if found[1] else 2))
        return text.small_span(start, end)

    def extent(self, pointer: Pointer) -> Span:
        """The span of a field, or of the whole record."""
        if pointer:
            return self.locate(pointer, False)
        line, column = self._position
        return Span(line, column + 1, max(self._end, line), 1 if self._end > line else column + 2)
