"""The lock file of a fetched pack: its address and commit, and a hash of each file.

It is in the pack's folder, so that the two are moved, reviewed and removed together.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bizalign_lint.core.errors import ConfigError, raise_all, reason
from bizalign_lint.core.types import Source
from bizalign_lint.packs.pack import Pack, unusable
from bizalign_lint.parsing.documents import form, read_document
from bizalign_lint.schema.messages import objections
from bizalign_lint.sources.read import below, read_setup

LOCK_NAME = "pack.lock.json"
_ANY = ("",)


class Lock(NamedTuple):
    """Where a pack was fetched from, and what was fetched."""

    address: str
    revision: str
    """The requested branch, tag or commit."""
    commit: str
    folder: str
    """The pack's folder in that repository; empty for its top."""
    files: Mapping[str, str]
    """The SHA-256 of each file, by its path in the pack."""


def render(lock: Lock) -> str:
    """The text of the lock file."""
    return json.dumps(lock._asdict(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The hash of each file, by path. Line endings do not count: git may change them."""
    from hashlib import sha256

    return {
        path: sha256(content.replace(b"\r\n", b"\n")).hexdigest()
        for path, content in sorted(files.items())
    }


def read_lock(pack: Pack) -> Lock | None:
    """The lock file of a pack; None for a pack that was not fetched. Raises ConfigError."""
    file = os.path.join(pack.folder, LOCK_NAME)
    if pack.is_installed or not os.path.lexists(file):
        return None
    shown = f"{pack.path}/{LOCK_NAME}"
    try:
        document = read_document(Source(shown, read_setup(file, pack.folder)), ConfigError)
    except OSError as error:
        raise unusable(f"{shown} cannot be read: {reason(error)}", pack.said) from None
    flaws = objections(form("pack-lock"), document)
    raise_all(unusable(why, place) for place, why in flaws)
    return Lock(**document.value)


def verify(pack: Pack) -> None:
    """Raise ConfigError for a fetched pack that differs from its lock file."""
    lock = read_lock(pack)
    if lock is None:
        return
    wrong = next(_differences(lock, held(pack)), None)
    if wrong is not None:
        raise unusable(
            f"{pack.path} differs from what was fetched: {wrong}",
            pack.said,
            f"undo the change; to keep it, make it where the pack comes from ({lock.address}), and "
            f"run bizalign-lint pack update {pack.name}; to maintain the pack yourself, remove "
            f"{LOCK_NAME}",
        )


def held(pack: Pack) -> dict[str, bytes]:
    """The files of a pack by path, without its lock file. Raises ConfigError."""
    try:
        return {
            path: read_setup(os.path.join(pack.folder, path), pack.folder)
            for path in below(pack.folder, _ANY)
            if path != LOCK_NAME
        }
    except OSError as error:
        raise unusable(f"{pack.path} cannot be read: {reason(error)}", pack.said) from None


def _differences(lock: Lock, files: Mapping[str, bytes]) -> Iterator[str]:
    now = digests(files)
    for path in sorted({*now, *lock.files}):
        if path not in now:
            yield f"{path} is missing"
        elif path not in lock.files:
            yield f"{path} was added"
        elif now[path] != lock.files[path]:
            yield f"{path} has changed"
