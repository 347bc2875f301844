"""Code actions: fixes, suppressions with a reason, and definitions that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.suggest import has_suggestion
from bizalign_lint.core.types import Edit, Finding, Location, Span
from bizalign_lint.fixes.apply import fix_file
from bizalign_lint.ide.caret import Caret, caret
from bizalign_lint.ide.comments import changes_of_comment, is_about_suppression
from bizalign_lint.ide.create import creations
from bizalign_lint.ide.creation import Creation
from bizalign_lint.ide.ignore import ignoring
from bizalign_lint.ide.quick_fix import remedies
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.ide.trial import changed, fixes

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll"


class Action(NamedTuple):
    """A code action: edits, and files to create first."""

    title: str
    kind: str
    edits: tuple[Edit, ...]
    finding: Finding | None = None
    preferred: bool = False
    creations: tuple[Creation, ...] = ()
    is_open: bool = False
    """Whether the user has to complete it; it fixes nothing by itself."""
    target: Location | None = None
    """The location to go to, for an action that changes nothing."""

    def caret(self, snapshot: Snapshot) -> Caret | None:
        """Where the user continues writing after the action; None if it needs no completion."""
        continues = self.is_open or any(creation.is_new for creation in self.creations)
        return caret(snapshot.sources, self.edits[0]) if continues and self.edits else None


def actions(snapshot: Snapshot, path: str, span: Span) -> list[Action]:
    """The actions for the findings that a span of a file touches."""
    if path not in snapshot.sources:
        return []
    here = [
        finding
        for finding in snapshot.findings
        if finding.location.path == path and _overlap(finding.location.span, span)
    ]
    found = [action for finding in here for action in _fixes(snapshot, finding)]
    found += (action for finding in here for action in _missing(snapshot, finding))
    found += (action for finding in here for action in _remedies(snapshot, finding))
    found += (action for finding in here for action in _elsewhere(snapshot, finding))
    found += (action for finding in here for action in _about_suppression(snapshot, finding))
    found += (action for finding in here for action in _ignore(snapshot, finding))
    return [*found, *fix_all(snapshot, path)]


def _overlap(one: Span, other: Span) -> bool:
    return (one.line, one.column) <= (other.end_line, other.end_column) and (
        other.line,
        other.column,
    ) <= (one.end_line, one.end_column)


def _fixes(snapshot: Snapshot, finding: Finding) -> list[Action]:
    """The fix of a finding, if it still works: the text may have changed since."""
    fix = finding.fix
    if fix is None or not fix_file(snapshot.sources[finding.location.path], [fix]).applied:
        return []
    preferred = fix.safe or has_suggestion(finding.message)
    # The word that was meant may break another rule, which only shows once it is written.
    is_sure = preferred and not is_about_suppression(snapshot, finding)
    if not is_sure and not _is_good(snapshot, finding, fix.edits):
        return []
    return [
        Action(
            title=fix.title, kind=QUICK_FIX, edits=fix.edits, finding=finding, preferred=preferred
        )
    ]


def _is_good(snapshot: Snapshot, finding: Finding, edits: Sequence[Edit]) -> bool:
    """Whether edits fix a finding without causing another; true if that cannot be tried."""
    judge = snapshot.judge
    return judge is None or fixes(finding, judge({}), judge(changed(snapshot.sources, edits)))


def _remedies(snapshot: Snapshot, finding: Finding) -> list[Action]:
    """The remedies that have passed a trial, without the one that the fix already offers."""
    fixed = finding.fix.edits if finding.fix is not None else ()
    return [
        Action(remedy.title, QUICK_FIX, remedy.edits, finding, is_open=remedy.is_open)
        for remedy in remedies(snapshot, finding)
        if remedy.edits != fixed
    ]


def _elsewhere(snapshot: Snapshot, finding: Finding) -> Iterator[Action]:
    """The actions that go from one of two definitions with the same name to the other."""
    rule = snapshot.loaded.rules.rules.get(finding.rule)
    if rule is None or rule.condition != conditions.DUPLICATE_NAME:
        return
    for related in finding.related:
        place = related.location
        title = f"Go to the other definition, in {place.path}:{place.span.line}"
        yield Action(title, QUICK_FIX, (), finding, is_open=True, target=place)


def _about_suppression(snapshot: Snapshot, finding: Finding) -> list[Action]:
    """The actions for a suppression comment with a flaw."""
    if not is_about_suppression(snapshot, finding):
        return []
    return [
        Action(title, QUICK_FIX, (edit,), finding, is_open=not _is_good(snapshot, finding, (edit,)))
        for title, edit in changes_of_comment(snapshot, finding)
    ]


def _ignore(snapshot: Snapshot, finding: Finding) -> list[Action]:
    edit = ignoring(snapshot, finding)
    if edit is None or is_about_suppression(snapshot, finding):
        return []
    title = f"Suppress {finding.rule} here, with a reason"
    return [Action(title, QUICK_FIX, (edit,), finding, is_open=True)]


def _missing(snapshot: Snapshot, finding: Finding) -> list[Action]:
    return [
        Action(
            f"Define {creation.title}, in {creation.path}",
            QUICK_FIX,
            (creation.edit,),
            finding,
            creations=(creation,) if creation.is_new else (),
        )
        for creation in creations(snapshot, finding)
    ]


def fix_all(snapshot: Snapshot, path: str) -> list[Action]:
    """All safe fixes of a file as one action; those that conflict are left out."""
    fixes = [
        finding.fix
        for finding in snapshot.findings
        if finding.location.path == path and finding.fix is not None and finding.fix.safe
    ]
    made = fix_file(snapshot.sources[path], fixes).applied if fixes else ()
    if not made:
        return []
    edits = tuple(edit for fix in made for edit in fix.edits)
    title = "Apply the safe fix" if len(made) == 1 else f"Apply all {len(made)} safe fixes"
    return [Action(f"{title} in this file", FIX_ALL, edits)]
