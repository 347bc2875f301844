"""The commands, each loaded only when it is run."""

from __future__ import annotations

import os
from importlib import import_module
from typing import NoReturn

import click

from bizalign_lint import __version__
from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.suggest import hint

COMMANDS = {
    "init": "Set up a workspace: configuration, first model, checks on commit and in CI.",
    "check": "Check the definitions of one or more workspaces.",
    "next": "List the missing facts that rules need, the most useful first.",
    "digest": "Write a digest for each owner: findings, coming findings, missing facts and levels.",
    "owners": "Compare owners: findings, missing facts, and the level each has reached.",
    "forecast": "Show which findings will appear, and when, if nothing is done.",
    "report": "Write the results of check and forecast as one HTML page.",
    "trend": "Show how alignment has developed over the revisions in git, and what moved it.",
    "whatif": "Show what a change would do, before anyone makes it.",
    "query": "List the definitions of a kind that match a shape, with the values of paths.",
    "impact": "Show what depends on a definition.",
    "path": "Show how two definitions are connected.",
    "diff": "Show what changed in the model, and how alignment changes, now and in the future.",
    "baseline": "Manage the baseline of known findings.",
    "kind": "List and show the kinds of definition.",
    "new": "Create a new definition.",
    "rule": "List, show, test and write rules.",
    "config": "Show the configuration and where each setting comes from.",
    "source": "Show what is read from other tools' files, and what is left out.",
    "pack": "Share schemas, rules, mappings and profiles, and use what others share.",
    "mapping": "List the shipped mappings, and test mappings of your own.",
    "lifecycles": "Fetch and list the support dates of the products that the model names.",
    "import": "Convert other tools' files to bizalign YAML, once.",
    "schema": "Write the JSON Schema of definitions for YAML editors.",
    "export": "Export the model and its rules for other tools.",
    "lsp": "Run the language server for editors.",
    "mcp": "Run the server for agents (Model Context Protocol).",
    "docs": "Write the documentation of rules and kinds.",
}
"""Each command with its line in ``--help``; it is ``command`` in the module of its name."""


_WHOLE = 1_000
"""More letters than a first sentence has."""


class HelpfulGroup(click.Group):
    """A group that shows its help if no command is given, with all that its commands say first."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help if there are no arguments."""
        return super().parse_args(ctx, args or ["--help"])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their first sentences, however long these are."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, one.get_short_help_str(_WHOLE)) for name, one in commands if one]
            )


class Group(HelpfulGroup):
    """A group whose commands are modules beside this one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a near miss is offered for one that is not."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            _refuse(args[0])
        return super().resolve_command(ctx, args)


def _refuse(name: str) -> NoReturn:
    instead = hint(name, COMMANDS, "see bizalign-lint --help")
    if os.path.exists(name):
        instead = f"to check it: bizalign-lint check {name}"
    raise UsageError(f"unknown command {name}", hint=instead)


EPILOG = """\b
Examples:
  bizalign-lint check                      check the workspace you are in
  bizalign-lint check model/ --as-of 2026-06-30
  bizalign-lint rule show BAS101           what a rule finds, why, and how to fix it
  bizalign-lint config show                the effective settings and their origin

Exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration, or
stopped before the end, 3 nothing to check, 4 internal error.
"""


@click.command(cls=Group, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="bizalign-lint %(version)s")
def commands() -> None:
    """Check that business and technology definitions in git stay aligned."""
