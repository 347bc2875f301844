"""``bizalign-lint path``."""

from __future__ import annotations

import sys
from typing import Any

import click

from bizalign_lint.cli.model import ask, find_definition, model_options
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import UsageError

EPILOG = """\b
Examples:
  bizalign-lint path Strategy:growth ITComponent:windows-server-2019
  bizalign-lint path erp billing --most 1 --format json
"""


@click.command("path", epilog=EPILOG)
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option(
    "--most",
    type=click.IntRange(1, 100),
    default=5,
    metavar="NUMBER",
    help="Show at most this many paths (default: 5).",
)
@model_options
@click.pass_obj
def command(
    session: Session, /, start: str, end: str, most: int, format_: str, color: str, **options: Any
) -> int:
    """Show how two definitions are connected.

    Lists the shortest paths along relations, each with its steps as a path of the rule language.

    A and B are Kind:name, or a unique name. The exit code is 1 if they are not connected.
    """
    from bizalign_lint.questions.reach import shortest_paths
    from bizalign_lint.questions.render import paths_json, paths_text
    from bizalign_lint.questions.table import paths_csv

    model = ask(session, color, **options)
    one, other = (find_definition(text, model) for text in (start, end))
    if one is other:
        raise UsageError(
            f"{start} and {end} are the same definition", hint="name two different ones"
        )
    found = shortest_paths(one, other, most)
    match format_:
        case "text":
            pieces = paths_text(one, found, model.view)
        case "csv":
            pieces = paths_csv(found)
        case _:
            pieces = paths_json(one, other, found)
    sys.stdout.writelines(pieces)
    if not found:
        sys.stderr.write(f"note: {one.reference} and {other.reference} are not connected\n")
    return int(not found)
