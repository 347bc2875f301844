"""Which findings of a check are shown, and by what they are put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.core.report import NO_FINDING, at_least
from bizalign_lint.core.types import Severity
from bizalign_lint.reporters.grouping import KEYS

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report

_STARTER = "starter"


def display_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how much of what was found is shown."""
    for option in reversed(
        (
            click.option(
                "--min-severity",
                type=click.Choice([*(severity.value for severity in Severity), NO_FINDING]),
                default=Severity.INFO.value,
                help="Lowest severity that is shown, or none; hidden findings still count for "
                f"--fail-on (default: {Severity.INFO.value}).",
            ),
            click.option(
                "--group-by",
                type=click.Choice(KEYS),
                default=KEYS[0],
                help=f"How to group findings in text and Markdown (default: {KEYS[0]}).",
            ),
            click.option("--all", "everything", is_flag=True, help="List every finding of a rule."),
        )
    ):
        command = option(command)
    return command


def starting(least: str, by_profile: Callable[[str], Report]) -> Callable[[], int]:
    """Counts, when asked, what a check with the profile to begin with shows of a severity."""

    @cache
    def count() -> int:
        return len(at_least(least, by_profile(_STARTER)).findings)

    return count
