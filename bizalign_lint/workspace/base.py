"""The set-up files of a workspace at an earlier revision."""

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

COMPANIONS = (".bizalign-baseline.json", ".bizalign-coverage.yaml")
"""Files beside the configuration that affect what is reported."""


class Base(NamedTuple):
    """The set-up at a revision, and the workspaces that existed then."""

    place: str
    """The workspace's root, relative to the top of the repository; empty for the top."""
    home: str | None
    """The nearest folder with a configuration, relative to the root; None if there was none."""
    nested: frozenset[str]
    """The workspaces below the root, relative to it."""
    files: dict[str, bytes]
    """The files of the set-up, relative to the top of the repository."""


def set_up_at(revision: Revision) -> Base:
    """The set-up of a workspace at a revision. Raises UsageError if git cannot read it."""
    files = whole_tree(revision)
    place = os.path.relpath(revision.root, work_tree(revision.root))
    place = "" if place == "." else place.replace(os.sep, "/")
    needed = dict(_needed(revision, files, place))
    return Base(place, _home(files, place), _nested(files, place), needed)


def _needed(
    revision: Revision, files: Mapping[str, str], place: str
) -> Iterator[tuple[str, bytes]]:
    """The files of the set-up: those named by configurations, and those beside the first one."""
    pending = [posixpath.join(place, name) for name in (CONFIG_NAME, *COMPANIONS)]
    configurations = pending[:1]
    seen: set[str] = set()
    while pending:
        batch = [p for p in dict.fromkeys(pending) if p in files and p not in seen and _is_safe(p)]
        pending = []
        seen.update(batch)
        found = contents(revision.root, [files[path] for path in batch])
        for path, content in zip(batch, found, strict=True):
            if content is None:
                continue
            yield path, content
            if path in configurations:
                extended, named = _named(path, content)
                configurations += extended
                pending += extended
                pending += named
                below = tuple(f"{folder}/" for folder in named)
                pending += [p for p in files if p.startswith(below)]


def _named(path: str, content: bytes) -> tuple[list[str], list[str]]:
    """The configurations that a configuration extends, and the files and folders that it names."""
    try:
        value = read_document(Source(path, content)).value
    except BizalignError:
        return [], []  # reported when it is read as a configuration
    home = posixpath.dirname(path)

    def paths(*keys: str) -> list[str]:
        settings = (value.get(key) for key in keys)
        texts = (t for item in settings for t in (item if isinstance(item, list) else [item]))
        return [posixpath.normpath(posixpath.join(home, t)) for t in texts if isinstance(t, str)]

    settings = value.get("sources")
    mappings = [
        posixpath.normpath(posixpath.join(home, entry["mapping"]))
        for entry in (settings if isinstance(settings, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("mapping"), str)
    ]
    return paths("extends"), [*paths("packs", "schemas", "rules"), *mappings]


def _is_safe(path: str) -> bool:
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
