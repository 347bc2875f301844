"""``bizalign-lint forecast``."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.model import LoadedModel, load_model
from bizalign_lint.cli.options import (
    color_option,
    config_options,
    day,
    format_option,
    owner_option,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.core.durations import is_duration, shift
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint
from bizalign_lint.forecast import FORMATS, renderer
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.forecast.outlook import Outlook
    from bizalign_lint.graph.nodes import Graph

_USUAL = "P3Y"
_MOST = "P30Y"

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
    help=f"How far to look ahead, such as P18M (default: {_USUAL}).",
)


@click.command("forecast", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path())
@config_options
@click.option("--until", callback=day, metavar="DATE", help="The last day to look at.")
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
    the path to their date. Lapses (a review that nobody will have made) are counted
    by rule and month. What is found today already is left out: that is what check reports.
    """
    session.color = color
    read = load_model(session, find_root(paths), "look ahead at", **options)
    last = last_day(read.settings.as_of, until, length)
    wanted = None if owner is None else _owner(owner, read.graph)
    outlook = look_ahead(read, last)
    if wanted is not None:
        outlook = _owned(outlook, wanted)
    for piece in renderer(format_)(outlook, read.view):
        sys.stdout.write(piece)


def look_ahead(read: LoadedModel, last: date) -> Outlook:
    """What is coming until a day."""
    from bizalign_lint.forecast.outlook import forecast

    found = read.workspace.found
    return forecast(read.loaded, read.model, found.sources, read.settings, last, found.flaws)


def last_day(first: date, until: date | None, length: str | None, option: str = "--for") -> date:
    """The last day to look at; ``option`` is what gives the length.

    Raises UsageError for a day that there is no looking ahead to.
    """
    if until is not None and length is not None:
        raise UsageError("--until and --for cannot be combined", hint="leave out one of them")
    if length is not None and not is_duration(length):
        raise UsageError(
            f"{option} {length}: not a duration",
            hint="use an ISO 8601 duration such as P3Y, P18M or P90D",
        )
    most = shift(first.isoformat(), _MOST)
    last = until.isoformat() if until else shift(first.isoformat(), length or _USUAL)
    if last is None or most is None or last > most:
        raise UsageError(f"too far ahead: the limit is 30 years from {first}")
    if last <= first.isoformat():
        said = f"--until {until}" if until else f"{option} {length}"
        raise UsageError(
            f"{said}: the last day must be after {first}",
            hint="give a later day, or an earlier start with --as-of",
        )
    return date.fromisoformat(last)


def _owner(name: str, graph: Graph) -> str:
    """The reference of whom people call that. Raises UsageError where nobody is."""
    from bizalign_lint.rules.gaps import answering

    nodes = (node for nodes in graph.kinds.values() for node in nodes)
    owners = {owner for node in nodes if (owner := answering(node)) is not None}
    known = {
        called.casefold(): owner.reference
        for owner in sorted(owners, key=lambda one: one.reference)
        for called in (owner.name, owner.reference, owner.title)
    }
    if name.casefold() not in known:
        raise UsageError(
            f"{name} is responsible for nothing in the model", hint=hint(name.casefold(), known)
        )
    return known[name.casefold()]


def _owned(outlook: Outlook, owner: str) -> Outlook:
    kept = tuple(event for event in outlook.events if event.answering == owner)
    return outlook._replace(events=kept)
