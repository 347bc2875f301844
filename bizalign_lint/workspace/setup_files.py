"""Reads the user's own set-up files and those of packs: schemas, rules, mappings, lock file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bizalign_lint.core.errors import ConfigError, reason
from bizalign_lint.core.globs import Globs
from bizalign_lint.core.settings import SourceSpec
from bizalign_lint.core.shipped import TEST_SUFFIX
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.types import Place, Source
from bizalign_lint.lifecycles import LOCK_NAME
from bizalign_lint.packs.pack import cases, named, part
from bizalign_lint.sources.bounds import HINT, OutsideError, resolved
from bizalign_lint.sources.listing import SUFFIXES
from bizalign_lint.sources.read import below, read_setup
from bizalign_lint.workspace.config import Config, patterns_of
from bizalign_lint.workspace.layers import location


def read_own(root: str, config: Config, key: str) -> tuple[Source, ...]:
    """The files that a configuration names under ``schemas`` or ``rules``, after those of packs.

    An entry is a file, or a folder with ``*.yaml`` and ``*.yml`` files below. Raises ConfigError,
    with the place of the entry, for a file that cannot be read.
    """
    entries: tuple[str, ...] = getattr(config, key)
    shared = (source for pack in config.packs for source in part(pack, key))
    own = (
        source
        for index, entry in enumerate(entries)
        for source in _read_entry(root, config, entry, config.place_of_setting((key, index)))
    )
    return (*shared, *own)


def read_cases(root: str, config: Config, source: Source) -> Source | None:
    """The file with further cases of an own or pack rule, if there is one. Raises ConfigError."""
    for pack in config.packs:
        if source.path.startswith(f"{pack.path}/"):
            return cases(pack, source)
    beside = source.path.removesuffix(".yaml") + TEST_SUFFIX
    is_there = os.path.isfile(os.path.join(root, beside))
    return read_one(root, config, beside) if is_there else None


def _read_entry(root: str, config: Config, entry: str, setting: Place | None) -> Iterator[Source]:
    full = os.path.join(root, entry)
    try:
        if not os.path.isdir(resolved(full, *config.within)):
            yield read_one(root, config, entry, setting)
            return
        names = [name for name in below(full, SUFFIXES) if not name.endswith(TEST_SUFFIX)]
    except OSError as error:
        raise _unreadable(entry, error, setting) from None
    for name in names:
        path = f"{entry}/{name}"
        if not _is_broken_link(root, config, path):
            yield read_one(root, config, path, setting)


def _is_broken_link(root: str, config: Config, path: str) -> bool:
    """Whether a file is a link to a missing file in a folder that may be read."""
    try:
        return not os.path.lexists(resolved(os.path.join(root, path), *config.within))
    except OutsideError:
        return False


def read_one(root: str, config: Config, path: str, setting: Place | None = None) -> Source:
    """A file of the set-up; ``setting`` is the place that names it. Raises ConfigError."""
    try:
        return Source(path, read_setup(os.path.join(root, path), *config.within))
    except OSError as error:
        raise _unreadable(path, error, setting) from None


def _unreadable(path: str, error: OSError, setting: Place | None) -> ConfigError:
    hint = HINT if isinstance(error, OutsideError) else ""
    return ConfigError(
        f"{path} cannot be read: {reason(error)}", setting and location(setting), hint
    )


def read_specs(root: str, config: Config) -> tuple[SourceSpec, ...]:
    """The ``sources`` of a configuration, with their own mappings read.

    Raises ConfigError for a mapping that cannot be read.
    """
    specs = []
    for index, setting in enumerate(config.sources):
        path = setting.get("mapping")
        here = config.place_of_setting(("sources", index))
        if path is None:
            name, mapping = setting["as"], _shared_mapping(config, setting["as"], here)
        else:
            name, mapping = path, read_one(root, config, path, here)
        specs.append(
            SourceSpec(
                Globs(patterns_of(setting)),
                name=name,
                mapping=mapping,
                namespace=setting.get("namespace", ""),
                open=tuple(setting.get("open", ())),
                assume=setting.get("assume", {}),
                columns=setting.get("columns", {}),
                place=here,
            )
        )
    return tuple(specs)


def _shared_mapping(config: Config, name: str, setting: Place | None) -> Source | None:
    """The mapping of a pack, by its name (``pack/mapping``); None for a shipped mapping."""
    if "/" not in name:
        return None
    known = {n: source for pack in config.packs for n, source in named(pack, "mappings").items()}
    if name not in known:
        instead = hint(name, known, listed(sorted(known)) if known else "add its pack to packs")
        raise ConfigError(f"unknown mapping {name}", setting and location(setting), instead)
    return known[name]


def read_lock(root: str, config: Config) -> Source | None:
    """The lock file with vendors' lifecycle data; None if there is none.

    Raises ConfigError for a lock file that cannot be read.
    """
    if not os.path.lexists(os.path.join(root, LOCK_NAME)):
        return None
    return read_one(root, config, LOCK_NAME)


def own_files(config: Config) -> frozenset[str]:
    """The files and folders that belong to the set-up, and therefore not to the model."""
    mappings = (setting["mapping"] for setting in config.sources if "mapping" in setting)
    packs = (pack.path for pack in config.packs if not pack.is_installed)
    return frozenset((LOCK_NAME, *config.files, *packs, *config.schemas, *config.rules, *mappings))
