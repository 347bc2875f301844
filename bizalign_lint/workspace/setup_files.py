"""The files of a set-up that are an organisation's own: schemas and rules."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bizalign_lint.core.errors import ConfigError, reason
from bizalign_lint.core.shipped import TEST_SUFFIX
from bizalign_lint.core.types import Place, Source
from bizalign_lint.sources.bounds import HINT, OutsideError, resolved
from bizalign_lint.sources.listing import SUFFIXES
from bizalign_lint.sources.read import below, read_setup
from bizalign_lint.workspace.config import Config, location


def read_own(root: str, config: Config, key: str) -> tuple[Source, ...]:
    """The set-up's own files that a configuration names under ``schemas`` or ``rules``.

    Each entry is a file, or a folder with ``*.yaml`` and ``*.yml`` below. Raises ConfigError, with
    the place of the entry, for what cannot be read.
    """
    entries: tuple[str, ...] = getattr(config, key)
    return tuple(
        source
        for index, entry in enumerate(entries)
        for source in _read_entry(root, config, entry, config.said_at((key, index)))
    )


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


def own_files(config: Config) -> frozenset[str]:
    """The files and folders that belong to the set-up, and so not to the model."""
    return frozenset((*config.files, *config.schemas, *config.rules))
