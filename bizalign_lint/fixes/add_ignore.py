"""Findings → comments that accept them, each where the engine is known to honour it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Edit, Finding, Fix, Source, places
from bizalign_lint.fixes.apply import Check, Outcome, changed, fix_file, fixed_files
from bizalign_lint.fixes.edits import edit
from bizalign_lint.fixes.yaml_edit import Replacement
from bizalign_lint.parsing.ignore_comments import comment
from bizalign_lint.parsing.positions import lines
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.comments import comments
from bizalign_lint.parsing.yaml.nodes import Node, Tree

_BREAK = re.compile(r"\r\n|\r|\n|\Z")
_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A workspace with the comments written."""

    outcome: Outcome
    left: tuple[Finding, ...]
    """The findings that no comment can accept."""


@dataclass(slots=True)
class _Attempt:
    """A finding, and the places for its comment that have not been tried in vain."""

    finding: Finding
    lines_to_try: list[tuple[int, bool]]
    """Lines, and whether the comment is at the end of it or below it."""
    active: bool
    """Whether it has a comment; else that of another finding is hoped to do for it."""


def accept(sources: Sequence[Source], report: Report, check: Check, reason: str) -> Accepted:
    """Write a comment for each finding of a report: one a line, for all rules there.

    Where the engine, asked again, does not honour a comment, the next place is tried.
    """
    pages = {s.path: _Page(s) for s in sources if s.path not in report.foreign}
    tries: list[_Attempt] = []
    seen: set[tuple[str, str, str | None]] = set()
    for finding in places(report.findings):
        page = pages.get(finding.location.path)
        if page is None:
            tries.append(_Attempt(finding, [], active=False))
        else:
            group = (finding.rule, finding.location.path, finding.entity)
            tries.append(
                _Attempt(finding, page.lines_to_try(finding.location.span.line), group not in seen)
            )
            seen.add(group)
    while True:
        current = _written(sources, pages, tries, reason)
        after = check(tuple(current.values()))
        still = {_key(finding) for finding in places(after.findings)}
        failed = [tried for tried in tries if tried.lines_to_try and _key(tried.finding) in still]
        if not failed:
            break
        for tried in failed:
            if tried.active:
                del tried.lines_to_try[0]
            tried.active = True
    # Where two comments accept the same, the second is reported to be of no use.
    known = set(map(_key, places(report.findings)))
    spare = [finding for finding in places(after.findings) if _key(finding) not in known]
    ours = [f for f in spare if f"-- {reason}" in _line(current, f)]
    if fixed := fixed_files(current, ours, unsafe=True):
        current.update({path: Source(path, file.content) for path, file in fixed.items()})
        after = check(tuple(current.values()))
    left = tuple(tried.finding for tried in tries if not tried.lines_to_try)
    made = len(tries) - len(left)
    outcome = Outcome(tuple(current.values()), after, changed(sources, current), made)
    return Accepted(outcome, left)


def _line(current: Mapping[str, Source], finding: Finding) -> str:
    source = current.get(finding.location.path)
    return "" if source is None else lines(source).text(finding.location.span.line)


def comment_edits(source: Source, finding: Finding, reason: str) -> Iterator[Edit]:
    """The edits that write a comment for a finding, the best place first.

    Whether the engine honours it there is for the caller to try.
    """
    page = _Page(source)
    for line, below in page.lines_to_try(finding.location.span.line):
        yield page.edit(line, below, comment([finding.rule], reason))


def _written(
    sources: Sequence[Source], pages: Mapping[str, _Page], tries: Sequence[_Attempt], reason: str
) -> dict[str, Source]:
    """The files with the comments that are wished for, by path."""
    current = {source.path: source for source in sources}
    for path, lines_to_try in _grouped(tries).items():
        fixes = [
            Fix("", (pages[path].edit(line, below, comment(rules, reason)),), safe=True)
            for (line, below), rules in lines_to_try.items()
        ]
        current[path] = Source(path, fix_file(pages[path].source, fixes).content)
    return current


def _key(finding: Finding) -> tuple[str, str, str | None, str]:
    """What a finding is known by when comments have moved its line."""
    return finding.rule, finding.location.path, finding.entity, finding.message


def _grouped(tries: Sequence[_Attempt]) -> dict[str, dict[tuple[int, bool], list[str]]]:
    """File → place → the rules that a comment there accepts."""
    found: dict[str, dict[tuple[int, bool], set[str]]] = {}
    for tried in tries:
        if tried.active and tried.lines_to_try:
            places = found.setdefault(tried.finding.location.path, {})
            places.setdefault(tried.lines_to_try[0], set()).add(tried.finding.rule)
    return {
        path: {line: sorted(rules) for line, rules in places.items()}
        for path, places in found.items()
    }


class _Page:
    """One file, and where in it a comment can be."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._read: stream.Stream | None = None
        self._commented: frozenset[int] = frozenset()
        self._closed: list[tuple[int, int]] = []

    def _look(self) -> stream.Stream:
        if self._read is None:
            self._read = stream.read(self.source.content)
            self._commented = frozenset(c.line for c in comments(self._read.lines.all))
            for tree in self._read.trees:
                if tree.root is not None:
                    self._closed += _outermost(_closed(tree.root))
        return self._read

    def lines_to_try(self, line: int) -> list[tuple[int, bool]]:
        """Where a comment about a line may be, the best place first."""
        read = self._look()
        start = read.lines.index(line, 1)
        number = bisect_right(read.trees, start, key=attrgetter("start")) - 1
        tree = read.trees[number] if number >= 0 else None
        if tree is None or tree.root is None or start >= tree.end:
            return []
        lines = [line, *(read.lines.span(n, n + 1).line for n in _names(tree, self._end(line)))]
        lines.append(read.lines.span(tree.root.start, tree.root.start + 1).line)
        usable = [line for line in dict.fromkeys(lines) if self._takes_comment(line)]
        return [(line, line in self._commented) for line in usable]

    def edit(self, line: int, below: bool, text: str) -> Edit:
        """The edit that writes a comment there."""
        lines = self._look().lines
        end = self._end(line)
        found = _BREAK.match(lines.all, end)
        break_ = found[0] if found is not None else ""
        replacement: Replacement
        if not below:
            gap = "" if lines.all[:end].endswith((" ", "\t")) else "  "
            replacement = end, end, f"{gap}{text}"
        else:
            lead = _LEAD.match(lines.text(line))
            indent = " " * (lead.end() if lead is not None else 0)
            replacement = end, end, f"{break_ or chr(10)}{indent}{text}"
        return edit(self.source.path, lines, replacement)

    def _end(self, line: int) -> int:
        lines = self._look().lines
        found = _BREAK.search(lines.all, lines.index(line, 1))
        assert found is not None
        return found.start()

    def _takes_comment(self, line: int) -> bool:
        """Whether the end of a line lies in no scalar, and in no brackets that go on."""
        end = self._end(line)
        number = bisect_left(self._closed, (end, 0)) - 1
        return number < 0 or end >= self._closed[number][1]


def _closed(root: Node) -> Iterator[tuple[int, int]]:
    """The stretches of scalars and of collections in brackets."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.flow or (node.items is None and node.entries is None):
            yield node.start, node.end
        waiting += node.items or ()
        for entry in (node.entries or {}).values():
            if entry.merged is None:
                waiting += (entry.key, entry.node)


def _outermost(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that lie in no other, in order; of two that overlap, one lies in the other."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches, key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _names(tree: Tree, index: int) -> list[int]:
    """Where the names of what an index lies in are, the innermost first."""
    assert tree.root is not None
    found: list[int] = []
    node: Node | None = tree.root
    for entry in (tree.root.entries or {}).values():
        if entry.node.entries and "name" in entry.node.entries:
            found.append(entry.node.entries["name"].key.start)
            break
    while node is not None:
        if node is not tree.root and node.entries and "name" in node.entries:
            found.insert(0, node.entries["name"].key.start)
        inner = [entry.node for entry in (node.entries or {}).values()] + (node.items or [])
        node = next((n for n in inner if n.start <= index <= n.end and n.target is None), None)
    return found
