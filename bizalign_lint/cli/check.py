"""``bizalign-lint check``."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.check_since import checker
from bizalign_lint.cli.extent import chosen, extent_options
from bizalign_lint.cli.gate import gate_at, refuse_other_workspaces, told
from bizalign_lint.cli.mend import mend, mend_options, wanted
from bizalign_lint.cli.options import check_names, config_options, effective, today
from bizalign_lint.cli.output import parse_output
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.showing import down_to, showing_options, with_starter
from bizalign_lint.cli.writing import content, deliver, encoded, own, replace
from bizalign_lint.core.errors import NothingToCheckError, UsageError
from bizalign_lint.core.settings import NEVER
from bizalign_lint.core.types import Severity
from bizalign_lint.findings.known import read_baseline
from bizalign_lint.findings.ratchet import FILE_NAME, read_ratchet, tightened, tighter
from bizalign_lint.reporters import FORMATS, reporter
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import PLAIN, Style, wants_colors
from bizalign_lint.reporters.view import View, counted
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.repository import no_repository
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.workspace.config import Config
    from bizalign_lint.workspace.open import Workspace

_WIDTH = 100
"""Where no terminal says otherwise."""

EPILOG = """\b
Examples:
  bizalign-lint check
  bizalign-lint check model/applications.yaml
  bizalign-lint check --as-of 2026-06-30 --select BAS,DIS101 --fail-on warning
  bizalign-lint check --format json > report.json
  bizalign-lint check --output json:report.json
  bizalign-lint check --diff
  bizalign-lint check --fix
  bizalign-lint check --since merge-base:main
  bizalign-lint check --staged
"""


@click.command("check", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path())
@config_options
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default=FORMATS[0], help="What to print."
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Write a report to a file as well; may be given several times.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only findings, one a line.")
@click.option("-v", "--verbose", is_flag=True, help="Tell what was passed over, and why.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option(
    "--profile-rules", is_flag=True, help="Tell on standard error how long each rule took."
)
@click.option("--coverage", is_flag=True, help="Tell how far the model is aligned.")
@click.option(
    "--ratchet",
    is_flag=True,
    help=f"Let no measure of alignment fall below what it was; keeps the figures in {FILE_NAME}.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Tell only what was not found at that branch, tag or commit; "
    "merge-base:main is where the current branch left main.",
)
@click.option(
    "--config-from-base",
    is_flag=True,
    help="With --since: use the configuration, rules, schemas and baseline of that revision, so "
    "that a change cannot loosen its own check.",
)
@showing_options
@extent_options
@mend_options
@click.option(
    "--show-suppressed", is_flag=True, help="Tell as well what somebody has accepted, and why."
)
@click.option("--no-baseline", is_flag=True, help="Tell what is in the baseline as well.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours; auto: on a terminal, unless NO_COLOR is set.",
)
@click.pass_obj
def command(
    session: Session,
    /,
    paths: tuple[str, ...],
    format_: str,
    outputs: tuple[str, ...],
    quiet: bool,
    verbose: bool,
    min_severity: str,
    group_by: str,
    everything: bool,
    statistics: bool,
    profile_rules: bool,
    coverage: bool,
    ratchet: bool,
    since: str | None,
    config_from_base: bool,
    staged: bool,
    tracked: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    reason: str | None,
    show_suppressed: bool,
    no_baseline: bool,
    color: str,
    **options: Any,
) -> int:
    """Check the definitions of a workspace.

    The whole workspace is read, always: what one file says may be wrong because of another. PATHS
    choose whose findings are reported. The workspace is the nearest folder upwards that has a
    .bizalign.yaml; without one, the folder you name, or the one you are in.
    """
    from bizalign_lint.engine import load
    from bizalign_lint.workspace.open import open_workspace

    session.color = color
    wish = wanted(fix=fix, unsafe_fixes=unsafe_fixes, diff=diff, reason=reason)
    if diff and outputs:
        raise UsageError("--diff writes nothing, and so no report", hint="leave out --output")
    find = chosen(staged=staged, tracked=tracked, writes=wish.anything and not diff)
    files = [parse_output(output) for output in outputs]
    root = find_root(paths)
    session.root = root.path
    gate = gate_at(root.path, since, config_from_base)
    in_force = gate if config_from_base else None
    home = in_force.root if in_force else root.path

    def configure(root: str) -> Config:
        return effective(root, **options)

    config = configure(home)
    reached = read_ratchet(home) if ratchet else {}
    figures = own(os.path.join(root.path, FILE_NAME), root.path) if ratchet else None
    before = content(figures) if figures else None
    thresholds = (
        tighter(config.coverage, reached) if coverage or ratchet or config.coverage else None
    )
    workspace = open_workspace(root, config, today(), thresholds, find, home)
    refuse_other_workspaces(in_force, workspace)
    if reached:
        # What was measured once and is no more has fallen.
        demanded = workspace.settings.demanded | reached.keys()
        workspace = workspace._replace(settings=workspace.settings._replace(demanded=demanded))
    loaded = load(workspace.settings.schemas, workspace.settings.rules, workspace.settings.sources)
    check_names(config, loaded)
    known = () if no_baseline else read_baseline(home) or ()

    check = checker(workspace, config, loaded, known, since)
    report = check(workspace.found.sources)
    if not report.documents and not report.findings:
        raise _nothing(report, root.path)
    if wish.anything:
        outcome = mend(wish, root.path, workspace.found, report, check)
        if wish.diff:
            return int(bool(outcome.changed))
        report = outcome.report
    report = told(report, gate, workspace, loaded, configure)
    _tell(workspace, report, verbose)
    if profile_rules:
        _tell_times(report)
    fails = _fails(report, config.fail_on) or any(c.fails for c in report.coverage)
    shown = down_to(min_severity, report)
    view = _view(session, root.only, quiet)._replace(
        everything=everything,
        group_by=group_by,
        least=min_severity,
        hidden=len(report.findings) - len(shown.findings),
        starter=with_starter(shown, workspace, loaded, options),
        statistics=statistics,
        coverage=coverage,
        verbose=verbose,
        show_suppressed=show_suppressed,
    )
    for piece in reporter(format_)(shown, view):
        sys.stdout.write(piece)
    plain = view._replace(style=PLAIN, width=_WIDTH, quiet=False, elapsed=None)
    for file in files:
        deliver(file.path, reporter(file.format)(shown, plain), root.path)
    if figures and not any(c.fails for c in report.coverage):
        replace(figures, before, encoded(tightened(report.coverage, reached)))
    return int(fails)


def _view(session: Session, only: tuple[str, ...] | None, quiet: bool) -> View:
    terminal = sys.stdout.isatty()
    return View(
        root=session.root,
        here=os.getcwd(),
        style=Style(wants_colors(session.color, terminal, os.environ)),
        width=_terminal_width() if terminal else _WIDTH,
        quiet=quiet,
        only=only,
        repository=work_tree(session.root),
        # Two runs over the same files print the same, wherever the output is kept.
        elapsed=time.perf_counter() - session.started if terminal else None,
    )


def _terminal_width() -> int:
    from shutil import get_terminal_size

    return min(max(get_terminal_size().columns, 60), 120)


def _fails(report: Report, fail_on: str) -> bool:
    if fail_on == NEVER:
        return False
    rank = Severity(fail_on).rank
    return any(finding.severity.rank <= rank for finding in report.findings)


def _nothing(report: Report, root: str) -> NothingToCheckError:
    count = counted(report.files, "YAML file")
    return NothingToCheckError(
        f"there is nothing to check: {count} in {root}, none with a definition",
        hint="a definition starts with apiVersion: bizalign/v1",
    )


def _tell(workspace: Workspace, report: Report, verbose: bool) -> None:
    """Say on standard error what could not be asked; on demand, what was passed over."""
    if workspace.found.unasked:
        why = no_repository(workspace.root, "").message
        sys.stderr.write(f"note: {clean(why)}, so files that are ignored were read, too\n")
    if not verbose:
        return
    lines = [
        *(f"{path}: not checked out, read from the index" for path in workspace.found.absent),
        *(f"{path}: a workspace of its own, not looked into" for path in workspace.found.nested),
        *(f"{path}: part of the set-up, not of the model" for path in workspace.found.skipped),
        *(f"{path}: a link out of the repository, not read" for path in workspace.found.outside),
        *(f"{path}: holds no definition, left alone" for path in report.left_alone),
    ]
    if report.idle:
        rules = ", ".join(report.idle)
        lines.append(f"rules that nothing in the workspace is a target of: {rules}")
    for line in lines:
        sys.stderr.write(f"note: {clean(line)}\n")


def _tell_times(report: Report) -> None:
    """Say on standard error how long each rule took, the slowest first."""
    total = sum(report.seconds.values())
    for rule, seconds in sorted(report.seconds.items(), key=lambda entry: -entry[1]):
        sys.stderr.write(f"{seconds * 1000:9.2f} ms  {rule}\n")
    sys.stderr.write(f"{total * 1000:9.2f} ms  {counted(len(report.seconds), 'rule')}\n")
