"""The set-up of a workspace as it was at a revision: its files."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bizalign_lint.core.errors import BizalignError
from bizalign_lint.core.types import Source
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.repository import contents
from bizalign_lint.sources.revision import Revision, whole_tree
from bizalign_lint.sources.roots import CONFIG_NAME

KEPT = (".bizalign-baseline.json", ".bizalign-coverage.yaml")
"""What lies beside the configuration and decides what is reported."""


class Base(NamedTuple):
    """A set-up as it was, and which workspaces there were."""

    place: str
    """The workspace's root, relative to the top of the repository; empty for the top."""
    home: str | None
    """The nearest folder with a configuration, relative to the root; None where there was none."""
    nested: frozenset[str]
    """The workspaces below the root, relative to it."""
    files: dict[str, bytes]
    """The files of the set-up, relative to the top of the repository."""


def set_up_at(revision: Revision) -> Base:
    """The set-up of a workspace at a revision."""
    files = whole_tree(revision)
    place = os.path.relpath(revision.root, work_tree(revision.root))
    place = "" if place == "." else place.replace(os.sep, "/")
    needed = dict(_needed(revision, files, place))
    return Base(place, _home(files, place), _nested(files, place), needed)


def _needed(
    revision: Revision, files: Mapping[str, str], place: str
) -> Iterator[tuple[str, bytes]]:
    """The files of the set-up: what the configurations name, and what lies beside the first."""
    waiting = [posixpath.join(place, name) for name in (CONFIG_NAME, *KEPT)]
    configurations = waiting[:1]
    seen: set[str] = set()
    while waiting:
        asked = [p for p in dict.fromkeys(waiting) if p in files and p not in seen and _safe(p)]
        waiting = []
        seen.update(asked)
        found = contents(revision.root, [files[path] for path in asked]) or []
        for path, content in zip(asked, found, strict=False):
            if content is None:
                continue
            yield path, content
            if path in configurations:
                extended, named = _named(path, content)
                configurations += extended
                waiting += extended
                waiting += named
                below = tuple(f"{folder}/" for folder in named)
                waiting += [p for p in files if below and p.startswith(below)]


def _named(path: str, content: bytes) -> tuple[list[str], list[str]]:
    """What a configuration extends, and the files and folders that it names."""
    try:
        value = read_document(Source(path, content)).value
    except BizalignError:
        return [], []  # reported by whoever reads it as a configuration
    home = posixpath.dirname(path)

    def paths(*keys: str) -> list[str]:
        said = (value.get(key) for key in keys)
        texts = (t for one in said for t in (one if isinstance(one, list) else [one]))
        return [posixpath.normpath(posixpath.join(home, t)) for t in texts if isinstance(t, str)]

    said = value.get("sources")
    mappings = [
        posixpath.normpath(posixpath.join(home, one["mapping"]))
        for one in (said if isinstance(said, list) else ())
        if isinstance(one, dict) and isinstance(one.get("mapping"), str)
    ]
    return paths("extends"), [*paths("packs", "schemas", "rules"), *mappings]


def _safe(path: str) -> bool:
    parts = path.split("/")
    return not ({"", ".", ".."} & {*parts}) and ".git" not in map(str.lower, parts)


def _home(files: Mapping[str, str], place: str) -> str | None:
    folder = place
    while True:
        if posixpath.join(folder, CONFIG_NAME) in files:
            return posixpath.relpath(folder or ".", place or ".")
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _nested(files: Mapping[str, str], place: str) -> frozenset[str]:
    prefix = f"{place}/" if place else ""
    return frozenset(
        posixpath.dirname(path)[len(prefix) :]
        for path in files
        if path.startswith(prefix)
        and path.endswith(f"/{CONFIG_NAME}")
        and posixpath.dirname(path) != place
    )
