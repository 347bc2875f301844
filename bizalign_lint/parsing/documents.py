"""Source → our documents in it, as plain values, and the flaws of its YAML."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, Any

from bizalign_lint.core import conditions, shipped
from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.core.types import Document, Flaw, Location, Place, Related, Source, Span
from bizalign_lint.parsing.envelope import (
    FIELD,
    envelope_flaw,
    has_mark,
    is_ours,
    looks_like_ours,
    may_be_ours,
    names_in,
)
from bizalign_lint.parsing.yaml import fast

if TYPE_CHECKING:
    from bizalign_lint.parsing.yaml.nodes import Defect, Tree
    from bizalign_lint.parsing.yaml.stream import Stream

_START = Span(1, 1, 1, 2)


@dataclass(slots=True)
class Parsed:
    """Our documents in a file, and its flaws."""

    documents: list[Document] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """The text of each document that seems to be ours but could not be read."""
    reasons: list[Flaw] = field(default_factory=list)
    """The flaw that is the reason for each of them."""

    def add_unread(self, text: str, why: Flaw, *more: Flaw) -> None:
        """Add a document that cannot be read, with the reason and further flaws."""
        self.flaws += (why, *more)
        self.unread.append(text)
        self.reasons.append(why)


def parse(source: Source) -> Parsed:
    """Read one file. Documents of other tools are ignored, even if they are invalid."""
    return _parsed(source, fast.read(source.content) if _is_worth_it(source) else [])


_ahead: list[tuple[Collection[Source], Iterator[Parsed]]] = []
"""The sources and results of the last ``read_ahead``, until ``parse_all`` takes them."""


def read_ahead(sources: Collection[Source]) -> None:
    """Start reading files in other processes, ahead of a ``parse_all`` of the same collection.

    This only saves time and does not affect the results. If ``parse_all`` is never called, the
    processes end with this one.
    """
    _ahead[:] = [(sources, _start_reading(sources))]


def parse_all(sources: Collection[Source]) -> Iterator[Parsed]:
    """The results of ``parse`` for many files, in their order, but faster.

    When it returns, other processes have started on them.
    """
    if _ahead and _ahead[0][0] is sources:
        return _ahead.pop()[1]
    return _start_reading(sources)


def _start_reading(sources: Collection[Source]) -> Iterator[Parsed]:
    marked = [_is_worth_it(source) for source in sources]
    values = fast.read_all([source.content for source in compress(sources, marked)])
    return (
        _parsed(source, next(values) if is_marked else [])
        for source, is_marked in zip(sources, marked, strict=True)
    )


def _is_worth_it(source: Source) -> bool:
    """Whether a file may contain our documents, and is not too large to be read."""
    return has_mark(source.content) and len(source.content) <= MAX_BYTES


def _parsed(source: Source, values: list[Any] | None) -> Parsed:
    """The result for a file. ``values`` come from the fast path; None if the exact one is
    needed."""
    parsed = Parsed()
    content = source.content
    if len(content) > MAX_BYTES:
        _report_too_large(source, parsed)
        return parsed
    if values is None:
        if may_be_ours(content):
            _read_exactly(source, parsed)
        return parsed
    # In UTF-16, every ASCII character has a NUL beside it.
    if not values and b"\0" in content and has_mark(content.replace(b"\0", b"")):
        _read_exactly(source, parsed)
    for index, value in enumerate(values):
        if is_ours(value):
            parsed.documents.append(Document(source, index, value))
        else:
            _check_envelope(Document(source, index, value), parsed)
    return parsed


def count_others(source: Source) -> int:
    """The number of documents in a file that are not ours."""
    from bizalign_lint.parsing.yaml import stream

    trees = stream.read(source.content).trees
    return sum(tree.root is not None and not is_ours(tree.root.value) for tree in trees)


def read_document(source: Source, error: type[BizalignError] = BizalignError) -> Document:
    """The document of a set-up file, which must be a single mapping without syntax errors.

    Raises ``error``, with the place.
    """
    values = fast.read(source.content)
    if values is None:
        values = _read_strictly(source, error)
    if len(values) == 1 and isinstance(values[0], dict):
        return Document(source, 0, values[0])
    if not values or values == [None]:
        problem = "the file is empty"
    elif len(values) > 1:
        problem = "the file has more than one document"
    else:
        problem = "the file is not a mapping"
    raise error(problem, Location(source.path, _START))


@cache
def form(name: str) -> dict[str, Any]:
    """The schema of one of our file types (see ``shipped.meta``); it must not be modified.

    It is always the same object, so that it is compiled only once.
    """
    value: dict[str, Any] = read_document(shipped.meta(name)).value
    return value


def read_shipped(sources: Sequence[Source]) -> list[Document]:
    """The documents of shipped files, read without guards, as tests check them for all of these."""
    values = fast.read_unguarded([source.content for source in sources])
    if values is None:
        return [*map(read_document, sources)]
    return [Document(source, 0, value) for source, value in zip(sources, values, strict=True)]


def _read_strictly(source: Source, error: type[BizalignError]) -> list[Any]:
    from bizalign_lint.parsing.yaml import stream

    read = stream.read(source.content)
    if read.bad is not None:
        raise error(read.bad.problem, _location(source, read, read.bad.index))
    for tree in read.trees:
        for defect in tree.defects:
            if defect.condition == conditions.SYNTAX:
                problem = defect.details["problem"]
            elif defect.condition == conditions.DUPLICATE_KEY:
                problem = f"{defect.subject} appears twice"
            else:
                continue
            raise error(problem, _location(source, read, defect.start, defect.end))
    return [tree.root.value if tree.root is not None else None for tree in read.trees]


def _read_exactly(source: Source, parsed: Parsed) -> None:
    from bizalign_lint.parsing.yaml import stream

    read = stream.read(source.content)
    if read.bad is not None:
        if looks_like_ours(read.bad.text):
            place = _location(source, read, read.bad.index)
            problem = read.bad.problem
            parsed.add_unread(
                read.bad.text, Flaw(conditions.SYNTAX, place, {"problem": problem}, problem)
            )
        return
    for index, tree in enumerate(read.trees):
        if tree.root is None:
            raw = read.lines.all[tree.start : tree.end]
            if tree.defects and looks_like_ours(raw):
                parsed.add_unread(raw, *(_flaw(source, read, defect) for defect in tree.defects))
            continue
        document = Document(source, index, tree.root.value)
        if is_ours(tree.root.value):
            parsed.documents.append(document)
            parsed.flaws += [_flaw(source, read, d, tree, document) for d in tree.defects]
        else:
            _check_envelope(document, parsed)


def _report_too_large(source: Source, parsed: Parsed) -> None:
    """Report a file that is too large; names in it do not count as missing."""
    if not may_be_ours(source.content):
        return
    text = source.content.decode(errors="replace")
    if looks_like_ours(text):
        problem = f"this file has more than {MAX_BYTES:,} bytes; split it"
        place = Location(source.path, _START)
        flaw = Flaw(conditions.SYNTAX, place, {"problem": problem}, problem)
        parsed.add_unread(names_in(text), flaw)


def _check_envelope(document: Document, parsed: Parsed) -> None:
    """Ignore a document that is not ours, but report one that is meant to be."""
    found = envelope_flaw(document.value)
    if found is None:
        return
    from bizalign_lint.parsing.yaml import stream

    place = Place(document, (found.at,), key=isinstance(found.at, str) and found.at != FIELD)
    details = {"problem": found.problem, "kind": found.kind}
    flaw = Flaw(conditions.API_VERSION, place, details, found.value)
    read = stream.read(document.source.content)
    tree = read.trees[document.index]
    parsed.add_unread(read.lines.all[tree.start : tree.end], flaw)


def _flaw(
    source: Source,
    read: Stream,
    defect: Defect,
    tree: Tree | None = None,
    document: Document | None = None,
) -> Flaw:
    """The flaw for a defect, placed at a value of the document if it is about one."""
    place: Place | Location = _location(source, read, defect.start, defect.end)
    if document is not None and tree is not None and defect.pointer is not None:
        from bizalign_lint.parsing.yaml.walk import points_to_defect

        if points_to_defect(tree, defect):
            place = Place(document, defect.pointer, defect.key)
    return Flaw(
        condition=defect.condition,
        place=place,
        details=defect.details,
        subject=defect.subject,
        related=tuple(
            Related(message, _location(source, read, start, end))
            for message, start, end in defect.related
        ),
    )


def _location(source: Source, read: Stream, start: int, end: int | None = None) -> Location:
    return Location(source.path, read.lines.small_span(start, end or start + 1))
