"""The options of ``check`` that change the model: ``--fix``, ``--diff`` and ``--add-ignore``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from bizalign_lint.cli.changes import difference, print_note, write_changes
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.words import counted
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.repository import why_git_cannot_be_asked

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.fixes.apply import Check, Outcome
    from bizalign_lint.sources.disk import Found


class FixOptions(NamedTuple):
    """What is to be done about the findings, beside telling them."""

    fix: bool
    unsafe: bool
    diff: bool
    reason: str | None
    """Why findings are accepted with a comment; None: they are not."""

    @property
    def anything(self) -> bool:
        """Whether the model is to be changed, or shown as it would be."""
        return self.fix or self.diff or self.reason is not None


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that change the model."""
    for option in reversed(
        (
            click.option("--fix", is_flag=True, help="Apply the safe fixes."),
            click.option(
                "--unsafe-fixes",
                is_flag=True,
                help="With --fix or --diff: also apply fixes that need a review afterwards.",
            ),
            click.option(
                "--diff",
                is_flag=True,
                help="Print the changes without writing them; exit code 1 if there are any.",
            ),
            click.option(
                "--add-ignore",
                "reason",
                metavar="REASON",
                help="Suppress the findings with comments that give this reason.",
            ),
        )
    ):
        command = option(command)
    return command


def fix_options_of(*, fix: bool, unsafe_fixes: bool, diff: bool, reason: str | None) -> FixOptions:
    """What the options ask for. Raises UsageError where they contradict each other."""
    if unsafe_fixes and not (fix or diff):
        raise UsageError(
            "--unsafe-fixes needs --fix or --diff",
            hint="check --fix --unsafe-fixes applies them, check --diff --unsafe-fixes shows them",
        )
    if reason is None:
        return FixOptions(fix, unsafe_fixes, diff, None)
    if fix or unsafe_fixes:
        raise UsageError(
            "--fix and --add-ignore cannot be combined", hint="fix first, then suppress the rest"
        )
    if not reason.strip() or not reason.isprintable():
        raise UsageError(
            "--add-ignore: give a one-line reason",
            hint='for example --add-ignore "accepted by the board until=2027-03-31"',
        )
    return FixOptions(False, False, diff, reason.strip())


def fix_or_suppress(
    fixing: FixOptions, root: str, found: Found, report: Report, check: Check
) -> Outcome:
    """Change the model, or with ``diff`` print how it would change. What was done is reported.

    Raises UsageError where git cannot say which files are not to be touched.
    """
    sources, absent = found.sources, found.absent
    if found.unasked and not fixing.diff:
        raise UsageError(
            f"nothing is written: {why_git_cannot_be_asked(root)}, so it is unknown which files "
            "are ignored",
            hint="use --diff to see what would change",
        )
    if fixing.reason is not None:
        from bizalign_lint.fixes.add_ignore import accept

        accepted = accept(sources, report, check, fixing.reason)
        outcome, what = accepted.outcome, "accepted"
        for finding in accepted.left:
            place = f"{finding.location.path}:{finding.location.span.line}"
            print_note(f"note: {place}: {finding.rule} cannot be suppressed by a comment")
    else:
        from bizalign_lint.fixes.apply import fix_all

        outcome, what = fix_all(sources, report, check, fixing.unsafe), "fixed"
    done = f"{counted(outcome.fixed, 'finding')} in {counted(len(outcome.changed), 'file')}"
    if fixing.diff:
        place = View(root, os.getcwd()).path()
        if place.startswith(".."):
            # No patch reaches out of the folder that it is applied in.
            print_note(f"note: apply the patch in {root}")
            place = ""
        for line in difference(outcome.changed, place):
            sys.stdout.write(line)
        if outcome.changed:
            print_note(f"note: {done} would be {what}")
    elif outcome.changed:
        write_changes(root, [pair for pair in outcome.changed if pair[0].path not in absent])
        print_note(f"note: {done} {what}")
    return outcome
