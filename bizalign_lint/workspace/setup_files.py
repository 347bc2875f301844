"""The files of a set-up that are an organisation's own, or shared with it: schemas and rules."""

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
from bizalign_lint.workspace.config import Config
from bizalign_lint.workspace.layers import location


def read_own(root: str, config: Config, key: str) -> tuple[Source, ...]:
    """The set-up's own files that a configuration names under ``schemas`` or ``rules``, after those
    of its packs.

    Each entry is a file, or a folder with ``*.yaml`` and ``*.yml`` below. Raises ConfigError, with
    the place of the entry, for what cannot be read.
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
    """The cases beside a rule of one's own or of a pack, if there are any. Raises ConfigError."""
    for pack in config.packs:
        if source.path.startswith(f"{pack.path}/"):
            return cases(pack, source)
    beside = source.path.removesuffix(".yaml") + TEST_SUFFIX
    is_there = os.path.isfile(os.path.join(root, beside))
    return read_one(root, config, beside) if is_there else None


def _read_entry(root: str, config: Config, entry: str, said: Place | None) -> Iterator[Source]:
    full = os.path.join(root, entry)
    try:
        if not os.path.isdir(resolved(full, *config.within)):
            yield read_one(root, config, entry, said)
            return
        names = [name for name in below(full, SUFFIXES) if not name.endswith(TEST_SUFFIX)]
    except OSError as error:
        raise _unreadable(entry, error, said) from None
    for name in names:
        path = f"{entry}/{name}"
        if not _leads_nowhere(root, config, path):
            yield read_one(root, config, path, said)


def _leads_nowhere(root: str, config: Config, path: str) -> bool:
    """Whether a file is a link to what is not there, but might be."""
    try:
        return not os.path.lexists(resolved(os.path.join(root, path), *config.within))
    except OutsideError:
        return False


def read_one(root: str, config: Config, path: str, said: Place | None = None) -> Source:
    """A file of the set-up; ``said`` is what names it. Raises ConfigError."""
    try:
        return Source(path, read_setup(os.path.join(root, path), *config.within))
    except OSError as error:
        raise _unreadable(path, error, said) from None


def _unreadable(path: str, error: OSError, said: Place | None) -> ConfigError:
    hint = HINT if isinstance(error, OutsideError) else ""
    return ConfigError(f"{path} cannot be read: {reason(error)}", said and location(said), hint)


def read_specs(root: str, config: Config) -> tuple[SourceSpec, ...]:
    """The files of other tools that a configuration names, their own mappings read.

    Raises ConfigError for a mapping that cannot be read.
    """
    specs = []
    for index, said in enumerate(config.sources):
        path = said.get("mapping")
        here = config.place_of_setting(("sources", index))
        read = said["read"]
        if path is None:
            name, mapping = said["as"], _shared_mapping(config, said["as"], here)
        else:
            name, mapping = path, read_one(root, config, path, here)
        specs.append(
            SourceSpec(
                Globs([read] if isinstance(read, str) else read),
                name=name,
                mapping=mapping,
                namespace=said.get("namespace", ""),
                open=tuple(said.get("open", ())),
                assume=said.get("assume", {}),
                columns=said.get("columns", {}),
                said=here,
            )
        )
    return tuple(specs)


def _shared_mapping(config: Config, name: str, said: Place | None) -> Source | None:
    """The mapping of a pack, by its name (``pack/mapping``); None for a shipped mapping."""
    if "/" not in name:
        return None
    known = {n: source for pack in config.packs for n, source in named(pack, "mappings").items()}
    if name not in known:
        instead = hint(name, known, listed(sorted(known)) if known else "name its pack in packs")
        raise ConfigError(f"unknown mapping {name}", said and location(said), instead)
    return known[name]


def read_lock(root: str, config: Config) -> Source | None:
    """What vendors say of their releases; None where nobody has fetched it.

    Raises ConfigError for a lock file that cannot be read.
    """
    if not os.path.lexists(os.path.join(root, LOCK_NAME)):
        return None
    return read_one(root, config, LOCK_NAME)


def own_files(config: Config) -> frozenset[str]:
    """The files and folders that belong to the set-up, and so not to the model."""
    mappings = (said["mapping"] for said in config.sources if "mapping" in said)
    packs = (pack.path for pack in config.packs if not pack.is_installed)
    return frozenset((LOCK_NAME, *config.files, *packs, *config.schemas, *config.rules, *mappings))
