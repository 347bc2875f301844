"""Places in XML: taken down as the corners of tags, and made out when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.parsing.positions import lines
from bizalign_lint.readers.records import Locator

Corner = tuple[int, int]
"""Where a tag begins: the line from 1, the column from 0."""
_TAG = re.compile(r"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")


class XmlLocator(Locator):
    """The places of one record."""

    __slots__ = ("_corner", "_end", "_inner", "_source")

    def __init__(
        self, source: Source, corner: Corner, end: int, inner: Mapping[Pointer, Corner]
    ) -> None:
        self._source = source
        self._corner = corner
        self._end = end
        self._inner = inner

    def locate(self, pointer: Pointer, _key: bool, /) -> Span:
        """The attribute or the tag that a field comes from; for any other, the record's tag."""
        corner = self._inner.get(pointer, self._corner)
        text = lines(self._source)
        start = text.index(corner[0], corner[1] + 1)
        tag = _TAG.match(text.all, start)
        end = tag.end() if tag is not None else start + 1
        if corner is self._corner and pointer:
            name = re.escape(str(pointer[-1]))
            found = re.compile(rf"\s{name}\s*=\s*(?:\"([^\"]+)\"|'([^']+)')").search(
                text.all, start, end
            )
            if found is not None:
                return text.small_span(*found.span(1 if found[1] else 2))
        return text.small_span(start, end)

    def extent(self, pointer: Pointer) -> Span:
        """The lines of a field, or of the record."""
        if pointer:
            return self.locate(pointer, False)
        line, column = self._corner
        return Span(line, column + 1, max(self._end, line), 1 if self._end > line else column + 2)
