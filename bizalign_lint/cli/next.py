"""``bizalign-lint next``."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import click

from bizalign_lint.cli.model import check_kind, load_model
from bizalign_lint.cli.options import (
    color_option,
    config_options,
    format_option,
    kind_option,
    owner_option,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.reporters.worklist import FORMATS, Worklist, renderer
from bizalign_lint.sources.roots import find_root

EPILOG = """\b
Examples:
  bizalign-lint next
  bizalign-lint next --owner "Claims IT"
  bizalign-lint next --kind Application --format csv > worklist.csv
  bizalign-lint next --select BAS --format markdown
"""


@click.command("next", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path())
@config_options
@format_option(FORMATS)
@owner_option
@kind_option
@color_option
@click.pass_obj
def command(
    session: Session,
    /,
    paths: tuple[str, ...],
    format_: str,
    owner: str | None,
    kind: str | None,
    color: str,
    **options: Any,
) -> None:
    """List the missing facts that rules need, the most useful first.

    A rule cannot judge without the facts that it needs (such as the end of support of a component).
    Each fact is listed with the definitions that lack it, by owner: those that most verdicts wait
    for first, then those nearest to the business. PATHS choose whose facts are listed.
    """
    from bizalign_lint.engine.judge import judge
    from bizalign_lint.questions.facts import located, narrowed, owned

    session.color = color
    read = load_model(session, find_root(paths), "judge", **options)
    if kind is not None:
        check_kind(kind, read)
    sources = read.workspace.found.sources
    found = judge(read.loaded, read.model, sources, read.settings).judged.gaps
    if kind is not None:
        found = tuple(gap for gap in found if gap.kind == kind)
    if owner is not None:
        found = owned(found, owner)
    if read.root.only is not None:
        found = narrowed(found, lambda one: read.settings.reports(one.path))
    for piece in renderer(format_)(Worklist(found, partial(located, read.graph)), read.view):
        sys.stdout.write(piece)
