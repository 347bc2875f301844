"""Places and flaws of YAML in files of other tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bizalign_lint.core import conditions
from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Document, Flaw, Place, Pointer, Source, Span
from bizalign_lint.parsing.positions import extent, locate
from bizalign_lint.readers.records import Locator, bad

if TYPE_CHECKING:
    from bizalign_lint.parsing.yaml.nodes import Defect


def flaws(source: Source, lines: Lines, defects: Iterable[Defect]) -> Iterator[Flaw]:
    """The flaws of defects in YAML that affect what is read; ``lines`` are those of the file."""
    for defect in defects:
        match defect.condition:
            case conditions.SYNTAX:
                problem = defect.details["problem"]
            case conditions.DUPLICATE_KEY:
                problem = f"{defect.subject} appears twice"
            case _:
                continue
        yield bad(source, problem, lines.small_span(defect.start, defect.end))


class YamlLocator(Locator):
    """Places of values in a YAML document of another tool."""

    __slots__ = ("_document",)

    def __init__(self, source: Source, index: int, value: dict[str, Any]) -> None:
        self._document = Document(source, index, value)

    def holds(self, pointer: Pointer) -> bool:
        """Whether the document has a value at a pointer, which must not lead through lists."""
        value: Any = self._document.value
        for step in pointer:
            if not isinstance(value, dict) or step not in value:
                return False
            value = value[step]
        return True

    def locate(self, pointer: Pointer, key: bool) -> Span:
        """The span to report for a value, within one line."""
        return locate(Place(self._document, pointer, key))

    def extent(self, pointer: Pointer) -> Span:
        """The full span of a value, or of the document."""
        return extent(self._document, pointer)
