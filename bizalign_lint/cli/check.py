"""``bizalign-lint check``."""

from __future__ import annotations

import os
import sys
import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.check_workspace import CheckRequest
from bizalign_lint.cli.check_workspaces import check_all
from bizalign_lint.cli.display import display_options, of_starter
from bizalign_lint.cli.file_selection import discovery, file_options
from bizalign_lint.cli.fix import fix_options, fix_options_of
from bizalign_lint.cli.options import check_options, color_option, format_option, owner_option
from bizalign_lint.cli.output import parse_output
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.silence import explain_silence
from bizalign_lint.cli.writing import write_output
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.report import at_least
from bizalign_lint.core.words import counted
from bizalign_lint.findings.ratchet import FILE_NAME
from bizalign_lint.reporters import FORMATS, reporter
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.reporters.style import PLAIN, Style, wants_colors
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.beginning import beginning
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.repository import why_git_cannot_be_asked
from bizalign_lint.sources.roots import find_roots

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.workspace.open import Workspace

_WIDTH = 100
"""Where no terminal says otherwise."""

EPILOG = """\b
Examples:
  bizalign-lint check
  bizalign-lint check model/applications.yaml
  bizalign-lint check one two              two workspaces
  bizalign-lint check --as-of 2026-06-30 --select BAS,DIS101 --fail-on warning
  bizalign-lint check --format json > report.json
  bizalign-lint check --output json:report.json
  bizalign-lint check --diff
  bizalign-lint check --fix
  bizalign-lint check --since merge-base:main
  bizalign-lint check --staged --new
  bizalign-lint check --owner "Claims IT"
  bizalign-lint check --explain-silence BAS101 Capability:pricing
"""


@click.command("check", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path())
@check_options
@format_option(FORMATS)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Also write a report to a file; can be given several times.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only findings, one per line.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Also list skipped files and everything that could not be judged.",
)
@click.option("--statistics", is_flag=True, help="Show how many findings each rule has.")
@click.option(
    "--profile-rules", is_flag=True, help="Print on standard error how long each rule took."
)
@click.option("--coverage", is_flag=True, help="Show the alignment coverage.")
@click.option(
    "--ratchet",
    is_flag=True,
    help=f"Fail if any coverage figure drops below its last value, as kept in {FILE_NAME}.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Show only findings that are new since that branch, tag or commit; "
    "merge-base:main is where the current branch left main.",
)
@click.option(
    "--new/--no-new",
    help="Show only findings that are new since the last commit, or since where a push begins; "
    "all where there is no commit yet, and where nothing is staged. --since wins.",
)
@click.option(
    "--full-outputs",
    is_flag=True,
    help="With --since: write all findings to the files of --output, for services that compare "
    "reports themselves.",
)
@click.option(
    "--ahead",
    metavar="DURATION",
    help="With --since: also show what is brought forward or postponed within that time, such as "
    "P3Y.",
)
@click.option(
    "--config-from-base",
    is_flag=True,
    help="With --since: use the configuration, rules, schemas and baseline of that revision, so "
    "that a change cannot loosen its own check.",
)
@display_options
@file_options
@fix_options
@click.option(
    "--show-suppressed", is_flag=True, help="Also show suppressed findings and their reasons."
)
@click.option(
    "--explain-silence",
    "silence",
    nargs=2,
    metavar="RULE KIND:NAME",
    help="Explain why a rule reports nothing about a definition.",
)
@click.option("--no-baseline", is_flag=True, help="Also show findings that are in the baseline.")
@owner_option
@color_option
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
    new: bool,
    full_outputs: bool,
    ahead: str | None,
    config_from_base: bool,
    staged: bool,
    tracked: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    reason: str | None,
    show_suppressed: bool,
    silence: tuple[str, str] | None,
    no_baseline: bool,
    owner: str | None,
    color: str,
    **options: Any,
) -> int:
    """Check the definitions of one or more workspaces.

    The whole workspace is always read: what one file says may be wrong because of another. PATHS
    choose whose findings are reported. The workspace is the nearest folder at or above PATHS with
    a .bizalign.yaml; without one, the given folder, or the current one. Several workspaces
    are each checked by their own configuration, and reported together.
    """
    session.color = color
    fixing = fix_options_of(fix=fix, unsafe_fixes=unsafe_fixes, diff=diff, reason=reason)
    if diff and outputs:
        raise UsageError("--diff cannot be combined with --output", hint="leave out --output")
    find = discovery(staged=staged, tracked=tracked, writes=fixing.anything and not diff)
    files = [parse_output(output) for output in outputs]
    roots = find_roots(paths)
    since = _beginning(since, new, ahead, roots[0].path)
    request = CheckRequest(
        find,
        fixing,
        since=since,
        ahead=ahead,
        config_from_base=config_from_base,
        coverage=coverage,
        ratchet=ratchet,
        no_baseline=no_baseline,
        owner=owner,
        options=MappingProxyType(options),
    )
    if silence is not None:
        return explain_silence(roots, request, *silence)
    run = check_all(roots, request, session)
    if diff:
        return max(run.code, *(int(one.would_change) for one in run.checked))
    for one in run.checked:
        _print_notes(one.workspace, run.place(one), one.report, verbose)
    if profile_rules:
        _print_times(run.report)
    session.root = run.root
    shown = at_least(min_severity, run.report)
    only = run.checked[0] if len(run.checked) == 1 else None
    view = _view(session, run.only, quiet)._replace(
        everything=everything,
        group_by=group_by,
        least=min_severity,
        hidden=len(run.report.findings) - len(shown.findings),
        starter=only and of_starter(shown, only.workspace, only.loaded, options),
        statistics=statistics,
        coverage=coverage,
        verbose=verbose,
        show_suppressed=show_suppressed,
    )
    for piece in reporter(format_)(shown, view):
        sys.stdout.write(piece)
    plain = view._replace(style=PLAIN, width=_WIDTH, quiet=False, elapsed=None)
    whole = run.report.whole if full_outputs else None
    written = shown if whole is None else at_least(min_severity, whole)
    for file in files:
        write_output(file.path, reporter(file.format)(written, plain), run.root)
    for one in run.checked:
        one.keep()
    return run.code


def _beginning(since: str | None, new: bool, ahead: str | None, root: str) -> str | None:
    """The revision to compare with. Raises UsageError for what cannot be combined."""
    if ahead is not None and since is None:
        raise UsageError(
            "--ahead needs --since", hint="bizalign-lint forecast shows all that lies ahead"
        )
    return beginning(root, os.environ) if new and since is None else since


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


def _print_notes(workspace: Workspace, place: str, report: Report, verbose: bool) -> None:
    """Say on standard error what could not be asked; on demand, what was passed over.

    ``place`` is put before the paths of the workspace.
    """
    found = workspace.found
    if found.unasked:
        why = why_git_cannot_be_asked(workspace.root)
        sys.stderr.write(f"note: {clean(why)}, so ignored files were read as well\n")
    for spec in workspace.settings.sources:
        if not any(spec.read.match(source.path) for source in found.sources):
            read = f"{' and '.join(spec.read.patterns)}, read as {spec.name}"
            sys.stderr.write(f"note: {clean(f'{place}{read}')}: there is no such file\n")
    if not verbose:
        return
    passed_over = [
        *(f"{path}: not checked out; read from the index" for path in found.absent),
        *(f"{path}: a separate workspace; skipped" for path in found.nested),
        *(f"{path}: part of the configuration, not of the model" for path in found.skipped),
        *(f"{path}: a link that leaves the repository; not read" for path in found.outside),
        *(f"{path}: no definition in it; skipped" for path in report.without_definitions),
    ]
    lines = [f"{place}{line}" for line in passed_over]
    if report.idle:
        rules = ", ".join(report.idle)
        lines.append(f"rules without a target in this workspace: {rules}")
    for line in lines:
        sys.stderr.write(f"note: {clean(line)}\n")


def _print_times(report: Report) -> None:
    """Say on standard error how long each rule took, the slowest first."""
    total = sum(report.seconds.values())
    for rule, seconds in sorted(report.seconds.items(), key=lambda entry: -entry[1]):
        sys.stderr.write(f"{seconds * 1000:9.2f} ms  {rule}\n")
    sys.stderr.write(f"{total * 1000:9.2f} ms  {counted(len(report.seconds), 'rule')}\n")
