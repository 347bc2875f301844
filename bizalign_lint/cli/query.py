"""``bizalign-lint query``."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import click

from bizalign_lint.cli.model import ask, check_kind
from bizalign_lint.cli.options import color_option, dated_options, format_option
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import RuleError, UsageError

FORMATS = ("table", "csv", "json")

EPILOG = """\b
Examples:
  bizalign-lint query Capability --where '{path: supportedBy, maxCount: 0}'
  bizalign-lint query Application --where '{path: phase, hasValue: active}' \\
    --select title,owner/title,supports/title --format csv
"""


@click.command("query", epilog=EPILOG)
@click.argument("kind")
@click.option(
    "--where", metavar="SHAPE", help="A shape, written as in a rule; all definitions if left out."
)
@click.option(
    "--select",
    "paths",
    default="name,title",
    metavar="PATHS",
    help="Values to show, as paths separated by commas (default: name,title).",
)
@format_option(FORMATS)
@color_option
@dated_options
@click.pass_obj
def command(
    session: Session,
    /,
    kind: str,
    where: str | None,
    paths: str,
    format_: str,
    color: str,
    as_of: date | None,
    **options: Any,
) -> None:
    """List the definitions of a kind that match a shape, with the values of paths.

    KIND is a kind such as Application. Shapes and paths are those of the rule language, and are
    checked as in a rule.
    """
    from bizalign_lint.engine.load import rule_forms
    from bizalign_lint.questions.query import query
    from bizalign_lint.questions.table import render

    if where is not None and not where.strip():
        raise UsageError("--where is empty", hint="leave it out to list all definitions")
    model = ask(session, color, as_of=as_of, **options)
    check_kind(kind, model)
    select = [path.strip() for path in paths.split(",") if path.strip()]
    if not select:
        raise UsageError("--select contains no path", hint="for example --select name,title")
    try:
        rows = query(kind, where or "", select, model.graph, model.walker(), rule_forms())
    except RuleError as error:
        raise UsageError(error.message, hint=error.hint) from None
    for piece in render(format_, select, rows, model.view):
        sys.stdout.write(piece)
