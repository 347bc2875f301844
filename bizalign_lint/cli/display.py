"""Which findings of a check are shown, and by what they are put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.cli.options import effective
from bizalign_lint.core.report import NO_FINDING
from bizalign_lint.core.types import Severity
from bizalign_lint.reporters.grouping import KEYS
from bizalign_lint.reporters.hints import MANY

if TYPE_CHECKING:
    from bizalign_lint.core.report import Report
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.workspace.open import Workspace

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


def of_starter(
    report: Report, workspace: Workspace, loaded: Loaded, options: Mapping[str, Any]
) -> int | None:
    """How many of very many findings are of rules that the profile to begin with selects."""
    if len(report.findings) <= MANY:
        return None
    from bizalign_lint.engine.judge import is_selected

    config = effective(workspace.root, **{**options, "profile": _STARTER})
    settings = workspace.settings._replace(
        select=config.select, ignore=config.ignore, severities=config.severity
    )
    rules = loaded.rules.rules
    return sum(is_selected(rules[finding.rule], settings) for finding in report.findings)
