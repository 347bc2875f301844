"""``bizalign-lint baseline``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.options import effective, setup_options
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import content, encoded, output_target, replace
from bizalign_lint.core.errors import ConfigError
from bizalign_lint.core.today import today
from bizalign_lint.core.words import counted, first_of
from bizalign_lint.findings.baseline_file import FILE_NAME, read_baseline
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.roots import Root, find_root

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.findings.baseline import Entry, Matched

_MOST_PATHS = 3

EPILOG = """\b
With a baseline, a workspace with many findings can start today: check ignores the findings in it
and fails only for new ones. Over time it should only get shorter:
  baseline write    records all current findings
  baseline check    fails if findings in it have been fixed, so that they are removed
  baseline update   removes fixed findings and adds none
"""


@click.group("baseline", cls=HelpfulGroup, epilog=EPILOG)
def command() -> None:
    """Manage the baseline of known findings."""


@command.command("write")
@click.argument("path", required=False, type=click.Path())
@setup_options
@click.pass_obj
def write_(session: Session, /, path: str | None, **options: Any) -> None:
    """Write all current findings to the baseline, replacing the old one.

    It is .bizalign-baseline.json in the root of the workspace that PATH is in (default: the
    current folder). Commit it.
    """
    from bizalign_lint.findings.baseline import entries, match, render, resolved

    root = _workspace(session, path)
    file = output_target(os.path.join(root.path, FILE_NAME), root.path)
    held = content(file)
    report = _run(root, **options)
    try:
        before = read_baseline(root.path)
    except ConfigError:
        before = None
    matched = match(before or (), report.findings, report.title)
    gone = resolved(matched, report)
    kept = [*entries(report.findings), *_unclear(matched, gone)]
    replace(file, held, encoded(render(kept)))
    line = f"{counted(len(kept), 'finding')} in {FILE_NAME}"
    if before is not None:
        line += f": {len(matched.new)} new, {len(gone)} gone"
    sys.stdout.write(f"{line}\n")
    _print_unclear(matched, gone, report)


@command.command("update")
@click.argument("path", required=False, type=click.Path())
@setup_options
@click.pass_obj
def update(session: Session, /, path: str | None, **options: Any) -> None:
    """Remove fixed findings from the baseline; add none.

    PATH is in the workspace (default: the current folder).
    """
    from bizalign_lint.findings.baseline import entries, match, render, resolved

    root = _workspace(session, path)
    file = output_target(os.path.join(root.path, FILE_NAME), root.path)
    held = content(file)
    known = _existing_entries(root.path)
    report = _run(root, **options)
    matched = match(known, report.findings, report.title)
    gone = resolved(matched, report)
    kept = [*entries(matched.known), *_unclear(matched, gone)]
    replace(file, held, encoded(render(kept)))
    sys.stdout.write(f"{counted(len(kept), 'finding')} in {FILE_NAME}: {len(gone)} gone\n")
    _print_unclear(matched, gone, report)


@command.command("check")
@click.argument("path", required=False, type=click.Path())
@setup_options
@click.pass_obj
def check(session: Session, /, path: str | None, **options: Any) -> int:
    """Fail if the baseline has stale entries, and list them.

    PATH is in the workspace (default: the current folder).
    """
    from bizalign_lint.findings.baseline import match, resolved

    root = _workspace(session, path)
    known = _existing_entries(root.path)
    report = _run(root, **options)
    matched = match(known, report.findings, report.title)
    gone = resolved(matched, report)
    _print_unclear(matched, gone, report)
    for entry in gone:
        about = f" {entry.entity}:" if entry.entity else ""
        sys.stdout.write(clean(f"stale[{entry.rule}]{about} {entry.message}") + "\n")
    left = f"{counted(len(known) - len(gone), 'finding')} left in {FILE_NAME}"
    if not gone:
        sys.stdout.write(f"Nothing is stale: {left}\n")
        return 0
    stale = "1 entry is" if len(gone) == 1 else f"{len(gone)} entries are"
    sys.stdout.write(f"{stale} stale, {left}; take out with bizalign-lint baseline update\n")
    return 1


def _unclear(matched: Matched, gone: Iterable[Entry]) -> list[Entry]:
    """The entries of which nothing is found, but only because not everything could be judged."""
    resolved = set(gone)
    return [entry for entry in matched.stale if entry not in resolved]


def _print_unclear(matched: Matched, gone: Sequence[Entry], report: Report) -> None:
    """Say on standard error what stays in the baseline, and why."""
    count = len(matched.stale) - len(gone)
    if count:
        where = clean(first_of(report.unread, _MOST_PATHS)) or "flawed definitions"
        entries = "1 entry stays" if count == 1 else f"{count} entries stay"
        why = f"{where}: not everything could be judged there"
        sys.stderr.write(f"note: {entries} in the baseline until that is fixed; {why}\n")


def _existing_entries(root: str) -> tuple[Entry, ...]:
    known = read_baseline(root)
    if known is None:
        hint = "create one with bizalign-lint baseline write"
        raise ConfigError(f"there is no baseline: no {FILE_NAME} in {root}", hint=hint)
    return known


def _workspace(session: Session, path: str | None) -> Root:
    root = find_root([path] if path else [])._replace(only=None)
    session.root = root.path
    return root


def _run(root: Root, **options: Any) -> Report:
    """Everything that is found in the workspace."""
    from bizalign_lint.engine.judge import run
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.workspace.open import open_workspace

    config = effective(root.path, **options)
    workspace = open_workspace(root, config, today())
    loaded = load_for(workspace.settings)
    found = workspace.found
    return run(loaded, found.sources, workspace.settings, found.flaws)
