"""The options that say which files of a workspace are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.core.errors import UsageError

if TYPE_CHECKING:
    from bizalign_lint.workspace.open import Discover


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that leave out what git does not know."""
    for option in reversed(
        (
            click.option(
                "--staged",
                is_flag=True,
                help="Check the staged files, as the next commit will have them.",
            ),
            click.option(
                "--tracked", is_flag=True, help="Leave out the files that git does not track."
            ),
        )
    ):
        command = option(command)
    return command


def discovery(*, staged: bool, tracked: bool, writes: bool) -> Discover:
    """How the files are found. ``writes`` says whether files of the work tree are to change."""
    if staged and tracked:
        raise UsageError(
            "--staged and --tracked cannot be combined", hint="staged files are tracked"
        )
    if staged and writes:
        raise UsageError(
            "--staged reads the index, but these options change files of the work tree",
            hint="fix the work tree with --tracked, then git add; or use --diff",
        )
    if staged:
        from bizalign_lint.sources.index import discover_staged

        return discover_staged
    if tracked:
        from bizalign_lint.sources.index import discover_tracked

        return discover_tracked
    from bizalign_lint.sources.disk import discover

    return discover
