"""A folder with a ``pack.yaml`` → a Pack, and the files of its parts."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from bizalign_lint.core.errors import ConfigError, raise_all, reason
from bizalign_lint.core.shipped import TEST_SUFFIX
from bizalign_lint.core.types import Location, Place, Source
from bizalign_lint.parsing.documents import form, read_document
from bizalign_lint.parsing.positions import locate
from bizalign_lint.parsing.required_version import refuse_older
from bizalign_lint.schema.messages import objections
from bizalign_lint.sources.listing import SUFFIXES
from bizalign_lint.sources.read import below, read_setup

FILE_NAME = "pack.yaml"
PARTS = ("schemas", "rules", "mappings", "profiles")
"""The folders that a pack may have."""


class Pack(NamedTuple):
    """A pack, as its ``pack.yaml`` describes it."""

    name: str
    title: str
    version: str
    path: str
    """The start of its files' paths in reports: relative to the root, or absolute if installed."""
    folder: str
    """Its folder, with links resolved."""
    said: Place | None = None
    """Where the configuration names it."""

    @property
    def is_installed(self) -> bool:
        """Whether it is a package of the interpreter, and not a folder of the repository."""
        return os.path.isabs(self.path)


def read_pack(folder: str, path: str, said: Place | None = None) -> Pack:
    """The pack in a folder. Raises ConfigError, at ``said``, if the folder holds no usable pack."""
    source = _read(folder, path, FILE_NAME, said)
    document = read_document(source, ConfigError)
    refuse_older(document)
    flaws = objections(form("pack"), document)
    raise_all(unusable(why, place) for place, why in flaws)
    value: dict[str, Any] = document.value
    return Pack(
        name=value["name"],
        title=value["title"],
        version=value["version"],
        path=path,
        folder=folder,
        said=said,
    )


def part(pack: Pack, name: str) -> tuple[Source, ...]:
    """The files of one of ``PARTS``, without their cases. Raises ConfigError."""
    return tuple(
        _read(pack.folder, pack.path, f"{name}/{inner}", pack.said)
        for inner in _names(pack, name)
        if not inner.endswith(TEST_SUFFIX)
    )


def named(pack: Pack, name: str) -> dict[str, Source]:
    """The files directly in one of ``PARTS``, by their names in a configuration (``pack/name``)."""
    return {
        f"{pack.name}/{_stem(inner)}": _read(pack.folder, pack.path, f"{name}/{inner}", pack.said)
        for inner in _names(pack, name)
        if "/" not in inner and not inner.endswith(TEST_SUFFIX)
    }


def cases(pack: Pack, source: Source) -> Source | None:
    """The cases beside a file of a pack, if there are any. Raises ConfigError."""
    inner = source.path[len(pack.path) + 1 :].rpartition(".")[0] + TEST_SUFFIX
    if not os.path.lexists(os.path.join(pack.folder, inner)):
        return None
    return _read(pack.folder, pack.path, inner, pack.said)


def _stem(inner: str) -> str:
    return inner.rpartition(".")[0]


def _names(pack: Pack, name: str) -> list[str]:
    folder = os.path.join(pack.folder, name)
    if os.path.islink(folder):
        raise unusable(f"{pack.path}/{name} is a link; a pack holds its own files", pack.said)
    if not os.path.isdir(folder):
        return []
    try:
        return below(folder, SUFFIXES)
    except OSError as error:
        raise unusable(f"{pack.path}/{name} cannot be read: {reason(error)}", pack.said) from None


def _read(folder: str, path: str, inner: str, said: Place | None) -> Source:
    shown = f"{path}/{inner}"
    try:
        return Source(shown, read_setup(os.path.join(folder, inner), folder))
    except FileNotFoundError:
        message = f"{path} is not a pack: it has no {inner}"
        raise unusable(message, said, "bizalign-lint pack new writes one") from None
    except OSError as error:
        hint = "the files of a pack must be in its own folder"
        raise unusable(f"{shown} cannot be read: {reason(error)}", said, hint) from None


def unusable(message: str, said: Place | None, hint: str = "") -> ConfigError:
    """The error about a pack, at the place where the configuration names it."""
    return ConfigError(message, said and Location(said.document.source.path, locate(said)), hint)
