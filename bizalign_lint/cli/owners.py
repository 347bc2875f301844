"""``bizalign-lint owners``."""

from __future__ import annotations

import sys
from typing import Any

import click

from bizalign_lint.cli.by_owner import digests_of, soon_option
from bizalign_lint.cli.options import color_option, config_options, format_option
from bizalign_lint.cli.session import Session
from bizalign_lint.digest import TABLES

EPILOG = """\b
Examples:
  bizalign-lint owners
  bizalign-lint owners --format markdown >> "$GITHUB_STEP_SUMMARY"
  bizalign-lint owners --format csv > owners.csv
"""


@click.command("owners", epilog=EPILOG)
@click.argument("path", required=False, type=click.Path())
@config_options
@soon_option
@format_option(TABLES)
@color_option
@click.pass_obj
def command(
    session: Session,
    /,
    path: str | None,
    length: str,
    format_: str,
    color: str,
    **options: Any,
) -> None:
    """Compare owners: findings, missing facts, and the level each has reached.

    A level is a profile: starter, standard or strict. An owner has reached it if none of its rules
    about the owner's definitions has a finding or waits for a fact, and all levels before it are
    reached. PATH chooses whose findings are reported, as in check.
    """
    from bizalign_lint.digest.table import render

    session.color = color
    made = digests_of(session, path, None, length, **options)
    for piece in render(format_, made.digests, made.view):
        sys.stdout.write(piece)
