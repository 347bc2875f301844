"""Suppressions: comments in files, and annotations in records, that suppress findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_DEFECTS
from bizalign_lint.core.suggest import Names, with_suggestion
from bizalign_lint.core.types import Document, Flaw, Location, Place, Pointer, Source, Span
from bizalign_lint.findings.acceptance import Acceptance
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.parsing.ignore_comments import (
    COMMENT,
    MARK,
    Ignore,
    is_day,
    parse_comment,
    parse_record,
)
from bizalign_lint.parsing.positions import extent, lines
from bizalign_lint.rules.run import Draft

if TYPE_CHECKING:
    from bizalign_lint.parsing.yaml.comments import Comment


@dataclass(slots=True)
class Suppression:
    """One rule in one comment or record."""

    rule: str
    reason: str
    until: str | None
    """The last day on which it applies, as written."""
    location: Location
    document: Document
    about: tuple[Node, ...]
    """The nested nodes that the comment applies to; empty: the whole definition."""
    used: bool = field(default=False)

    def holds(self, as_of: str) -> bool:
        """Whether it is in force on a day."""
        return self.until is None or (is_day(self.until) and self.until >= as_of)

    def covers(self, draft: Draft) -> bool:
        """Whether it applies to the node or place of a finding."""
        return not self.about or any(
            node is draft.node or _within(draft, node.pointer) for node in self.about
        )


def read(documents: Collection[Document], graph: Graph) -> list[Suppression]:
    """The suppressions in the files of documents: comments and records."""
    sources = {id(document.source): document.source for document in documents}
    marked_sources = {key for key, source in sources.items() if MARK in source.content}
    commented = [d for d in documents if id(d.source) in marked_sources and has_comments(d)]
    nested: dict[tuple[int, int], list[Node]] = {}
    if commented:
        for nodes in graph.kinds.values():
            for node in nodes:
                if node.holder is not None and node.document is not None:
                    nested.setdefault(_key(node.document), []).append(node)
    return [*read_comments(commented, nested), *read_records(documents)]


def read_records(documents: Iterable[Document]) -> Iterator[Suppression]:
    """The suppressions in records of other tools: ``RULE, RULE -- why until=DATE``."""
    for document in documents:
        found = document.origin.ignored() if document.origin is not None else None
        if found is not None and document.origin is not None:
            text, pointer = found
            location = Location(document.source.path, *document.origin.ignored_at(pointer))
            yield from _each_rule(parse_record(text), location, document, ())


def has_comments(document: Document) -> bool:
    """Whether the file of a document can have comments, as it is YAML."""
    return document.origin is None or document.origin.has_comments


def read_comments(
    documents: Iterable[Document], nested: Mapping[tuple[int, int], list[Node]]
) -> list[Suppression]:
    """The suppressions in comments of the documents' files.

    ``nested`` are the nested nodes of each document, by the ``id`` of its source and its index.
    """
    by_source: dict[int, list[Document]] = {}
    for document in documents:
        by_source.setdefault(id(document.source), []).append(document)
    return [
        suppression
        for within in by_source.values()
        for suppression in _read(within[0].source, within, nested)
    ]


class Suppressions:
    """The suppressions of a workspace; remembers which of them were used."""

    def __init__(self, found: Iterable[Suppression], as_of: date) -> None:
        self._as_of = as_of.isoformat()
        self._found = [*found]
        self._by_document: dict[tuple[int, int, str], list[Suppression]] = {}
        for suppression in self._found:
            key = (*_key(suppression.document), suppression.rule)
            self._by_document.setdefault(key, []).append(suppression)

    def accepts(self, draft: Draft, document: Document | None) -> Acceptance | None:
        """The acceptance of a finding by a suppression, if any."""
        if document is None:
            return None
        for suppression in self._by_document.get((*_key(document), draft.rule.id), ()):
            if suppression.covers(draft):
                suppression.used = True
                if suppression.holds(self._as_of):
                    return Acceptance("comment", suppression.reason, suppression.until)
        return None

    def flaws(self, active: Collection[str], known: Collection[str]) -> Iterator[Flaw]:
        """The flaws of suppressions: unused, expired, or without a reason.

        As for other flaws, the number per definition is limited.
        """
        counts: Counter[tuple[int, int]] = Counter()
        names = Names(known)
        for suppression in self._found:
            key = _key(suppression.document)
            if counts[key] < MAX_DEFECTS:
                for condition in self._conditions(suppression, active, known):
                    counts[key] += 1
                    details = {"rule": suppression.rule, "until": suppression.until or "-"}
                    if condition == conditions.UNKNOWN_RULE:
                        details |= unknown_rule(suppression.rule, names)
                    yield Flaw(condition, suppression.location, details, suppression.rule)

    def _conditions(
        self, suppression: Suppression, active: Collection[str], known: Collection[str]
    ) -> Iterator[str]:
        if suppression.rule not in known:
            yield conditions.UNKNOWN_RULE
        elif suppression.until is not None and not is_day(suppression.until):
            yield conditions.SUPPRESSION_DATE
        elif not suppression.used:
            if suppression.rule in active:
                yield conditions.SUPPRESSION_UNUSED
        elif not suppression.holds(self._as_of):
            yield conditions.SUPPRESSION_EXPIRED
        if not suppression.reason:
            yield conditions.SUPPRESSION_REASON


def unknown_rule(rule: str, names: Names) -> dict[str, str]:
    """The details of a flaw: an unknown rule and the nearest known one."""
    near = names.nearest(rule)
    return {"rule": rule, "near": near or "", "hint": with_suggestion("", near)}


def _within(draft: Draft, pointer: Pointer) -> bool:
    """Whether a flaw from an earlier stage is within a part of a definition."""
    place = draft.place
    return (
        draft.flaw is not None and isinstance(place, Place) and _starts_with(place.pointer, pointer)
    )


def _starts_with(pointer: Pointer, start: Pointer) -> bool:
    return pointer[: len(start)] == start


def _key(document: Document) -> tuple[int, int]:
    return id(document.source), document.index


def _read(
    source: Source, documents: list[Document], nested: Mapping[tuple[int, int], list[Node]]
) -> Iterator[Suppression]:
    from bizalign_lint.findings.scope import Scope
    from bizalign_lint.parsing.yaml.comments import comments

    spans = [extent(document, ()) for document in documents]
    starts = [span.line for span in spans]
    written = comments(lines(source).all)
    scope = Scope(lines(source), written)
    by_document: dict[int, list[tuple[Comment, re.Match[str]]]] = {}
    for comment in written:
        position = bisect_right(starts, comment.line) - 1
        if position >= 0 and comment.line <= spans[position].end_line:
            found = COMMENT.match(comment.text)
            if found is not None:
                by_document.setdefault(position, []).append((comment, found))
    for position, read in by_document.items():
        document = documents[position]
        about = scope.about(document, nested.get(_key(document), ()), [c for c, _ in read])
        for comment, found in read:
            end = comment.column + len(comment.text)
            location = Location(source.path, Span(comment.line, comment.column, comment.line, end))
            nodes = about.get(comment.line, ())
            yield from _each_rule(
                parse_comment(found["rules"], found["rest"]), location, document, nodes
            )


def _each_rule(
    ignore: Ignore, location: Location, document: Document, about: tuple[Node, ...]
) -> Iterator[Suppression]:
    """The suppressions of one comment or record, one for each rule."""
    for rule in ignore.rules:
        yield Suppression(
            rule=rule,
            reason=ignore.reason,
            until=ignore.until,
            location=location,
            document=document,
            about=about,
        )
