"""Installed Python packages → the packs that they contain, by their metadata alone.

A distribution declares in ``entry_points.txt``, in the group ``bizalign_lint.packs``, which of its
packages holds a pack. Nothing of it is imported, and only the folders that the interpreter installs
packages to are read, whatever else is on its path.
"""

from __future__ import annotations

import os
import re
import site
import sysconfig
from collections.abc import Iterator

from bizalign_lint.core.errors import UsageError

GROUP = "bizalign_lint.packs"

_SECTION = re.compile(r"^\[([^\]]+)\]$")
_LINE = re.compile(r"^([A-Za-z0-9._-]+)\s*=\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)$")
_MOST_BYTES = 100_000


def installed() -> dict[str, str]:
    """The folder of each installed pack, by name. Raises UsageError where two have one name."""
    found: dict[str, str] = {}
    for home in _homes():
        for name, module in _declared(home):
            folder = os.path.join(home, *module.split("."))
            if name in found and found[name] != folder:
                raise UsageError(
                    f"two packs called {name} are installed: {found[name]} and {folder}",
                    hint="remove one of the two packages",
                )
            found[name] = folder
    return found


def _homes() -> list[str]:
    """The folders that packages are installed to; other folders on the path are left out."""
    paths = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()]
    if site.ENABLE_USER_SITE:
        paths.append(site.getusersitepackages())
    return list(dict.fromkeys(os.path.realpath(path) for path in paths if os.path.isdir(path)))


def _declared(home: str) -> Iterator[tuple[str, str]]:
    with os.scandir(home) as entries:
        names = sorted(entry.name for entry in entries if entry.name.endswith(".dist-info"))
    for name in names:
        yield from _entries(os.path.join(home, name, "entry_points.txt"))


def _entries(file: str) -> Iterator[tuple[str, str]]:
    """The name and module of each pack that a distribution declares; broken lines are skipped."""
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            text = opened.read(_MOST_BYTES)
    except OSError:
        return
    section = ""
    for line in map(str.strip, text.splitlines()):
        if heading := _SECTION.match(line):
            section = heading[1].strip()
        elif section == GROUP and (entry := _LINE.match(line)):
            yield entry[1], entry[2]
