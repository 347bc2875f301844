"""``bizalign-lint init``."""

from __future__ import annotations

import os
import sys
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

import click

from bizalign_lint.cli.init_files import (
    HOOKS,
    JOBS,
    configuration,
    first_model,
    hook,
    job,
)
from bizalign_lint.cli.init_sources import Proposal, patterns, propose
from bizalign_lint.cli.init_unknown import Table, look, told
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import content, output_target, replace
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.words import counted, first_of
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.listing import SUFFIXES
from bizalign_lint.sources.roots import CONFIG_NAME, configured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_NESTED = 5
_MOST_PATHS = 3
_WHAT_PIP_TAKES = "git+https://git.example.org/bizalign-lint"

_FIRST = "say what the rows are, or write a first model with --example; then "

EPILOG = """\b
Examples:
  bizalign-lint init                       a first workspace; asks on a terminal
  bizalign-lint init --dry-run             what it would write
  bizalign-lint init architecture --no-example --pre-commit
  bizalign-lint init --ci github --install git+https://git.example.org/bizalign-lint
"""


class ExistingFiles(NamedTuple):
    """What a folder holds already."""

    definitions: int
    foreign: Sequence[Proposal]
    """Files of other tools that can be read."""
    tables: Sequence[Table] = ()
    """Files that no shipped mapping can read as they are."""
    nested: Sequence[str] = ()
    """Folders that are workspaces of their own."""

    @property
    def checked(self) -> bool:
        """Whether there is anything to check."""
        return bool(self.definitions or self.foreign or self.nested)


@click.command("init", epilog=EPILOG)
@click.argument("folder", default=".", type=click.Path())
@click.option(
    "--example/--no-example",
    default=None,
    help="Write a first model of five small files (default: if there is no model and no table).",
)
@click.option("--pre-commit", "pre_commit", is_flag=True, help="Write a hook for pre-commit.")
@click.option("--ci", type=click.Choice([*JOBS]), help="Write a job for this CI service.")
@click.option(
    "--install",
    metavar="REQUIREMENT",
    help=f"With --ci: what pip installs there, such as {_WHAT_PIP_TAKES}",
)
@click.option(
    "--vscode", is_flag=True, help="Write the schema of definitions and settings for VS Code."
)
@click.option("--dry-run", is_flag=True, help="List what would be written without writing it.")
@click.pass_obj
def command(
    session: Session,
    /,
    folder: str,
    example: bool | None,
    pre_commit: bool,
    ci: str | None,
    install: str | None,
    vscode: bool,
    dry_run: bool,
) -> None:
    """Set up a workspace: configuration, first model, checks on commit and in CI.

    Existing definitions in FOLDER (default: the current one) are kept, and files of other tools
    become sources. Nothing is overwritten.
    """
    root = os.path.realpath(folder)
    if os.path.exists(root) and not os.path.isdir(root):
        raise UsageError(
            f"{folder} is a file, not a folder", hint="name the folder to set up as a workspace"
        )
    around = configured(root) if os.path.isdir(root) else None
    if around not in (None, root):
        raise UsageError(
            f"{folder} is already in the workspace {around}",
            hint=f"run bizalign-lint check; a {CONFIG_NAME} makes the folder a separate workspace",
        )
    session.root = root
    there = existing_files(root)
    if _asks(pre_commit, ci, vscode):
        pre_commit = click.confirm("Write a hook for pre-commit?", default=False)
        ci = _asked_ci()
        vscode = click.confirm("Write settings for VS Code?", default=False)
    if ci and not install:
        if not sys.stdin.isatty():
            raise UsageError(
                "--ci needs --install: what pip is to install there",
                hint=f"for example --install {_WHAT_PIP_TAKES}",
            )
        install = click.prompt(f"What should pip install, such as {_WHAT_PIP_TAKES}")
    if example is None:
        example = not (there.checked or there.tables)
    files = {CONFIG_NAME: configuration(there.foreign)}
    if example:
        files |= first_model()
    if pre_commit:
        files[HOOKS] = hook()
    if ci and install:
        files[JOBS[ci]] = job(ci, install)
    _print_existing(there, root)
    _write(files, root, dry_run)
    if vscode:
        _name_schema(root, dry_run)
    if not dry_run:
        place = "" if root == os.path.realpath(os.getcwd()) else f" {folder}"
        first = _FIRST if there.tables and not (example or there.checked) else ""
        _print(f"next: {first}bizalign-lint check{place}")


def _asks(pre_commit: bool, ci: str | None, vscode: bool) -> bool:
    """Whether to ask: on a terminal, where no flag has answered already."""
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return on_terminal and not (pre_commit or ci or vscode)


def _asked_ci() -> str | None:
    none = "none"
    answer: str = click.prompt("A job in CI?", type=click.Choice([*JOBS, none]), default=none)
    return None if answer == none else answer


def existing_files(root: str) -> ExistingFiles:
    """What a folder holds already."""
    from bizalign_lint.core.globs import Globs
    from bizalign_lint.parsing.documents import parse
    from bizalign_lint.sources.disk import discover

    if not os.path.isdir(root):
        return ExistingFiles(0, ())
    found = discover(root, Globs(), Globs(), frozenset(), patterns())
    foreign, tables = propose(found.sources)
    if foreign:
        from bizalign_lint.cli.init_open import with_open_kinds

        foreign = with_open_kinds(foreign, found.sources)
    ours = (
        len(parse(source).documents) for source in found.sources if source.path.endswith(SUFFIXES)
    )
    return ExistingFiles(sum(ours), foreign, [*map(look, tables)], found.nested)


def _left_open(proposal: Proposal) -> str:
    """That names of some kinds are taken for what lives elsewhere."""
    if not proposal.open:
        return ""
    return f"; what it names of {' and '.join(proposal.open)} may be defined elsewhere"


def _print_existing(there: ExistingFiles, root: str) -> None:
    if there.definitions:
        are = "it is" if there.definitions == 1 else "they are"
        _print(f"found {counted(there.definitions, 'definition')}, kept as {are}")
    for proposal in there.foreign:
        files = first_of(proposal.read, _MOST_PATHS)
        _print(f"found {files}, read as {proposal.name}{_left_open(proposal)}")
    for folder in there.nested[:_MOST_NESTED]:
        place = quote(os.path.relpath(os.path.join(root, folder)))
        _print(f"found {folder}, a workspace of its own: bizalign-lint check {place}")
    if len(there.nested) > _MOST_NESTED:
        _print(f"… and {len(there.nested) - _MOST_NESTED:,} more workspaces")
    for line in told(there.tables):
        _print(line)


def _write(files: Mapping[str, str], root: str, dry_run: bool) -> None:
    """Write what is not there yet; all is looked at before anything is written."""
    targets = {output_target(os.path.join(root, path), root): text for path, text in files.items()}
    kept = {target for target in targets if content(target) is not None}
    for target, text in targets.items():
        shown = os.path.relpath(target.place, root)
        if target in kept:
            _print(f"kept {shown}, which already exists")
            if os.path.basename(shown) in (HOOKS, *map(os.path.basename, JOBS.values())):
                _print("  add to it:")
                _show(text.splitlines())
        elif dry_run:
            _print(f"would write {shown}")
        else:
            replace(target, None, [text.encode()])
            _print(f"wrote {shown}")


def _name_schema(root: str, dry_run: bool) -> None:
    from bizalign_lint.cli.schema import name_in_editor
    from bizalign_lint.workspace.config import load

    if dry_run:
        _print("would write the schema of definitions, and refer to it in the settings of VS Code")
    else:
        said, lines = name_in_editor(root, load(root))
        _print(said)
        _show(lines)


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        _print(f"    {line}")


def _print(line: str) -> None:
    sys.stdout.write(f"{clean(line)}\n")
