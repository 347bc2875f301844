"""The value of ``packs`` in a configuration → the packs."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bizalign_lint.core.errors import BizalignError, reason
from bizalign_lint.core.suggest import hint, listed
from bizalign_lint.core.types import Place
from bizalign_lint.packs.lock import verify
from bizalign_lint.packs.pack import Pack, read_pack, unusable
from bizalign_lint.sources.bounds import HINT, OutsideError, resolved


def is_folder(entry: str) -> bool:
    """Whether an entry names a folder, and not an installed package."""
    return "/" in entry or entry.startswith(".")


def find_packs(
    entries: Sequence[str], said: Place, root: str, within: Sequence[str]
) -> tuple[Pack, ...]:
    """The packs that entries of a configuration name, in their order.

    ``said`` is the place of the list; folders must be in one of ``within``. Raises ConfigError,
    with the place, for an entry whose pack is missing or cannot be used.
    """
    packs: dict[str, Pack] = {}
    for index, entry in enumerate(entries):
        place = Place(said.document, (*said.pointer, index))
        pack = _find(entry, place, root, within)
        if pack.name in packs:
            other = packs[pack.name].path
            raise unusable(f"two packs are called {pack.name}: {other} and {pack.path}", place)
        verify(pack)
        packs[pack.name] = pack
    return tuple(packs.values())


def _find(entry: str, place: Place, root: str, within: Sequence[str]) -> Pack:
    if not is_folder(entry):
        return _installed(entry, place)
    home = os.path.dirname(os.path.join(root, place.document.source.path))
    path = os.path.normpath(os.path.join(home, entry))
    try:
        real = resolved(path, *within)
    except OutsideError as error:
        raise unusable(f"{entry} cannot be read: {reason(error)}", place, HINT) from None
    if not os.path.isdir(real):
        raise unusable(f"no such folder: {entry}", place)
    if real == os.path.realpath(root):
        raise unusable("the pack is the workspace itself", place, "give the model its own folder")
    return read_pack(real, os.path.relpath(path, root).replace(os.sep, "/"), place)


def _installed(name: str, place: Place) -> Pack:
    from bizalign_lint.packs.installed import installed

    try:
        known = installed()
    except BizalignError as error:
        raise unusable(error.message, place, error.hint) from None
    if name not in known:
        there = listed(sorted(known)) if known else "none is installed"
        otherwise = f"{there}; to name a folder, write it with a slash: packs/{name}"
        raise unusable(f"no pack {name} is installed", place, hint(name, known, otherwise))
    folder = known[name]
    if not os.path.isdir(folder):
        raise unusable(
            f"the pack {name} is installed without its files: {folder} does not exist",
            place,
            "an editable installation has no files there; name the pack's folder instead",
        )
    pack = read_pack(os.path.realpath(folder), folder.replace(os.sep, "/"), place)
    if pack.name != name:
        raise unusable(f"the package installs {name}, but its pack.yaml says {pack.name}", place)
    return pack
