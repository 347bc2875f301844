"""``bizalign-lint lsp``."""

from __future__ import annotations

import click

from bizalign_lint.core.errors import UsageError

EPILOG = """\b
Examples:
  bizalign-lint lsp                        what an editor starts
"""


@click.command("lsp", epilog=EPILOG)
@click.option("--stdio", is_flag=True, help="Use standard input and output (the default).")
def command(stdio: bool) -> int:
    """Run the language server for editors.

    It uses standard input and output, and writes its log to standard error.
    """
    del stdio
    try:
        from bizalign_lint.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        raise UsageError(
            "the language server is not installed",
            hint="install bizalign-lint with its extra lsp",
        ) from None
    return serve()
