"""Opens a workspace: its root, files and settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from bizalign_lint.core.errors import NothingToCheckError
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Location
from bizalign_lint.core.words import first_of
from bizalign_lint.sources.disk import Found, discover
from bizalign_lint.sources.roots import Root
from bizalign_lint.workspace.config import Config
from bizalign_lint.workspace.setup_files import own_files, read_lock, read_own, read_specs

Discover = Callable[[str, Globs, Globs, frozenset[str], Globs], Found]
"""Finds the files of a workspace from its root, ``include``, ``exclude``, the set-up's own files,
and patterns of other tools' files that are part of the model."""


_MOST_PATHS = 3
"""The most paths that a message names; further ones are counted."""


class Workspace(NamedTuple):
    """A workspace to run the engine on."""

    root: str
    found: Found
    settings: Settings


def open_workspace(
    root: Root,
    config: Config,
    today: date,
    thresholds: Mapping[str, float] | None = None,
    find: Discover = discover,
    home: str | None = None,
) -> Workspace:
    """Read the files of a workspace. With ``thresholds``, its alignment is measured.

    ``home`` is the folder of the set-up files, if not the root. Raises NothingToCheckError if there
    are no files, or none of those to report on.
    """
    found = find(root.path, config.include, config.exclude, own_files(config), config.also)
    settings = make_settings(root, config, today, thresholds, home)
    if not found.sources and not found.flaws:
        raise NothingToCheckError(
            f"there is nothing to check in {root.path}: no *.yaml or *.yml file",
            hint=_where(found, config),
        )
    if root.only is not None and not any(map(settings.reports, _paths(found))):
        asked = first_of(root.only, _MOST_PATHS)
        raise NothingToCheckError(
            f"there is nothing to check in {asked}: no *.yaml or *.yml file of the workspace"
        )
    return Workspace(root.path, found, settings)


def _where(found: Found, config: Config) -> str:
    if config.files and (config.include or config.exclude):
        return f"check include and exclude in {config.files[0]}"
    if found.outside:
        links = first_of(found.outside, _MOST_PATHS)
        return f"{links}: links that leave the repository are not followed"
    if found.nested:
        return below(found)
    if config.sources:
        return "no file matches sources either; see bizalign-lint source list"
    if config.files:
        return "write the first definition, in a file that ends in .yaml"
    return "give the folder with your definitions; bizalign-lint init writes a first model"


def below(found: Found) -> str:
    """A hint that names the workspaces below; empty if there are none."""
    if not found.nested:
        return ""
    return f"choose one of the workspaces below: {first_of(found.nested, _MOST_PATHS)}"


def make_settings(
    root: Root,
    config: Config,
    today: date,
    thresholds: Mapping[str, float] | None = None,
    home: str | None = None,
) -> Settings:
    """The settings of a run; reads the set-up's own files. Raises ConfigError."""
    return Settings(
        as_of=config.as_of or today,
        select=config.select,
        extend_select=config.extend_select,
        preview=config.preview,
        ignore=config.ignore,
        severities=config.severity,
        params=config.params,
        schemas=read_own(home or root.path, config, "schemas"),
        rules=read_own(home or root.path, config, "rules"),
        sources=read_specs(home or root.path, config),
        lifecycles=read_lock(home or root.path, config),
        overrides=config.overrides,
        currency=config.currency,
        languages=config.languages,
        thresholds=thresholds,
        required_measures=frozenset(thresholds or ())
        if config.unmeasured == "missed"
        else frozenset(),
        reports_absence=config.absent == "found",
        only=root.only,
    )


def _paths(found: Found) -> list[str]:
    return [
        *(source.path for source in found.sources),
        *(flaw.place.path for flaw in found.flaws if isinstance(flaw.place, Location)),
    ]
