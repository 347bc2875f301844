"""``bizalign-lint impact``."""

from __future__ import annotations

import sys
from typing import Any

import click

from bizalign_lint.cli.model import ask, check_kind, find_definition, model_options
from bizalign_lint.cli.options import kind_option
from bizalign_lint.cli.session import Session

EPILOG = """\b
Examples:
  bizalign-lint impact Application:erp
  bizalign-lint impact Application:erp --within 2 --kind Capability
  bizalign-lint impact Provider:hosting --format json
"""


@click.command("impact", epilog=EPILOG)
@click.argument("definition")
@click.option(
    "--within",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Only definitions at most this many relations away.",
)
@kind_option
@model_options
@click.pass_obj
def command(
    session: Session,
    /,
    definition: str,
    within: int | None,
    kind: str | None,
    format_: str,
    color: str,
    **options: Any,
) -> None:
    """Show what depends on a definition.

    The dependents are listed by the number of relations in between, each with the path to it.

    DEFINITION is Kind:name, or a unique name. A definition depends on what it refers to, and on
    what supports it (a capability depends on the applications that support it).
    """
    from bizalign_lint.questions.reach import impact
    from bizalign_lint.questions.render import impact_json, impact_text
    from bizalign_lint.questions.table import impact_csv

    model = ask(session, color, **options)
    start = find_definition(definition, model)
    if kind is not None:
        check_kind(kind, model)
    found = [
        reached
        for reached in impact(start)
        if (within is None or reached.distance <= within) and kind in (None, reached.node.type.name)
    ]
    match format_:
        case "text":
            pieces = impact_text(start, found, model.view)
        case "csv":
            pieces = impact_csv(found)
        case _:
            pieces = impact_json(start, found)
    sys.stdout.writelines(pieces)
