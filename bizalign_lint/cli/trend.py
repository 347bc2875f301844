"""``bizalign-lint trend``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.cache import cached, keep
from bizalign_lint.cli.changes import print_note
from bizalign_lint.cli.options import (
    check_names,
    color_option,
    effective,
    format_option,
    undated_options,
)
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.today import today
from bizalign_lint.reporters.style import Style, wants_colors
from bizalign_lint.reporters.view import View
from bizalign_lint.sources.roots import find_root
from bizalign_lint.trend import FORMATS, USUAL, renderer

if TYPE_CHECKING:
    from bizalign_lint.trend.figures import Figures

_KEPT = 20_000
"""The most trees whose figures are kept."""

EPILOG = """\b
Examples:
  bizalign-lint trend
  bizalign-lint trend --every month --last 36 --format csv > alignment.csv
  bizalign-lint trend --tags
  bizalign-lint trend --every quarter --measure error --measure fix-the-basics
"""


@click.command("trend", epilog=EPILOG)
@click.argument("revision", default="HEAD")
@click.option(
    "--every",
    "period",
    type=click.Choice(["week", "month", "quarter", "year"]),
    help="Only the last commit of each period (default: every commit).",
)
@click.option("--tags", is_flag=True, help="Only commits with a tag.")
@click.option(
    "--last",
    type=click.IntRange(1, 10_000),
    metavar="NUMBER",
    help=f"Number of revisions (default: {USUAL}, unless a period or tags are given).",
)
@click.option(
    "--measure",
    "wanted",
    multiple=True,
    metavar="NAME",
    help="Show only this measure of coverage, guideline or severity, or findings for all of them, "
    "and which commit moved it; can be given several times.",
)
@format_option(FORMATS)
@color_option
@undated_options
@click.option("--as-of", hidden=True)
@click.pass_obj
def command(
    session: Session,
    /,
    revision: str,
    period: str | None,
    tags: bool,
    last: int | None,
    wanted: tuple[str, ...],
    format_: str,
    color: str,
    as_of: str | None,
    **options: Any,
) -> None:
    """Show how alignment has developed over the revisions in git, and what moved it.

    REVISION is the branch, tag or commit that it leads up to (default: HEAD).
    Each revision is measured as of the day of its commit, by the rules, schemas and configuration
    of the work tree. Nothing is checked out. The results are kept in the user's cache folder, which
    is safe to delete.
    """
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.sources.revision import SHALLOW
    from bizalign_lint.trend.basis import Basis
    from bizalign_lint.trend.follow import COMMIT, TAG, commits, follow, titles
    from bizalign_lint.workspace.open import make_settings

    session.color = color
    if as_of is not None:
        raise UsageError(
            "trend has no --as-of: each revision is judged as of the day of its commit",
            hint="leave it out",
        )
    if tags and period is not None:
        raise UsageError("--tags and --every cannot be combined", hint="leave out one of them")
    root = find_root(())
    session.root = root.path
    config = effective(root.path, **options)
    settings = make_settings(root, config, today(), thresholds={})
    step = TAG if tags else period or COMMIT
    chosen = commits(root.path, revision, step, last)
    loaded = load_for(settings)
    check_names(config, loaded)
    basis = Basis(root.path, config, settings, loaded)
    name = f"trend-{basis.digest()}.json"
    known = _remembered(name)
    before = len(known)
    measures = tuple(dict.fromkeys(wanted)) or tuple(titles(loaded))
    trend = follow(basis, chosen, measures, bool(wanted), known)
    if len(known) > before:
        _remember(name, known)
    style = Style(wants_colors(color, sys.stdout.isatty(), os.environ))
    for piece in renderer(format_)(trend, View(root=root.path, here=os.getcwd(), style=style)):
        sys.stdout.write(piece)
    if trend.is_shallow:
        print_note(f"note: older revisions are missing: {SHALLOW}")


def _remembered(name: str) -> dict[tuple[str, str], Figures]:
    from bizalign_lint.trend.figures import read

    known = {}
    for key, value in cached(name).items():
        tree, _, day = key.partition(" ")
        found = read(value)
        if found is not None:
            known[tree, day] = found
    return known


def _remember(name: str, known: dict[tuple[str, str], Figures]) -> None:
    from bizalign_lint.trend.figures import kept

    newest = [*known.items()][-_KEPT:]
    keep(name, {f"{tree} {day}": kept(found) for (tree, day), found in newest})
