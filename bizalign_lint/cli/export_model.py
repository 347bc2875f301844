"""``bizalign-lint export`` to formats that can hold the whole model."""

from __future__ import annotations

import os
from typing import Any

import click

from bizalign_lint.cli.export_shared import (
    content_of,
    examples,
    path_argument,
    read_model,
    rule_options,
    tell_errors,
    write_bytes,
    write_text,
)
from bizalign_lint.cli.options import output_option
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import output_target, write


@click.command("json", epilog=examples("json -o model.json", "json | jq '.edges | length'"))
@path_argument
@output_option("File", required=False)
@rule_options
@click.pass_obj
def json(session: Session, /, path: str | None, output: str | None, **options: Any) -> None:
    """Write the model as one JSON object: definitions, nodes, relations, findings, coverage.

    PATH chooses whose findings are exported, as in check.
    """
    from bizalign_lint.exporters.json import render

    read = read_model(session, path, output, **options)
    write_text(output, render(content_of(read)), read)


@click.command("csv", epilog=examples("csv -o tables"))
@path_argument
@output_option("Folder", required=True)
@rule_options
@click.pass_obj
def csv(session: Session, /, path: str | None, output: str, **options: Any) -> None:
    """Write the model as CSV: a file for each kind, and one each for relations, findings, coverage.

    PATH chooses whose findings are exported, as in check. An existing file of a kind
    that has no definitions any more is emptied.
    """
    from bizalign_lint.exporters.csv import SUFFIX, text
    from bizalign_lint.exporters.tables import empty, tables

    read = read_model(session, path, None, **options)
    content = content_of(read)
    root = read.root.path
    made = {table.name: table for table in tables(content)}
    for name, type_ in sorted(content.ontology.types.items()):
        if name not in made and os.path.lexists(os.path.join(output, f"{name}{SUFFIX}")):
            made[name] = empty(type_)
    targets = {name: output_target(os.path.join(output, f"{name}{SUFFIX}"), root) for name in made}
    for name, table in made.items():
        write(targets[name], [text(table)])
    tell_errors(read.model)


@click.command("xlsx", epilog=examples("xlsx -o model.xlsx"))
@path_argument
@output_option("File", required=True)
@rule_options
@click.pass_obj
def xlsx(session: Session, /, path: str | None, output: str, **options: Any) -> None:
    """Write the model as a workbook: a sheet for each kind, relations, findings and coverage.

    PATH chooses whose findings are exported, as in check. Needs XlsxWriter, which the
    extra xlsx installs.
    """
    from bizalign_lint.exporters.tables import tables
    from bizalign_lint.exporters.xlsx import workbook

    read = read_model(session, path, output, **options)
    made = workbook(tables(content_of(read)))
    write_bytes(output, made.content, read, made.left_out)


@click.command("sqlite", epilog=examples("sqlite -o model.db"))
@path_argument
@output_option("File", required=True)
@rule_options
@click.pass_obj
def sqlite(session: Session, /, path: str | None, output: str, **options: Any) -> None:
    """Write the model as an SQLite database: nodes, edges, properties, findings, coverage.

    PATH chooses whose findings are exported, as in check.
    """
    from bizalign_lint.exporters.sqlite import database

    read = read_model(session, path, output, **options)
    write_bytes(output, database(content_of(read)), read)


COMMANDS = (csv, json, sqlite, xlsx)
