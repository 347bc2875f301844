"""``bizalign-lint schema``."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import click

from bizalign_lint.cli.options import output_option
from bizalign_lint.cli.session import Session
from bizalign_lint.cli.writing import content, output_target, replace, write, write_output
from bizalign_lint.core.errors import UsageError
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
  bizalign-lint schema --config --output config.schema.json
  bizalign-lint schema --vscode            the file, and the setting for VS Code

\b
A file then names the schema in its first line:
  # yaml-language-server: $schema=bizalign.schema.json
"""


@click.command("schema", epilog=EPILOG)
@click.argument("path", required=False, type=click.Path())
@output_option("File", required=False)
@click.option(
    "--vscode",
    is_flag=True,
    help=f"Refer to the schema in the workspace's {_SETTINGS}, or print the lines to add if that "
    f"exists; the schema is written to {_FILE} (change with --output).",
)
@click.option("--config", "setup", flag_value="config", help="The schema of .bizalign.yaml.")
@click.option("--rule", "setup", flag_value="rule", help="The schema of rules of your own.")
@click.option("--mapping", "setup", flag_value="mapping", help="The schema of mappings.")
@click.pass_obj
def command(
    session: Session,
    /,
    path: str | None,
    output: str | None,
    vscode: bool,
    setup: str | None,
) -> None:
    """Write the JSON Schema of definitions for YAML editors.

    Whatever uses yaml-language-server then explains, completes and checks each definition on
    its own, including your own kinds and properties. PATH is in the workspace (default: the
    current folder).
    """
    from bizalign_lint.workspace.config import load

    root = find_root((path,) if path else ())
    session.root = root.path
    config = load(root.path)
    if vscode and setup is not None:
        raise UsageError(f"--{setup} cannot be combined with --vscode")
    if not vscode:
        if setup is None:
            text = _schema(root.path, config)
        else:
            text = _setup_schema(root.path, config, setup)
        if output is None:
            sys.stdout.write(text)
        else:
            write_output(output, [text], root.path)
        return
    said, lines = name_in_editor(root.path, config, output)
    sys.stderr.write(f"note: {said}\n")
    sys.stdout.writelines(f"{line}\n" for line in lines)


def name_in_editor(root: str, config: Config, output: str | None = None) -> tuple[str, list[str]]:
    """Write the schema, and the settings that name it where VS Code has none for the workspace.

    Returns what was done, and the lines that are to be added to settings that are there already.
    """
    file = output if output is not None else os.path.join(root, _FILE)
    schema = output_target(file, root)
    settings = output_target(os.path.join(root, _SETTINGS), root)
    held = content(settings)
    name = _named(file, root)
    text = json.dumps({_SETTING: {name: _patterns(root, config)}}, indent=4, ensure_ascii=False)
    write(schema, [_schema(root, config)])
    if held is None:
        replace(settings, None, [f"{text}\n".encode()])
    elif json.dumps(name, ensure_ascii=False).encode() not in held:
        said = f"the schema is in {file}; add to {settings.name}:"
        return said, text.splitlines()[1:-1]
    return f"the schema is in {file}; {_SETTING} in {settings.name} names it", []


def _schema(root: str, config: Config) -> str:
    from bizalign_lint.editors.schema import entry_schema
    from bizalign_lint.engine.load import load
    from bizalign_lint.workspace.setup_files import read_own

    ontology = load(read_own(root, config, "schemas"), currency=config.currency).ontology
    return json.dumps(entry_schema(ontology), ensure_ascii=False, indent=1) + "\n"


def _setup_schema(root: str, config: Config, name: str) -> str:
    from bizalign_lint.editors.setup_schema import setup_schema
    from bizalign_lint.engine.load import load, names
    from bizalign_lint.workspace.setup_files import read_own

    loaded = load(read_own(root, config, "schemas"), read_own(root, config, "rules"))
    schema = setup_schema(name, names(loaded))
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _patterns(root: str, config: Config) -> list[str]:
    from bizalign_lint.editors.patterns import patterns
    from bizalign_lint.parsing.documents import parse
    from bizalign_lint.sources.disk import discover
    from bizalign_lint.workspace.setup_files import own_files

    found = discover(root, config.include, config.exclude, own_files(config))
    ours = [source.path for source in found.sources if parse(source).documents]
    if not ours:
        raise UsageError(
            f"there is no definition in {root}, so it is unknown which files the schema applies to",
            hint="write the first one, or refer to the schema in the file itself; see --help",
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
            hint="settings of a workspace can only refer to files in it",
        )
    return inside.replace(os.sep, "/")
