"""``bizalign-lint digest``."""

from __future__ import annotations

import sys
from typing import Any

import click

from bizalign_lint.cli.by_owner import digests_of, soon_option
from bizalign_lint.cli.options import config_options, format_option, owner_option
from bizalign_lint.cli.session import Session
from bizalign_lint.digest import FORMATS, renderer

EPILOG = """\b
Examples:
  bizalign-lint digest --owner "Claims IT"
  bizalign-lint digest --owner claims-it --for P6M
  bizalign-lint digest --format json > digests.json
"""


@click.command("digest", epilog=EPILOG)
@click.argument("path", required=False, type=click.Path())
@config_options
@owner_option
@soon_option
@format_option(FORMATS)
@click.pass_obj
def command(
    session: Session,
    /,
    path: str | None,
    owner: str | None,
    length: str,
    format_: str,
    **options: Any,
) -> None:
    """Write a digest for each owner: findings, coming findings, missing facts and levels.

    Without --owner, there is a section for everybody who is responsible for anything, and one for
    what nobody is responsible for. Findings in the baseline are left out, as in check, but they
    count for the levels. PATH chooses whose findings are reported, as in check.
    """
    made = digests_of(session, path, owner, length, **options)
    for piece in renderer(format_)(made.digests, made.view):
        sys.stdout.write(piece)
