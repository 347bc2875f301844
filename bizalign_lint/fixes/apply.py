"""Edits → new text, checked: the values are as intended, and nothing else has changed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.lines import Lines
from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Change, Edit, Finding, Fix, Operation, Pointer, Source, places
from bizalign_lint.parsing.yaml import stream
from bizalign_lint.parsing.yaml.nodes import Defect
from bizalign_lint.parsing.yaml.stream import Stream

_MARK = "\ufeff".encode()
_ROUNDS = 20
"""A fix may uncover the next flaw; a longer chain than this is a bug of ours."""

Check = Callable[[Sequence[Source]], Report]
"""Checks a workspace with the given files."""


@dataclass(frozen=True, slots=True)
class FixedFile:
    """The content of a file after fixes, and the fixes that were applied."""

    content: bytes
    applied: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A workspace after its fixes."""

    sources: tuple[Source, ...]
    """All files, the changed ones with their new content."""
    report: Report
    """The report about them as they are now."""
    changed: tuple[tuple[Source, Source], ...]
    """The files that differ: as they were, and as they are."""
    fixed: int
    """The number of findings that were fixed."""


class _Contradiction(Exception):
    """Two changes exclude each other."""


def fix_all(sources: Sequence[Source], report: Report, check: Check, unsafe: bool) -> Outcome:
    """Fix what can be fixed, and check again, until there is nothing left to fix."""
    current = {source.path: source for source in sources}
    count = 0
    for _ in range(_ROUNDS):
        new = fixed_files(current, report.findings, unsafe)
        if not new:
            break
        count += sum(len(fixed.applied) for fixed in new.values())
        current.update({path: Source(path, fixed.content) for path, fixed in new.items()})
        report = check(tuple(current.values()))
    return Outcome(tuple(current.values()), report, changed(sources, current), count)


def changed(
    sources: Iterable[Source], current: Mapping[str, Source]
) -> tuple[tuple[Source, Source], ...]:
    """The files whose content differs."""
    return tuple(
        (source, current[source.path])
        for source in sources
        if source.content != current[source.path].content
    )


def fixed_files(
    sources: Mapping[str, Source], findings: Iterable[Finding], unsafe: bool
) -> dict[str, FixedFile]:
    """The files that fixes change, by path."""
    by_path: dict[str, list[Fix]] = {}
    for finding in places(findings):
        fix = finding.fix
        if fix is not None and (fix.safe or unsafe) and finding.location.path in sources:
            by_path.setdefault(finding.location.path, []).append(fix)
    fixed = {path: fix_file(sources[path], fixes) for path, fixes in by_path.items()}
    return {path: f for path, f in fixed.items() if f.content != sources[path].content}


def fix_file(source: Source, fixes: Sequence[Fix]) -> FixedFile:
    """A file with those fixes applied that do not conflict and do what they declare.

    Of two that overlap, the first is applied; a fix that would change anything else is not.
    """
    before = stream.read(source.content)
    chosen = _without_overlaps(before.lines, fixes)
    content = _checked(source, before, chosen)
    if content is not None:
        return FixedFile(content, tuple(chosen))
    content = source.content
    applied: list[Fix] = []
    # Few fixes fail: try halves, so that those that work are not tried one by one.
    waiting = _halves(chosen)
    while waiting:
        batch = waiting.pop()
        tried = _checked(source, before, [*applied, *batch])
        if tried is not None:
            content = tried
            applied += batch
        else:
            waiting += _halves(batch)
    return FixedFile(content, tuple(applied))


def _halves(fixes: Sequence[Fix]) -> list[Sequence[Fix]]:
    """Two halves, the first half last, because the end of the list is popped first; none of one."""
    middle = len(fixes) // 2
    return [fixes[middle:], fixes[:middle]] if middle else []


def _without_overlaps(lines: Lines, fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes whose edits do not overlap those of an earlier fix."""
    taken: list[tuple[int, int]] = []
    chosen = []
    for fix in fixes:
        wanted = [_indexes(lines, edit) for edit in fix.edits]
        if not any(_touches(taken, start, end) for start, end in wanted):
            for one in wanted:
                insort(taken, one)
            chosen.append(fix)
    return chosen


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span overlaps one of ``taken``, which are sorted and do not overlap each other."""
    after = bisect_left(taken, (start, 0))
    return any(
        (start < end2 and start2 < end) or start == start2
        for start2, end2 in taken[max(after - 1, 0) : after + 1]
    )


def _indexes(lines: Lines, edit: Edit) -> tuple[int, int]:
    span = edit.location.span
    return lines.index(span.line, span.column), lines.index(span.end_line, span.end_column)


def _checked(source: Source, before: Stream, fixes: Sequence[Fix]) -> bytes | None:
    """The new content; None if parsing it does not give the intended values."""
    edits = [edit for fix in fixes for edit in fix.edits]
    content = edited(source.content, before.lines, edits)
    after = stream.read(content)
    if after.bad is not None or len(after.trees) != len(before.trees):
        return None
    changes: dict[int, dict[Pointer, Change]] = {}
    for fix in fixes:
        for change in fix.changes:
            if change.pointer in changes.setdefault(change.document, {}):
                return None
            changes[change.document][change.pointer] = change
    for index, (old, new) in enumerate(zip(before.trees, after.trees, strict=True)):
        if (old.root is None) != (new.root is None):
            return None
        if _serious(new.defects) - _serious(old.defects):
            return None
        if old.root is None or new.root is None:
            continue
        try:
            wanted = _changed(old.root.value, (), changes.get(index, {}))
        except _Contradiction:
            return None
        if not same(wanted, new.root.value):
            return None
    return content


def _serious(defects: Iterable[Defect]) -> Counter[tuple[str, str]]:
    return Counter(
        (defect.condition, defect.subject)
        for defect in defects
        if defect.condition in (conditions.SYNTAX, conditions.DUPLICATE_KEY)
    )


def edited(content: bytes, lines: Lines, edits: Iterable[Edit]) -> bytes:
    """The content with edits applied; everything between them is kept byte for byte."""
    text, pieces, last = lines.all, [], 0
    for start, end, new in sorted((*_indexes(lines, edit), edit.text) for edit in edits):
        pieces += [text[last:start], new]
        last = end
    mark = _MARK if content.startswith(_MARK) else b""
    return mark + "".join([*pieces, text[last:]]).encode()


def with_changes(value: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any] | None:
    """The values of a document with changes applied; None if the changes contradict each other."""
    try:
        changed: dict[str, Any] = _changed(value, (), {one.pointer: one for one in changes})
    except _Contradiction:
        return None
    return changed


def _changed(value: Any, pointer: Pointer, changes: Mapping[Pointer, Change]) -> Any:
    """A value with changes applied; their pointers refer to the value as it was."""
    if not changes:
        return value
    if isinstance(value, dict):
        return _changed_mapping(value, pointer, changes)
    if isinstance(value, list):
        items = []
        for index, item in enumerate(value):
            below = (*pointer, index)
            change = changes.get(below)
            if change is None:
                items.append(_changed(item, below, changes))
            elif change.operation is Operation.PUT:
                items.append(change.value)
        return items
    return value


def _changed_mapping(
    value: dict[str, Any], pointer: Pointer, changes: Mapping[Pointer, Change]
) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name, held in value.items():
        below = (*pointer, name)
        change = changes.get(below)
        if change is not None and change.operation is Operation.REMOVE:
            continue
        new_name = (
            change.value if change is not None and change.operation is Operation.RENAME else name
        )
        if new_name in entries or (new_name != name and new_name in value):
            raise _Contradiction
        put = change is not None and change.operation is Operation.PUT
        entries[new_name] = change.value if change and put else _changed(held, below, changes)
    for below, change in changes.items():
        if below[:-1] == pointer and below and change.operation is Operation.PUT:
            entries.setdefault(str(below[-1]), change.value)
    return entries


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, types included; NaN is the same as NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other or (one != one and other != other))
