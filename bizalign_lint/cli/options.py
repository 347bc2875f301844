"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bizalign_lint.core.settings import NEVER
from bizalign_lint.core.types import Severity

if TYPE_CHECKING:
    from bizalign_lint.engine.load import Loaded
    from bizalign_lint.workspace.config import Config

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """The date that a text stands for."""
    if value is None:
        return None
    try:
        if not _DAY.fullmatch(value):
            raise ValueError("give a date such as 2026-06-30")
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date: {error}", ctx, param) from None


color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours; auto: on a terminal, unless NO_COLOR is set (default: auto).",
)


owner_option = click.option(
    "--owner", metavar="NAME", help="Only what this unit or person is responsible for."
)
kind_option = click.option("--kind", metavar="KIND", help="Only definitions of this kind.")


def format_option(formats: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that chooses from some formats; the first one is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        help=f"Output format (default: {formats[0]}).",
    )


def output_option(what: str, required: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option for the file or folder to write to; ``what`` is File or Folder."""
    otherwise = "" if required else " (default: standard output)"
    return click.option(
        "-o",
        "--output",
        metavar=what.upper(),
        required=required,
        type=click.Path(),
        help=f"{what} to write to{otherwise}.",
    )


_profile = click.option(
    "--profile",
    metavar="NAME",
    help="Start from starter, standard, strict or a pack's PACK/PROFILE (default: profile of the "
    "configuration, or standard).",
)
_as_of = click.option(
    "--as-of",
    callback=day,
    metavar="DATE",
    help="The day to go by (default: asOf of the configuration, or today).",
)
config_file_option = click.option(
    "--config",
    "config_file",
    type=click.Path(),
    metavar="FILE",
    help="Use this file instead of the workspace's .bizalign.yaml.",
)
_select = click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Run only these: rule ids, id prefixes (BAS) or guidelines, separated by commas (default: "
    "select of the configuration, or all).",
)
_ignore = click.option("--ignore", multiple=True, metavar="RULES", help="Skip these rules as well.")
_fail_on = click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), NEVER]),
    help="Lowest severity that fails the check, with exit code 1 (default: failOn of the "
    "configuration, or error).",
)


def dated_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that read a model as of a day, and judge nothing."""
    return _as_of(config_file_option(command))


def undated_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that judge a model as of days of their own."""
    return _profile(config_file_option(command))


def setup_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that judge a model by all the rules of a configuration."""
    return _profile(dated_options(command))


def config_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that judge a model by some of the rules, too."""
    return setup_options(_select(_ignore(command)))


def check_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that go by which findings fail a check, too."""
    return config_options(_fail_on(command))


def effective(
    root: str,
    *,
    config_file: str | None = None,
    profile: str | None = None,
    as_of: date | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    fail_on: str | None = None,
) -> Config:
    """The configuration of a workspace with what the command line says, as far as it does."""
    from bizalign_lint.workspace.config import load, overlay

    return overlay(
        load(root, config_file, profile),
        as_of=as_of,
        select=_split(select),
        ignore=_split(ignore),
        fail_on=fail_on,
    )


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def check_names(config: Config, loaded: Loaded) -> None:
    """Raise for what the configuration says of rules, guidelines or measures that means nothing."""
    from bizalign_lint.workspace.selectors import check_selectors

    check_selectors(
        config,
        {rule.id: rule.params for rule in loaded.rules.rules.values()},
        [guideline.id for guideline in loaded.rules.guidelines],
        [measure.name for measure in loaded.rules.measures],
    )
