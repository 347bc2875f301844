"""Profiles, settings to start with: the shipped ones and those of packs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.errors import ConfigError, UsageError, raise_all
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.types import Document, Place, Source
from bizalign_lint.packs.pack import Pack, named
from bizalign_lint.parsing.documents import form, read_document
from bizalign_lint.schema.messages import objections
from bizalign_lint.workspace.layers import config_error, location

PROFILE = "profile "
"""Prefix of a profile's name, where otherwise a path is shown."""

_KEYS = (
    *("select", "extendSelect", "ignore", "preview", "severity", "params"),
    *("coverage", "unmeasured", "absent", "failOn"),
)
"""The keys that a profile may contain: which rules run and how, but nothing about files."""


def find_profile(
    chain: Sequence[Document], requested: str | None, packs: Sequence[Pack]
) -> list[Document]:
    """The requested profile, or the one that the nearest configuration file names; empty if none.

    Raises UsageError or ConfigError if it is unknown.
    """
    place = next((Place(d, ("profile",)) for d in chain if "profile" in d.value), None)
    name = requested if requested is not None or place is None else place.document.value["profile"]
    if name is None:
        return []
    known = resources.profiles()
    if name in known:
        return [read_document(Source(f"{PROFILE}{name}", known[name].content))]
    shared = {n: source for pack in packs for n, source in named(pack, "profiles").items()}
    if name in shared:
        return [read_profile(shared[name])]
    known |= shared
    message = f"unknown profile {name}"
    instead = hint(name, known, listed(known))
    if requested is not None or place is None:
        raise UsageError(f"--profile: {message}", hint=instead)
    raise ConfigError(message, location(place), instead)


def read_profile(source: Source) -> Document:
    """A profile of a pack: which rules run and how, but nothing about files.

    Raises ConfigError, with the place.
    """
    document = read_document(source, ConfigError)
    flaws = objections(_profile_schema(), document)
    raise_all(config_error(place, message) for place, message in flaws)
    return document


@cache
def _profile_schema() -> dict[str, Any]:
    schema = form("config")
    allowed = {key: schema["properties"][key] for key in _KEYS}
    return {**schema, "properties": allowed}
