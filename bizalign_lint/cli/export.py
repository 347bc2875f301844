"""``bizalign-lint export``."""

from __future__ import annotations

import sys
from typing import Any

import click

from bizalign_lint.cli import codeowners, export_model, export_tools
from bizalign_lint.cli.export_shared import tell_errors
from bizalign_lint.cli.group import HelpfulGroup
from bizalign_lint.cli.options import check_names, effective, setup_options
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import write_output
from bizalign_lint.core.today import today
from bizalign_lint.sources.roots import find_root

EPILOG = """\b
Examples:
  bizalign-lint export shacl --shapes shapes.ttl --data model.ttl
  pyshacl --shacl shapes.ttl model.ttl
"""


@click.group("export", cls=HelpfulGroup)
def command() -> None:
    """Export the model and its rules for other tools."""


for _one in (codeowners.command, *export_model.COMMANDS, *export_tools.COMMANDS):
    command.add_command(_one)


@command.command("shacl", epilog=EPILOG)
@click.argument("path", required=False, type=click.Path())
@click.option("--shapes", metavar="FILE", type=click.Path(), help="File to write the rules to.")
@click.option("--data", metavar="FILE", type=click.Path(), help="File to write the model to.")
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@setup_options
@click.pass_obj
def shacl(
    session: Session,
    /,
    path: str | None,
    shapes: str | None,
    data: str | None,
    **options: Any,
) -> None:
    """Write the rules as SHACL Core shapes and the model as RDF, both in Turtle.

    A SHACL validator then gives the same findings, as far as SHACL Core can express the rules;
    comments in the shapes list the other rules, and why. Without --shapes and --data, both files
    are printed. PATH is in the workspace (default: the current folder).
    """
    from bizalign_lint.engine.judge import is_selected
    from bizalign_lint.engine.load import load_for
    from bizalign_lint.engine.model import read_model
    from bizalign_lint.exporters.documents import data_document, shapes_document
    from bizalign_lint.exporters.rdf import Exporter
    from bizalign_lint.exporters.shacl import export
    from bizalign_lint.workspace.open import open_workspace

    root = find_root((path,) if path else ())
    session.root = root.path
    config = effective(root.path, **options)
    workspace = open_workspace(root, config, today())
    settings = workspace.settings
    loaded = load_for(settings)
    check_names(config, loaded)
    as_of = settings.as_of.isoformat()
    rules = [rule for rule in loaded.rules.rules.values() if is_selected(rule, settings)]
    severities = {rule.id: settings.severity(rule.id, rule.severity) for rule in rules}
    expressed = export(rules, loaded.ontology, as_of, settings.params, severities)
    model = read_model(loaded, workspace.found.sources)
    exporter = Exporter(
        model.graph, loaded.ontology, as_of, expressed.shortcuts, languages=settings.languages
    )
    neither = shapes is None and data is None
    for file, pieces in (
        (shapes, shapes_document(expressed, as_of)),
        (data, data_document(exporter)),
    ):
        if file is not None:
            write_output(file, pieces, root.path)
        elif neither:
            sys.stdout.writelines(pieces)
    left_out = len(expressed.left_out)
    note = f"{len(rules) - left_out} of {len(rules)} rules are expressed as shapes"
    if left_out:
        note += f"; {left_out} are left out, see the comments in the shapes"
    sys.stderr.write(f"note: {note}\n")
    tell_errors(model)
