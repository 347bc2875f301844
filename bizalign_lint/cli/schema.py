"""``bizalign-lint schema``."""

from __future__ import annotations

import json
import os
import posixpath
import sys
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import content, deliver, own, replace, write
from bizalign_lint.core.errors import ConfigError, UsageError
from bizalign_lint.core.types import Location, Span
from bizalign_lint.sources.roots import find_root

if TYPE_CHECKING:
    from bizalign_lint.workspace.config import Config

_FILE = ".vscode/bizalign.schema.json"
_SETTINGS = ".vscode/settings.json"
_SETTING = "yaml.schemas"

EPILOG = """\b
Examples:
  bizalign-lint schema > bizalign.schema.json
  bizalign-lint schema --output bizalign.schema.json
  bizalign-lint schema --vscode            the file, and the setting that makes VS Code use it

A file then names the schema in its first line:
  # yaml-language-server: $schema=bizalign.schema.json
"""


@click.command("schema", epilog=EPILOG)
@click.argument("path", required=False, type=click.Path())
@click.option("--output", metavar="FILE", type=click.Path(), help="Write the schema to a file.")
@click.option(
    "--vscode",
    is_flag=True,
    help=f"Name the schema in the workspace's {_SETTINGS}; it goes to {_FILE} there unless "
    "--output says otherwise.",
)
@click.pass_obj
def command(session: Session, /, path: str | None, output: str | None, vscode: bool) -> None:
    """Write the JSON Schema of definitions for YAML editors.

    Whatever uses yaml-language-server then explains, completes and checks each definition by
    itself, kinds and properties of your own included. PATH is in the workspace; without one, it is
    the one you are in.
    """
    from bizalign_lint.workspace.config import load

    root = find_root((path,) if path else ())
    session.root = root.path
    config = load(root.path)
    if not vscode:
        text = _schema(root.path, config)
        if output is None:
            sys.stdout.write(text)
        else:
            deliver(output, [text], root.path)
        return
    sys.stderr.write(f"note: {name_in_editor(root.path, config, output)}\n")


def name_in_editor(root: str, config: Config, output: str | None = None) -> str:
    """Write the schema, and name it in the workspace's settings of VS Code; says what it did."""
    file = output if output is not None else os.path.join(root, _FILE)
    schema = own(file, root)
    settings = own(os.path.join(root, _SETTINGS), root)
    held = content(settings)
    old = _decoded(held or b"")
    new = _merged(old, _named(file, root), _patterns(root, config))
    write(schema, [_schema(root, config)])
    if new != old:
        replace(settings, held, [new.encode()])
    said = "says it already" if new == old else "names it"
    return f"the schema is in {file}; {_SETTING} in {settings.name} {said}"


def _schema(root: str, config: Config) -> str:
    from bizalign_lint.editors.schema import entry_schema
    from bizalign_lint.engine import load
    from bizalign_lint.workspace.setup_files import read_own

    ontology = load(read_own(root, config, "schemas")).ontology
    return json.dumps(entry_schema(ontology), ensure_ascii=False, indent=1) + "\n"


def _patterns(root: str, config: Config) -> list[str]:
    from bizalign_lint.editors.patterns import patterns
    from bizalign_lint.parsing.documents import parse
    from bizalign_lint.sources.disk import discover
    from bizalign_lint.workspace.setup_files import own_files

    found = discover(root, config.include, config.exclude, own_files(config))
    ours = [source.path for source in found.sources if parse(source).documents]
    if not ours:
        raise UsageError(
            f"there is no definition in {root}, so it is not known which files the schema is for",
            hint="write the first one, or name the schema in the file itself; see --help",
        )
    return patterns(ours)


def _named(file: str, root: str) -> str:
    """The name of the schema file in the settings."""
    absolute = os.path.abspath(file)
    inside = os.path.relpath(
        os.path.join(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute)), root
    )
    if inside.startswith(os.pardir):
        raise UsageError(
            f"--output {file} is not inside the workspace {root}",
            hint="settings of the workspace name files of the workspace",
        )
    return inside.replace(os.sep, "/")


def _merged(old: str, name: str, patterns: list[str]) -> str:
    from bizalign_lint.editors.insertion import NoObjectError, keys, with_member
    from bizalign_lint.editors.jsonc import NotJsoncError

    hint = f'or set it yourself: "{_SETTING}": {json.dumps({name: patterns})}'
    try:
        for key in keys(old, _SETTING):
            if posixpath.normpath(key) == name:
                return old
        return with_member(old, (_SETTING, name), patterns)
    except NotJsoncError as error:
        span = Span(error.line, error.column, error.line, error.column + 1)
        message = f"the settings cannot be understood: {error}"
        raise ConfigError(message, Location(_SETTINGS, span), f"fix them, {hint}") from None
    except NoObjectError as error:
        message = f"{_SETTINGS}: {error.name} is no object, so nothing can be added to it"
        raise ConfigError(message, hint=f"fix it, {hint}") from None


def _decoded(settings: bytes) -> str:
    try:
        return settings.decode()
    except UnicodeDecodeError:
        raise ConfigError(f"{_SETTINGS} is not UTF-8") from None
