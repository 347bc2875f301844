"""``bizalign-lint whatif``."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.forecast import length_option
from bizalign_lint.cli.model import LoadedModel, load_model, tell_unreadable
from bizalign_lint.cli.options import color_option, config_options, day, format_option
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import UsageError, reason
from bizalign_lint.core.types import Source
from bizalign_lint.core.words import counted
from bizalign_lint.forecast.horizon import last_day
from bizalign_lint.sources.read import read_setup
from bizalign_lint.sources.roots import find_root
from bizalign_lint.whatif import FORMATS, renderer

if TYPE_CHECKING:
    from bizalign_lint.whatif.outcome import Outcome

EPILOG = """\b
Examples:
  bizalign-lint whatif retire Application:erp --on 2027-06-30
  bizalign-lint whatif replace ITComponent:rhel-8 --with ITComponent:rhel-9
  bizalign-lint whatif move Capability:claims --to Capability:service
  bizalign-lint whatif delay Initiative:new-core --by P6M --format markdown
  bizalign-lint whatif cut CostPool:cloud --by 20%
  bizalign-lint whatif --with patch.yaml --write
"""


@click.command("whatif", epilog=EPILOG)
@click.argument("action", required=False, metavar="[retire|replace|move|delay|cut]")
@click.argument("definition", required=False)
@click.option("--on", callback=day, metavar="DATE", help="The day on which the definition ends.")
@click.option(
    "--with",
    "with_",
    metavar="DEFINITION|FILE",
    help="The replacement; without an action, a file of definitions to merge into the model.",
)
@click.option("--to", metavar="DEFINITION", help="The definition to move it to.")
@click.option("--relation", metavar="NAME", help="The property to change, if several are possible.")
@click.option("--by", metavar="P6M|20%", help="How long to delay it, or how much to cut.")
@click.option(
    "--until", callback=day, metavar="DATE", help="Last day of the forecast, in place of --for."
)
@length_option
@click.option("--write", is_flag=True, help="Write the changes to the files.")
@format_option(FORMATS)
@color_option
@config_options
@click.pass_obj
def command(
    session: Session,
    /,
    action: str | None,
    definition: str | None,
    until: date | None,
    length: str | None,
    write: bool,
    format_: str,
    color: str,
    **options: Any,
) -> None:
    """Show what a change would do, before anyone makes it.

    It shows findings gained and lost, now and in the future; definitions that lose support; money
    that is freed or stranded; and coverage before and after. Nothing is written without --write.

    DEFINITION is Kind:name, or a unique name. The schema of a kind defines what an action changes.
    For any other change, write a file of definitions (--with): they are merged into those of the
    same name, and null removes a property.
    """
    from bizalign_lint.whatif.outcome import weigh
    from bizalign_lint.whatif.plans import Subject, check_options, plan, plan_of_patch

    session.color = color
    how = {key: options.pop(name) for key, name in _OPTIONS.items()}
    check_options(action, definition, how)
    patch = None
    if action is None:
        patch = _patch(str(how["with"]))
    asked = load_model(session, find_root(()), "change", leave_out=_leaving_out(patch), **options)
    tell_unreadable(asked)
    settings = asked.settings
    last = last_day(settings.as_of, until, length)
    sources = asked.workspace.found.sources
    subject = Subject(asked.graph, asked.loaded.ontology, asked.walker(), settings.as_of)
    if patch is None:
        wanted = plan(str(action), str(definition), how, subject)
    else:
        wanted = plan_of_patch(patch, subject, {source.path for source in sources})
    if wanted.day is not None and wanted.day > last:
        raise UsageError(
            f"--on {wanted.day} is after the last day of the forecast, {last}",
            hint="set a later --until or a longer --for",
        )
    outcome = weigh(
        asked.loaded,
        asked.model,
        sources,
        settings._replace(only=None),
        wanted,
        last,
    )
    if write and outcome.unwritable:
        raise UsageError(
            f"nothing is written: {outcome.unwritable} cannot be edited safely in the form it is "
            "written",
            hint="write it without anchors, aliases and merge keys, or make the change by hand",
        )
    for piece in renderer(format_)(outcome, asked.view):
        sys.stdout.write(piece)
    if write:
        _write(outcome, asked, patch)


_OPTIONS = {"on": "on", "with": "with_", "to": "to", "relation": "relation", "by": "by"}


def _patch(path: str) -> Source:
    try:
        full = os.path.abspath(path)
        return Source(path, read_setup(full, os.path.dirname(full)))
    except OSError as error:
        hint = "" if os.path.splitext(path)[1] else "to replace X by Y: whatif replace X --with Y"
        raise UsageError(f"cannot read {path}: {reason(error)}", hint=hint) from None


def _leaving_out(patch: Source | None) -> str:
    return "" if patch is None else os.path.realpath(patch.path)


def _write(outcome: Outcome, asked: LoadedModel, patch: Source | None) -> None:
    from bizalign_lint.cli.changes import print_note, write_changes
    from bizalign_lint.cli.writing import model_target, replace
    from bizalign_lint.sources.repository import why_git_cannot_be_asked

    root = asked.view.root
    if asked.workspace.found.unasked:
        raise UsageError(
            f"nothing is written: {why_git_cannot_be_asked(root)}, so it is not known which files "
            "are ignored"
        )
    old = [pair for pair in outcome.changed if pair[0].content]
    new = [pair for pair in outcome.changed if not pair[0].content]
    write_changes(root, old)
    for _, source in new:
        replace(model_target(source.path, root), None, [source.content])
    print_note(f"note: {counted(len(outcome.changed), 'file')} written")
    if patch is not None and os.path.realpath(patch.path).startswith(os.path.join(root, "")):
        print_note(
            f"note: {patch.path} is in the workspace: delete it, or check will read its "
            "definitions, too"
        )
