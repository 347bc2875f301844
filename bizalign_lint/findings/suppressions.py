"""What somebody has accepted: comments in the files, and definitions that set rules aside."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bizalign_lint.core import conditions
from bizalign_lint.core.limits import MAX_DEFECTS
from bizalign_lint.core.types import Document, Flaw, Location, Source, Span
from bizalign_lint.findings.acceptance import Acceptance
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.parsing.ignore_comments import COMMENT, MARK
from bizalign_lint.parsing.positions import extent, lines
from bizalign_lint.rules.run import Draft

if TYPE_CHECKING:
    from bizalign_lint.parsing.yaml.comments import Comment


_UNTIL = re.compile(r"\buntil=(\S+)")
_MOST_RULES = 100
"""So many rules are told apart in one comment; what follows is taken for one odd name."""


@dataclass(slots=True)
class Suppression:
    """One rule in one comment."""

    rule: str
    reason: str
    until: str | None
    location: Location
    document: Document
    holder: Node | None
    """The nested node on whose lines the comment stands; None: the whole definition."""
    used: bool = field(default=False)


def read(documents: Collection[Document], graph: Graph) -> list[Suppression]:
    """What the comments in the files of some documents set aside."""
    sources = {id(document.source): document.source for document in documents}
    with_mark = {key for key, source in sources.items() if MARK in source.content}
    marked = [document for document in documents if id(document.source) in with_mark]
    nested: dict[tuple[int, int], list[Node]] = {}
    if marked:
        for nodes in graph.kinds.values():
            for node in nodes:
                if node.holder is not None and node.document is not None:
                    nested.setdefault(_key(node.document), []).append(node)
    return read_comments(marked, nested)


def read_comments(
    documents: Iterable[Document], nested: Mapping[tuple[int, int], list[Node]]
) -> list[Suppression]:
    """The same for documents with a comment in their files.

    ``nested`` are the nested nodes of each document, by its source (its id) and index.
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
    """The comments of a workspace that set rules aside."""

    def __init__(self, found: Iterable[Suppression], as_of: date) -> None:
        self._as_of = as_of.isoformat()
        self._found = [*found]
        self._by_document: dict[tuple[int, int, str], list[Suppression]] = {}
        for suppression in self._found:
            key3 = (*_key(suppression.document), suppression.rule)
            self._by_document.setdefault(key3, []).append(suppression)

    def accepts(self, draft: Draft, document: Document | None) -> Acceptance | None:
        """The comment that accepts a finding, if there is one."""
        if document is None:
            return None
        for suppression in self._by_document.get((*_key(document), draft.rule.id), ()):
            if suppression.holder is None or suppression.holder is draft.node:
                suppression.used = True
                if suppression.until is None or suppression.until >= self._as_of:
                    return Acceptance("comment", suppression.reason, suppression.until)
        return None

    def flaws(self, active: Collection[str], known: Collection[str]) -> Iterator[Flaw]:
        """Comments that are of no use (any more), or do not say why.

        As of other mistakes, of one definition no more are told than anybody would read.
        """
        told: Counter[tuple[int, int]] = Counter()
        for suppression in self._found:
            key = _key(suppression.document)
            if told[key] < MAX_DEFECTS:
                relevant = suppression.rule in active or suppression.rule not in known
                for condition in self._conditions(suppression, relevant):
                    told[key] += 1
                    details = {"rule": suppression.rule, "until": suppression.until or "-"}
                    yield Flaw(condition, suppression.location, details, suppression.rule)

    def _conditions(self, suppression: Suppression, relevant: bool) -> Iterator[str]:
        if not suppression.used:
            if relevant:
                yield conditions.SUPPRESSION_UNUSED
        elif suppression.until is not None and suppression.until < self._as_of:
            yield conditions.SUPPRESSION_EXPIRED
        if not suppression.reason:
            yield conditions.SUPPRESSION_REASON


def _key(document: Document) -> tuple[int, int]:
    return id(document.source), document.index


def _read(
    source: Source, documents: list[Document], nested: Mapping[tuple[int, int], list[Node]]
) -> Iterator[Suppression]:
    from bizalign_lint.parsing.yaml.comments import comments

    spans = [extent(document, ()) for document in documents]
    starts = [span.line for span in spans]
    read = [(c, found) for c in comments(lines(source).all) if (found := COMMENT.match(c.text))]
    commented = [written.line for written, _ in read]
    holders: dict[int, dict[int, Node]] = {}
    for written, found in read:
        position = bisect_right(starts, written.line) - 1
        if position < 0 or written.line > spans[position].end_line:
            continue
        document = documents[position]
        if position not in holders:
            inside = nested.get(_key(document), ())
            holders[position] = _holders(document, inside, commented)
        holder = holders[position].get(written.line)
        yield from _each_rule(found, written, document, holder)


def _holders(document: Document, nested: Iterable[Node], commented: list[int]) -> dict[int, Node]:
    """By the lines that comments stand on: the nested node that has the line, the first of many."""
    holders: dict[int, Node] = {}
    for node in nested:
        span = extent(document, node.pointer)
        start, end = bisect_left(commented, span.line), bisect_right(commented, span.end_line)
        for line in commented[start:end]:
            holders.setdefault(line, node)
    return holders


def _each_rule(
    found: re.Match[str], written: Comment, document: Document, holder: Node | None
) -> Iterator[Suppression]:
    """What one comment sets aside."""
    end = written.column + len(written.text)
    span = Span(written.line, written.column, written.line, end)
    location = Location(document.source.path, span)
    until = _UNTIL.search(found["rest"])
    reason = found["rest"].partition("--")[2]
    if until is not None:
        reason = reason.replace(until[0], "")
    for rule in dict.fromkeys(map(str.strip, found["rules"].split(",", _MOST_RULES))):
        yield Suppression(
            rule, reason.strip(" ,;"), until[1] if until else None, location, document, holder
        )
