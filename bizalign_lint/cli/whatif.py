"""``bizalign-lint whatif``."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.forecast import last_day, length_option
from bizalign_lint.cli.model import LoadedModel, find_definition, load_model
from bizalign_lint.cli.options import color_option, config_options, day, format_option
from bizalign_lint.cli.session import Session
from bizalign_lint.core.durations import in_words, is_duration
from bizalign_lint.core.errors import UsageError, reason
from bizalign_lint.core.suggest import hint as suggest
from bizalign_lint.core.suggest import listed
from bizalign_lint.core.types import Source
from bizalign_lint.reporters.view import counted
from bizalign_lint.sources.read import read_setup
from bizalign_lint.sources.roots import find_root
from bizalign_lint.whatif import FORMATS, renderer

if TYPE_CHECKING:
    from bizalign_lint.whatif.outcome import Outcome, Plan
    from bizalign_lint.whatif.scenarios import Scenarios

ACTIONS = {
    "retire": ("on",),
    "replace": ("with", "on"),
    "move": ("to", "relation"),
    "delay": ("by",),
    "cut": ("by",),
}
"""What can be done to a definition, with the options that say how; the first has to be there,
but for retire."""

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
@click.option("--on", callback=day, metavar="DATE", help="The day on which it ends.")
@click.option(
    "--with",
    "with_",
    metavar="DEFINITION|FILE",
    help="The replacement; without an action, a file of definitions to merge into the model.",
)
@click.option("--to", metavar="DEFINITION", help="Where it is moved to.")
@click.option("--relation", metavar="NAME", help="The property to change, if several are possible.")
@click.option("--by", metavar="P6M|20%", help="How long it is delayed, or how much of it is cut.")
@click.option("--until", callback=day, metavar="DATE", help="The last day to look at.")
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

    Findings gained and lost, now and in the future; what loses its support; money that is
    freed or stranded; coverage before and after. Nothing is written without --write.

    DEFINITION is Kind:name, or a unique name. What an action changes is defined in the schema of
    the kind; any other change is a file of definitions (--with) that is
    merged into those of the same name; null removes a property.
    """
    from bizalign_lint.whatif.outcome import weigh

    session.color = color
    how = {key: options.pop(name) for key, name in _OPTIONS.items()}
    _check_options(action, definition, how)
    patch = None
    if action is None:
        patch = _patch(str(how["with"]))
    asked = load_model(session, find_root(()), "change", leave_out=_leaving_out(patch), **options)
    settings = asked.settings
    last = last_day(settings.as_of, until, length)
    plan = _plan(action, definition, how, asked) if patch is None else _of_patch(patch, asked)
    if plan.day is not None and plan.day > last:
        raise UsageError(
            f"--on {plan.day} is beyond the last day that is looked at, {last}",
            hint="look further ahead: --until or --for",
        )
    outcome = weigh(
        asked.loaded,
        asked.model,
        asked.workspace.found.sources,
        settings._replace(only=None),
        plan,
        last,
    )
    if write and outcome.unwritable:
        raise UsageError(
            f"nothing is written: {outcome.unwritable} cannot be edited safely in the form it is "
            "written",
            hint="write it without anchors, aliases and merge keys, or make the change yourself",
        )
    for piece in renderer(format_)(outcome, asked.view):
        sys.stdout.write(piece)
    if write:
        _write(outcome, asked, patch)


_OPTIONS = {"on": "on", "with": "with_", "to": "to", "relation": "relation", "by": "by"}


def _check_options(action: str | None, definition: str | None, how: dict[str, Any]) -> None:
    given = [name for name, value in how.items() if value is not None]
    if action is None:
        if given != ["with"]:
            raise UsageError(
                "what if what?", hint=f"name {', '.join(ACTIONS)}, or a file: --with patch.yaml"
            )
        return
    if action not in ACTIONS:
        hint = suggest(action, ACTIONS, listed(ACTIONS))
        raise UsageError(f"whatif {action}: there is no such change", hint=hint)
    if definition is None:
        raise UsageError(f"whatif {action} what?", hint=f"for example whatif {action} Kind:name")
    for name in given:
        if name not in ACTIONS[action]:
            raise UsageError(f"--{name} does not go with whatif {action}")
    first = ACTIONS[action][0]
    if first not in given and action != "retire":
        raise UsageError(f"whatif {action} needs --{first}", hint="see bizalign-lint whatif --help")


def _plan(
    action: str | None, definition: str | None, how: dict[str, Any], asked: LoadedModel
) -> Plan:
    from bizalign_lint.whatif.scenarios import Scenarios, effective

    scenarios = Scenarios(asked.loaded.ontology, asked.walker(), asked.settings.as_of)
    node = find_definition(str(definition), asked)
    if node.document is None or node.type.name not in asked.loaded.ontology.kinds:
        raise UsageError(
            f"{node.reference} is part of another definition",
            hint="say the change in a file: --with patch.yaml",
        )
    plan = _DOERS[str(action)](scenarios, node, how, asked)
    made = effective(plan.alterations)
    if not made:
        raise UsageError(f"{plan.title}: the model says that already")
    return plan._replace(alterations=made)


def _retire(scenarios: Scenarios, node: Any, how: dict[str, Any], asked: LoadedModel) -> Plan:
    from bizalign_lint.whatif.outcome import Plan

    on = _future(how["on"], asked) or asked.settings.as_of
    title = f"{node.type.name} {node.title} is retired on {on}"
    return Plan(title, scenarios.retire(node, on), [node], day=on)


def _replace(scenarios: Scenarios, node: Any, how: dict[str, Any], asked: LoadedModel) -> Plan:
    from bizalign_lint.whatif.outcome import Plan

    on = _future(how["on"], asked)
    other = find_definition(how["with"], asked)
    title = f"{other.type.name} {other.title} takes the place of {node.title}"
    title += f", which ends on {on}" if on else ""
    return Plan(title, scenarios.replace(node, other, on), [node, other], day=on)


def _move(scenarios: Scenarios, node: Any, how: dict[str, Any], asked: LoadedModel) -> Plan:
    from bizalign_lint.whatif.outcome import Plan

    to = find_definition(how["to"], asked)
    title = f"{node.type.name} {node.title} is moved to {to.type.name} {to.title}"
    return Plan(title, scenarios.move(node, to, how["relation"]), [node])


def _delay(scenarios: Scenarios, node: Any, how: dict[str, Any], _: LoadedModel) -> Plan:
    from bizalign_lint.whatif.outcome import Plan

    if not is_duration(how["by"]):
        raise UsageError(f"--by {how['by']}: no duration", hint="P6M, P1Y and P35D are (ISO 8601)")
    title = f"{node.type.name} {node.title} is delayed by {in_words(how['by'])}"
    return Plan(title, scenarios.delay(node, how["by"]), [node])


def _cut(scenarios: Scenarios, node: Any, how: dict[str, Any], _: LoadedModel) -> Plan:
    from bizalign_lint.whatif.outcome import Plan

    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%", how["by"])
    if found is None or not 0 < Decimal(found[1]) <= 100:
        raise UsageError(f"--by {how['by']}: no share", hint="give a percentage such as 20%")
    title = f"the money of {node.type.name} {node.title} is cut by {found[1]} %"
    return Plan(title, scenarios.cut(node, Decimal(found[1])), [node])


_DOERS = {
    "retire": _retire,
    "replace": _replace,
    "move": _move,
    "delay": _delay,
    "cut": _cut,
}


def _future(on: date | None, asked: LoadedModel) -> date | None:
    today = asked.settings.as_of
    if on is not None and on < today:
        raise UsageError(
            f"--on {on} is in the past",
            hint=f"name {today} or a later day, or look at it from an earlier one: --as-of",
        )
    return on


def _patch(path: str) -> Source:
    try:
        full = os.path.abspath(path)
        return Source(path, read_setup(full, os.path.dirname(full)))
    except OSError as error:
        hint = "" if os.path.splitext(path)[1] else "to replace: whatif replace X --with Y"
        raise UsageError(f"cannot read {path}: {reason(error)}", hint=hint) from None


def _leaving_out(patch: Source | None) -> str:
    return "" if patch is None else os.path.realpath(patch.path)


def _of_patch(patch: Source, asked: LoadedModel) -> Plan:
    from bizalign_lint.whatif.outcome import Plan
    from bizalign_lint.whatif.patch import new_file, read_patch

    patched = read_patch(patch, asked.graph, asked.loaded.ontology)
    taken = {source.path for source in asked.workspace.found.sources}
    added = new_file(patch, patched.added, taken)
    return Plan(f"{patch.path} is applied", patched.alterations, patched.touched, added)


def _write(outcome: Outcome, asked: LoadedModel, patch: Source | None) -> None:
    from bizalign_lint.cli.changes import print_note, write_changes
    from bizalign_lint.cli.writing import model_target, replace
    from bizalign_lint.sources.repository import no_repository

    root = asked.view.root
    if asked.workspace.found.unasked:
        raise UsageError(
            f"nothing is written: {no_repository(root, '').message}, so it is unknown which files "
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
            f"note: {patch.path} lies in the workspace: delete it, or check reads its definitions "
            "a second time"
        )
