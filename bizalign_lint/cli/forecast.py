"""``bizalign-lint forecast``."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.model import LoadedModel, load_model, tell_unreadable
from bizalign_lint.cli.options import (
    color_option,
    config_options,
    day,
    format_option,
    owner_option,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.forecast import FORMATS, renderer
from bizalign_lint.forecast.horizon import USUAL, last_day
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.forecast.outlook import Outlook

EPILOG = """\b
Examples:
  bizalign-lint forecast
  bizalign-lint forecast --until 2029-12-31
  bizalign-lint forecast --for P18M --owner "Claims IT" --format ics > claims-it.ics
  bizalign-lint forecast --select BAS --format markdown
"""


length_option = click.option(
    "--for",
    "length",
    metavar="DURATION",
    help=f"How far to look ahead, such as P18M (default: {USUAL}).",
)


@click.command("forecast", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path())
@config_options
@click.option(
    "--until", callback=day, metavar="DATE", help="Last day of the forecast, in place of --for."
)
@length_option
@format_option(FORMATS)
@owner_option
@color_option
@click.pass_obj
def command(
    session: Session,
    /,
    paths: tuple[str, ...],
    until: date | None,
    length: str | None,
    format_: str,
    owner: str | None,
    color: str,
    **options: Any,
) -> None:
    """Show which findings will appear, and when, if nothing is done.

    Facts (support that ends, an application that goes out of use) are reported one by one, with
    the chain of definitions that leads to their date. Lapses (a review that will be overdue if
    nobody makes it) are counted by rule and month. Present findings are left out: check reports
    those. PATHS choose whose findings are reported, as in check.
    """
    from bizalign_lint.forecast.owners import find_owner, owned

    session.color = color
    read = load_model(session, find_root(paths), "forecast", **options)
    tell_unreadable(read)
    last = last_day(read.settings.as_of, until, length)
    reference = None if owner is None else find_owner(owner, read.graph)
    outlook = look_ahead(read, last)
    if reference is not None:
        outlook = owned(outlook, reference)
    for piece in renderer(format_)(outlook, read.view):
        sys.stdout.write(piece)


def look_ahead(read: LoadedModel, last: date) -> Outlook:
    """The forecast for a model up to a last day."""
    from bizalign_lint.forecast.outlook import forecast

    found = read.workspace.found
    return forecast(read.loaded, read.model, found.sources, read.settings, last, found.flaws)
