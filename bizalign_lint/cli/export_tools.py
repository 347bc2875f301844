"""``bizalign-lint export`` for other tools, whose formats cannot hold the whole model."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.export_shared import (
    examples,
    path_argument,
    read_model,
    write_bytes,
    write_text,
)
from bizalign_lint.cli.model import LoadedModel, find_definition
from bizalign_lint.cli.options import config_file_option, dated_options, output_option
from bizalign_lint.cli.session import Session
from bizalign_lint.core.errors import UsageError

if TYPE_CHECKING:
    from bizalign_lint.exporters.around import Part
    from bizalign_lint.exporters.entries import Backwards, Entry, Names
    from bizalign_lint.mapping.language import Rules

_mapping = click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(),
    help="Mapping of your own; it may extend the one of this export, which is the default.",
)


_around = click.option(
    "--around",
    required=True,
    metavar="DEFINITION",
    help="The definition in the middle: Kind:name, or a unique name.",
)
_steps = click.option(
    "--steps",
    type=click.IntRange(0, 20),
    default=1,
    metavar="NUMBER",
    help="Draw definitions at most this many relations away (default: 1).",
)


@click.command("archimate", epilog=examples("archimate -o model.xml"))
@path_argument
@output_option("File", required=False)
@_mapping
@click.option("--name", metavar="TEXT", help="Name of the model (default: that of the folder).")
@dated_options
@click.pass_obj
def archimate(
    session: Session,
    /,
    path: str | None,
    output: str | None,
    mapping: str | None,
    name: str | None,
    **options: Any,
) -> None:
    """Write the model in the exchange format of ArchiMate 3.1, with a map of capabilities.

    PATH is in the workspace (default: the current folder).
    """
    from bizalign_lint.exporters.archimate import Names, render

    read = read_model(session, path, output, **options)
    made, rules = _backwards(read, mapping, "archimate-export", "archimate", lambda _: Names())
    called = name or os.path.basename(read.root.path) or "model"
    write_text(output, [*render(made, called, rules.views)], read, made.left_out)


@click.command("backstage", epilog=examples("backstage -o catalog-info.yaml"))
@path_argument
@output_option("File", required=False)
@_mapping
@dated_options
@click.pass_obj
def backstage(
    session: Session,
    /,
    path: str | None,
    output: str | None,
    mapping: str | None,
    **options: Any,
) -> None:
    """Write the landscape as entities of Backstage's catalog (catalog-model 1.10).

    PATH is in the workspace (default: the current folder).
    """
    from bizalign_lint.exporters.backstage import Names, render

    read = read_model(session, path, output, **options)
    made, _ = _backwards(read, mapping, "backstage-export", "backstage", Names)
    write_text(output, [*render(made)], read, made.left_out)


@click.command("turboea", epilog=examples("turboea -o cards.xlsx"))
@path_argument
@output_option("File", required=True)
@_mapping
@dated_options
@click.pass_obj
def turboea(
    session: Session, /, path: str | None, output: str, mapping: str | None, **options: Any
) -> None:
    """Write the landscape as a workbook that Turbo EA imports.

    PATH is in the workspace (default: the current folder). Needs XlsxWriter, which the
    extra xlsx installs.
    """
    from bizalign_lint.exporters.cards import Names, sheets
    from bizalign_lint.exporters.xlsx import workbook

    read = read_model(session, path, output, **options)
    made, rules = _backwards(read, mapping, "turboea", "xlsx", Names)
    book = workbook(sheets(made, rules))
    write_bytes(output, book.content, read, made.left_out + book.left_out)


@click.command("mermaid", epilog=examples("mermaid --around Application:erp --steps 2"))
@path_argument
@_around
@_steps
@output_option("File", required=False)
@config_file_option
@click.pass_obj
def mermaid(
    session: Session,
    /,
    path: str | None,
    around: str,
    steps: int,
    output: str | None,
    **options: Any,
) -> None:
    """Write a definition and those around it as a Mermaid flowchart.

    PATH is in the workspace (default: the current folder).
    """
    from bizalign_lint.exporters.mermaid import MOST_LINES, render

    read = read_model(session, path, output, **options)
    part = _part(read, around, steps)
    write_text(output, render(part), read)
    if len(part.lines) > MOST_LINES:
        sys.stderr.write(
            f"note: the flowchart has {len(part.lines):,} arrows, and Mermaid draws at most "
            f"{MOST_LINES} unless its maxEdges is raised; use fewer --steps\n"
        )


@click.command("likec4", epilog=examples("likec4 --around Application:erp -o erp.c4"))
@path_argument
@_around
@_steps
@output_option("File", required=False)
@config_file_option
@click.pass_obj
def likec4(
    session: Session,
    /,
    path: str | None,
    around: str,
    steps: int,
    output: str | None,
    **options: Any,
) -> None:
    """Write a definition and those around it in the language of LikeC4.

    PATH is in the workspace (default: the current folder).
    """
    from bizalign_lint.exporters.likec4 import render

    read = read_model(session, path, output, **options)
    write_text(output, render(_part(read, around, steps)), read)


def _part(read: LoadedModel, text: str, steps: int) -> Part:
    """The part of the model to draw. Raises UsageError for an unknown definition."""
    from bizalign_lint.exporters.around import around

    return around(read.graph, find_definition(text, read), steps)


def _backwards(
    read: LoadedModel,
    own: str | None,
    name: str,
    reader: str,
    names: Callable[[Sequence[Entry]], Names],
) -> tuple[Backwards, Rules]:
    """The model as records of another tool, by a mapping of your own or the shipped one ``name``.

    Raises UsageError for a mapping of another format.
    """
    from bizalign_lint.core import shipped
    from bizalign_lint.exporters.backwards import backwards
    from bizalign_lint.exporters.content import Derived, entities
    from bizalign_lint.mapping.read import read_rules

    if own is not None and not os.path.isfile(own):
        raise UsageError(f"no such file: {own}")
    source = shipped.mappings()[name] if own is None else shipped.read(own)
    rules = read_rules(source, own or name, read.loaded.ontology)
    if rules.reader != reader:
        raise UsageError(
            f"{own} maps the format {rules.reader}, but this export writes {reader}",
            hint=f"use a mapping with reader: {reader}",
        )
    nodes = [node for _, held in entities(read.graph) for node in held]
    return backwards(rules, nodes, names, Derived(read.walker()).of), rules


COMMANDS = (archimate, backstage, likec4, mermaid, turboea)
