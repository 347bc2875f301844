"""Edits to suppression comments that have a flaw."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Edit, Finding, Location
from bizalign_lint.ide.cursor import page
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.ignore_comments import COMMENT


def is_about_suppression(snapshot: Snapshot, finding: Finding) -> bool:
    """Whether a finding is about a suppression; such findings are not suppressed in turn."""
    rule = snapshot.loaded.rules.rules.get(finding.rule)
    return rule is not None and rule.condition in conditions.SUPPRESSIONS


def changes_of_comment(snapshot: Snapshot, finding: Finding) -> Iterator[tuple[str, Edit]]:
    """The edits that add a reason or remove the comment, with titles; none without a comment."""
    path, span = finding.location.path, finding.location.span
    source = snapshot.sources.get(path)
    if source is None:
        return
    read = page(source.content)
    text = read.sketch.text
    start = read.lines.index(span.line, span.column)
    comment = next((c for c in read.sketch.comments if c[0] <= start < c[1]), None)
    found = COMMENT.match(text, comment[0]) if comment is not None else None
    if comment is None or found is None:
        return
    if "--" not in text[found.start() : comment[1]]:
        end = len(text[: comment[1]].rstrip())
        yield "Add a reason to this comment", Edit(Location(path, read.span(end, end)), " -- ")
    begin = comment[0]
    while begin and text[begin - 1] in " \t":
        begin -= 1
    stop = comment[1]
    if not begin or text[begin - 1] in "\r\n":
        stop += 2 if text.startswith("\r\n", stop) else stop < len(text)
    yield "Remove this comment", Edit(Location(path, read.span(begin, stop)), "")
