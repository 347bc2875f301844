"""``bizalign-lint mcp``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.types import Source
from bizalign_lint.sources.roots import find_root

_NEEDED = ("anyio", "mcp", "mcp_types", "pydantic")

EPILOG = """\b
Examples:
  bizalign-lint mcp                        what an agent's client starts
  bizalign-lint mcp ../model
  bizalign-lint mcp --allow-writes         lets propose_edit write
"""


@click.command("mcp", epilog=EPILOG)
@click.argument("path", required=False, type=click.Path())
@click.option("--allow-writes", is_flag=True, help="Let propose_edit write accepted edits.")
def command(path: str | None, allow_writes: bool) -> int:
    """Run the server for agents (Model Context Protocol).

    It uses standard input and output, and writes its log to standard error. PATH is a folder in the
    workspace (default: the current folder). No file is written without --allow-writes.
    """
    root = find_root((path,) if path is not None else ()).path
    try:
        from bizalign_lint.agents.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _NEEDED:
            raise
        raise UsageError(
            "the server for agents is not installed",
            hint="install bizalign-lint with its extra mcp",
        ) from None
    return serve(root, write_files if allow_writes else None)


def write_files(root: str, changes: Sequence[tuple[Source | None, Source]]) -> None:
    """Write files, each in one step. Raises UsageError if one has changed since it was read."""
    from bizalign_lint.cli.writing import model_target, replace

    for number, (old, new) in enumerate(changes):
        try:
            replace(model_target(new.path, root), old and old.content, [new.content])
        except UsageError as error:
            if number:
                hint = f"{number} of {len(changes)} files were written before the error"
                raise UsageError(error.message, hint=hint) from None
            raise
