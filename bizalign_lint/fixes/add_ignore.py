"""Findings → comments that suppress them, each in a place where the engine honours it."""

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
    """A workspace after comments were added."""

    outcome: Outcome
    left: tuple[Finding, ...]
    """The findings that no comment can suppress."""


@dataclass(slots=True)
class _Attempt:
    """A finding, and the places for its comment that have not failed yet."""

    finding: Finding
    lines_to_try: list[tuple[int, bool]]
    """Lines, the best first; for each, whether the comment goes below it rather than at its end."""
    active: bool
    """Whether the finding gets a comment; otherwise that of another finding may cover it."""


def accept(sources: Sequence[Source], report: Report, check: Check, reason: str) -> Accepted:
    """Write a comment for each finding of a report: one per line, for all rules on that line.

    If the next check does not honour a comment, the next possible place is tried.
    """
    files = {s.path: _File(s) for s in sources if s.path not in report.foreign}
    attempts: list[_Attempt] = []
    seen: set[tuple[str, str, str | None]] = set()
    for finding in places(report.findings):
        file = files.get(finding.location.path)
        if file is None:
            attempts.append(_Attempt(finding, [], active=False))
        else:
            group = (finding.rule, finding.location.path, finding.entity)
            attempts.append(
                _Attempt(finding, file.lines_to_try(finding.location.span.line), group not in seen)
            )
            seen.add(group)
    while True:
        current = _written(sources, files, attempts, reason)
        after = check(tuple(current.values()))
        still = {_key(finding) for finding in places(after.findings)}
        failed = [one for one in attempts if one.lines_to_try and _key(one.finding) in still]
        if not failed:
            break
        for attempt in failed:
            if attempt.active:
                del attempt.lines_to_try[0]
            attempt.active = True
    # If two comments suppress the same finding, the second is reported as unused.
    known = set(map(_key, places(report.findings)))
    new = [finding for finding in places(after.findings) if _key(finding) not in known]
    ours = [f for f in new if f"-- {reason}" in _line(current, f)]
    if fixed := fixed_files(current, ours, unsafe=True):
        current.update({path: Source(path, file.content) for path, file in fixed.items()})
        after = check(tuple(current.values()))
    left = tuple(attempt.finding for attempt in attempts if not attempt.lines_to_try)
    made = len(attempts) - len(left)
    outcome = Outcome(tuple(current.values()), after, changed(sources, current), made)
    return Accepted(outcome, left)


def _line(current: Mapping[str, Source], finding: Finding) -> str:
    source = current.get(finding.location.path)
    return "" if source is None else lines(source).text(finding.location.span.line)


def comment_edits(source: Source, finding: Finding, reason: str) -> Iterator[Edit]:
    """The edits that each write a comment for a finding, the best place first.

    The caller has to check whether the engine honours the comment there.
    """
    file = _File(source)
    for line, below in file.lines_to_try(finding.location.span.line):
        yield file.edit(line, below, comment([finding.rule], reason))


def _written(
    sources: Sequence[Source], files: Mapping[str, _File], attempts: Sequence[_Attempt], reason: str
) -> dict[str, Source]:
    """The files with the comments of all attempts, by path."""
    current = {source.path: source for source in sources}
    for path, lines_to_try in _grouped(attempts).items():
        fixes = [
            Fix("", (files[path].edit(line, below, comment(rules, reason)),), safe=True)
            for (line, below), rules in lines_to_try.items()
        ]
        current[path] = Source(path, fix_file(files[path].source, fixes).content)
    return current


def _key(finding: Finding) -> tuple[str, str, str | None, str]:
    """What identifies a finding although comments have moved its line."""
    return finding.rule, finding.location.path, finding.entity, finding.message


def _grouped(attempts: Sequence[_Attempt]) -> dict[str, dict[tuple[int, bool], list[str]]]:
    """File → place → the rules that a comment there suppresses."""
    found: dict[str, dict[tuple[int, bool], set[str]]] = {}
    for attempt in attempts:
        if attempt.active and attempt.lines_to_try:
            places = found.setdefault(attempt.finding.location.path, {})
            places.setdefault(attempt.lines_to_try[0], set()).add(attempt.finding.rule)
    return {
        path: {line: sorted(rules) for line, rules in places.items()}
        for path, places in found.items()
    }


class _File:
    """One file, and the places in it that can take a comment."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._read: stream.Stream | None = None
        self._commented: frozenset[int] = frozenset()
        self._closed: list[tuple[int, int]] = []

    def _stream(self) -> stream.Stream:
        if self._read is None:
            self._read = stream.read(self.source.content)
            self._commented = frozenset(c.line for c in comments(self._read.lines.all))
            for tree in self._read.trees:
                if tree.root is not None:
                    self._closed += _outermost(_closed(tree.root))
        return self._read

    def lines_to_try(self, line: int) -> list[tuple[int, bool]]:
        """The lines that can take a comment about a line, the best first.

        The flag is true if the line has a comment already, so that ours goes below it.
        """
        read = self._stream()
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
        """The edit that writes a comment at the end of a line, or below it."""
        lines = self._stream().lines
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
        lines = self._stream().lines
        found = _BREAK.search(lines.all, lines.index(line, 1))
        assert found is not None
        return found.start()

    def _takes_comment(self, line: int) -> bool:
        """Whether the end of a line is outside of scalars and of brackets that are still open."""
        end = self._end(line)
        number = bisect_left(self._closed, (end, 0)) - 1
        return number < 0 or end >= self._closed[number][1]


def _closed(root: Node) -> Iterator[tuple[int, int]]:
    """The spans of scalars and of flow collections."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.flow or (node.items is None and node.entries is None):
            yield node.start, node.end
        waiting += node.items or ()
        for entry in (node.entries or {}).values():
            if entry.merged is None:
                waiting += (entry.key, entry.node)


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that are in no other, in order; of two that overlap, one contains the other."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _names(tree: Tree, index: int) -> list[int]:
    """The indexes of the ``name`` keys of all objects around an index, the innermost first."""
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
