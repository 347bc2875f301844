"""``bizalign-lint report``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.forecast import length_option, look_ahead
from bizalign_lint.cli.model import load_model
from bizalign_lint.cli.options import config_options, output_option
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import write_output
from bizalign_lint.core.errors import UsageError, reason
from bizalign_lint.forecast.horizon import last_day
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.read import read_setup
from bizalign_lint.sources.roots import Root, find_roots

if TYPE_CHECKING:
    from bizalign_lint.trend.form import TrendForm

EPILOG = """\b
Examples:
  bizalign-lint report -o alignment.html
  bizalign-lint report model/ -o alignment.html --name "Claims"
  bizalign-lint report -o alignment.html --trend trend.json
  bizalign-lint report -o public/index.html \\
    --links "https://github.com/acme/model/blob/main/{path}#L{line}"
"""


@click.command("report", epilog=EPILOG)
@click.argument("paths", metavar="[PATH]", nargs=-1, type=click.Path())
@output_option("File", required=False)
@click.option(
    "--name",
    default="",
    metavar="TEXT",
    help="Title of the page (default: that of the model, or its folder).",
)
@click.option(
    "--links",
    default="",
    metavar="URL",
    help="Address for links to files, with {path} and {line} in it.",
)
@click.option(
    "--trend",
    "history",
    metavar="FILE",
    type=click.Path(),
    help="Trend to draw, written by trend --format json.",
)
@length_option
@config_options
@click.pass_obj
def command(
    session: Session,
    /,
    paths: tuple[str, ...],
    output: str | None,
    name: str,
    links: str,
    history: str | None,
    length: str | None,
    **options: Any,
) -> None:
    """Write the results of check and forecast as one HTML page.

    The page is one HTML file that needs no network and no other file: the map of capabilities,
    the portfolio, the roadmap, the path from strategy to results, disruptions, money, decisions and
    the worklist. What is not known is shown as not known.
    PATH chooses whose findings are reported, as in check.
    """
    from bizalign_lint.report_page.page import PageInput, parts
    from bizalign_lint.report_page.places import Places
    from bizalign_lint.report_page.render import render

    _refuse(links)
    trend = None if history is None else _trend(history)
    read = load_model(
        session,
        _one_root(paths),
        "show",
        measured=lambda config: config.coverage or {},
        **options,
    )
    root, loaded, model, settings = read.root.path, read.loaded, read.model, read.settings
    outlook = look_ahead(read, last_day(settings.as_of, None, length))
    found = read.without_known(read.judged(settings))
    top = work_tree(root)
    below = os.path.relpath(root, top).replace(os.sep, "/") if top else "."
    places = Places("" if below == "." else f"{below}/", links)
    folder = os.path.basename(root)
    made = PageInput(
        loaded, model, settings, found, outlook, places, name=name, folder=folder, trend=trend
    )
    page = render(parts(made))
    if output is None:
        sys.stdout.writelines(page)
    else:
        write_output(output, page, root)


def _one_root(paths: tuple[str, ...]) -> Root:
    """The workspace to show. Raises UsageError if the paths belong to several."""
    roots = find_roots(paths)
    if len(roots) > 1:
        first, second = (os.path.relpath(root.path) for root in roots[:2])
        raise UsageError(
            f"a page shows one workspace, but {first} and {second} are two",
            hint=f"write one page for each: bizalign-lint report {first} -o FILE",
        )
    return roots[0]


def _trend(path: str) -> TrendForm:
    """The trend in a file that the user names. Raises UsageError."""
    from bizalign_lint.report_page.history import read_history

    try:
        content = read_setup(path, os.path.dirname(os.path.realpath(path)))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {reason(error)}") from None
    return read_history(content, path)


def _refuse(links: str) -> None:
    """Raise UsageError for an address that cannot be that of a file."""
    if not links:
        return
    if not links.startswith(("https://", "http://")) or "{path}" not in links:
        raise UsageError(
            f"--links {links}: give an address that contains {{path}}",
            hint="for example https://github.com/acme/model/blob/main/{path}#L{line}",
        )
