"""A position in a text → what is there, and what contains it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from bizalign_lint.core.lines import Lines
from bizalign_lint.core.types import Pointer, Source, Span
from bizalign_lint.ide.parts import Part
from bizalign_lint.ide.sketch import Sketch
from bizalign_lint.parsing.envelope import FIELD, GROUP
from bizalign_lint.parsing.positions import lines
from bizalign_lint.schema.ontology import Kind, ObjectType, Ontology, Property

_SECTION_DEPTH = 1
"""The depth of the sections of a definition below its document."""


class Position(NamedTuple):
    """A place between two characters, counted from 1 in code points."""

    line: int
    column: int


class Page(NamedTuple):
    """A file's text and its outline."""

    lines: Lines
    sketch: Sketch

    def offset(self, position: Position) -> int:
        """The index of a position; positions beyond the end of a line are at its end."""
        start = self.lines.index(position.line, 1)
        return min(start + max(position.column - 1, 0), start + len(self.lines.text(position.line)))

    def kind(self, document: Part) -> str:
        """The kind that a document states; empty for documents of other tools."""
        return self.sketch.value(document.child("kind")) if self.is_ours(document) else ""

    def is_ours(self, document: Part) -> bool:
        """Whether a document is, or may still become, a definition."""
        mark = document.child(FIELD)
        version = self.sketch.value(mark)
        return mark is None or version.startswith(GROUP) or GROUP.startswith(version)

    def span(self, start: int, end: int) -> Span:
        """The span between two indexes, which may be empty."""
        first, last = self.lines.span(start, start + 1), self.lines.span(end, end + 1)
        return Span(first.line, first.column, last.line, last.column)


@lru_cache(maxsize=16)
def page(content: bytes) -> Page:
    """Read a file; the most recent ones are cached."""
    found = lines(Source("", content))
    return Page(found, Sketch(found.all))


class Cursor(NamedTuple):
    """What is at an index of a text."""

    page: Page
    offset: int
    number: int
    """The number of the document in the file, from 0."""
    document: Part
    holder: Part
    """The entry, element or document that contains the index."""
    start: int
    end: int
    """The range that a completion would replace: from ``start`` to ``end``."""
    part: Part | None = None
    """The part at the index; None if there is none."""
    on_key: bool = False
    """Whether the index is on the key of ``part``, not on its value."""
    comment: str | None = None
    """The comment at the index, up to it."""
    closed: bool = False
    """Whether nothing can be inserted here: in text of several lines, or after a value."""

    @property
    def kind(self) -> str:
        """The kind that the document states; empty for documents of other tools."""
        return self.page.kind(self.document)

    @property
    def typed(self) -> str:
        """The text from the start of the range to the index, without an opening quote."""
        return self.page.sketch.text[self.start : self.offset].lstrip("\"'")

    @property
    def value(self) -> str:
        """The whole text of the range, without quotes."""
        return self.page.sketch.text[self.start : self.end].strip("\"'")

    @property
    def span(self) -> Span:
        """The range as a span."""
        return self.page.span(self.start, self.end)

    @property
    def namespace(self) -> str:
        """The namespace of the document."""
        metadata = self.document.child("metadata")
        part = metadata.child("namespace") if metadata is not None else None
        return self.page.sketch.value(part) or "default"

    @property
    def pointer(self) -> Pointer:
        """The pointer to the part at the index, or else to the one that contains it."""
        return pointer(self.part if self.part is not None else self.holder)


def cursor(content: bytes, position: Position) -> Cursor:
    """What is at a position of a file."""
    read = page(content)
    index = read.offset(position)
    number, document, comments = read.sketch.around(index)
    here = Cursor(
        page=read,
        offset=index,
        number=number,
        document=document,
        holder=document,
        start=index,
        end=index,
    )
    for start, end in comments:
        if start < index <= end:
            return here._replace(comment=read.sketch.text[start:index])
    part = _last(document, index)
    touched = _touched(here, part)
    return touched if touched is not None else _between(here, part)


def _last(document: Part, index: int) -> Part:
    """The innermost part that begins at or before an index."""
    part = document
    while True:
        within = [inner for inner in part.parts if inner.start <= index]
        if not within:
            return part
        if part.flow and part.closed and index >= part.value_end:
            return part
        part = within[-1]


def _touched(here: Cursor, part: Part) -> Cursor | None:
    """The key or the value that an index touches."""
    index, document = here.offset, here.document
    found: Part | None = part
    while found is not None and found is not document:
        there = here._replace(holder=found.parent or document, part=found)
        if found.key is not None and found.start <= index <= found.key_end:
            return there._replace(on_key=True, start=found.start, end=found.key_end)
        start, end = found.value_start, found.value_end
        if start <= index <= end and not found.flow and not found.parts and start < end:
            many_lines = found.block or "\n" in here.page.sketch.text[start:end]
            return there._replace(start=start, end=end, closed=many_lines)
        found = found.parent if found.start == index else None
    return None


def _between(here: Cursor, part: Part) -> Cursor:
    """The cursor where nothing is yet: in brackets, after a key, or on an empty line."""
    read, index, document = here.page, here.offset, here.document
    text = read.sketch.text
    if part.flow and part.value_start < index and (index < part.value_end or not part.closed):
        return here._replace(holder=part)
    if part.parent is not None and part.parent.flow and not part.parts and not part.flow:
        empty = part.key is not None and not text[part.key_end + 1 : index].strip()
        return here._replace(holder=part.parent, part=part if empty else None)
    line = read.lines.span(index, index + 1).line
    begin = read.lines.index(line, 1)
    if text[begin:index].strip():  # after something on the same line
        holder = part.parent or document
        empty = part.value_start >= part.value_end and part is not document and not part.parts
        return here._replace(holder=holder, part=part if empty else None, closed=not empty)
    column = index - begin
    above = part
    while above is not document and above.column >= column and above.parent is not None:
        above = above.parent
    done = above is not document and above.value_start < above.value_end and not above.parts
    return here._replace(holder=above, closed=done or bool(above.flow))


def pointer(part: Part) -> Pointer:
    """The pointer from the document to a part."""
    steps: list[str | int] = []
    found: Part = part
    while found.parent is not None:
        if found.key is not None:
            steps.append(found.key)
        elif found.dash:
            steps.append(found.number)
        found = found.parent
    return tuple(reversed(steps))


class Meaning(NamedTuple):
    """What the ontology defines for a place in a definition."""

    kind: Kind | None
    type: ObjectType | None
    """The type of the object there, below the sections."""
    property: Property | None
    """The property whose value, or one of whose values, is there."""
    section: str | None = None
    """The section whose entries are there; "" for the top level of the definition."""


def meaning(ontology: Ontology, kind: str, steps: Pointer) -> Meaning:
    """The meaning of a pointer into a definition of a kind."""
    known = ontology.kinds.get(kind)
    keys = [step for step in steps if isinstance(step, str)]
    if not keys:
        return Meaning(known, None, None, "")
    if known is None:
        return Meaning(None, None, None, None)
    if len(keys) == _SECTION_DEPTH:
        sections = {p.section for p in known.type.properties.values()}
        return Meaning(known, None, None, keys[0] if keys[0] in sections else None)
    type_: ObjectType | None = known.type
    found: Property | None = None
    for depth, key in enumerate(keys[1:]):
        found = type_.properties.get(key) if type_ is not None else None
        if found is not None and depth == 0 and found.section != keys[0]:
            found = None
        if found is not None and not found.written:
            found = None
        type_ = found.block if found is not None else None
    return Meaning(known, type_, found)
