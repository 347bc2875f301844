"""``bizalign-lint export codeowners``."""

from __future__ import annotations

import sys
from typing import Any

import click

from bizalign_lint.cli.export_shared import (
    examples,
    path_argument,
    read_model,
    write_text,
)
from bizalign_lint.cli.options import config_file_option, output_option
from bizalign_lint.cli.session import Session
from bizalign_lint.core.words import counted
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.sources.bounds import work_tree

_MOST = 3_000_000
"""The bytes of a file that GitHub still reads."""


@click.command("codeowners", epilog=examples("codeowners", "codeowners -o .github/CODEOWNERS"))
@path_argument
@output_option("File", required=False)
@config_file_option
@click.pass_obj
def command(session: Session, /, path: str | None, output: str | None, **options: Any) -> None:
    """Write CODEOWNERS: each file with the handles of who is responsible for what it defines.

    A unit's handle is its name where pull requests are reviewed; a person without one is
    named by mail address. Paths are from the top of the git repository. PATH is in the
    workspace (default: the current folder).
    """
    from bizalign_lint.exporters.codeowners import codeowners, render

    read = read_model(session, path, output, **options)
    view = read.view._replace(repository=work_tree(read.root.path) or read.root.path)
    written = codeowners(read.graph, view.in_repository)
    write_text(output, render(written), read)
    for title, files in written.unnamed:
        told = f"{clean(title)} has no handle, but is responsible for {counted(files, 'file')}"
        sys.stderr.write(f"note: {told}\n")
    if sum(len(line.encode()) for line in written.lines) > _MOST:
        sys.stderr.write("note: over 3 MB; GitHub does not read a CODEOWNERS that large\n")
