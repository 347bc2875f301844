"""The set-up of a workspace as it was at a revision: its files, in a folder of their own."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    """Where the set-up of a revision lies, and which workspaces there were."""

    root: str
    """The folder that stands for the workspace's root; its files are copies."""
    home: str | None
    """The nearest folder with a configuration, relative to the root; None where there was none."""
    nested: frozenset[str]
    """The workspaces below the root, relative to it."""


@contextmanager
def set_up_at(revision: Revision) -> Iterator[Base]:
    """Write the set-up of a revision into a folder that is there for as long as it is needed."""
    from tempfile import TemporaryDirectory

    files = whole_tree(revision)
    top = work_tree(revision.root)
    place = os.path.relpath(revision.root, top).replace(os.sep, "/").removeprefix(".")
    with TemporaryDirectory(prefix="bizalign-") as folder:
        folder = os.path.realpath(folder)
        # What nothing is read outside of.
        os.mkdir(os.path.join(folder, ".git"))
        root = os.path.join(folder, place)
        os.makedirs(root, exist_ok=True)
        for path, content in _needed(revision, files, place):
            target = os.path.join(folder, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "xb") as file:
                file.write(content)
        yield Base(root, _home(files, place), _nested(files, place))


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
        return [], []  # told by whoever reads it as a configuration
    home = posixpath.dirname(path)

    def paths(*keys: str) -> list[str]:
        said = (value.get(key) for key in keys)
        texts = (t for one in said for t in (one if isinstance(one, list) else [one]))
        return [posixpath.normpath(posixpath.join(home, t)) for t in texts if isinstance(t, str)]

    return paths("extends"), paths("schemas", "rules")


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
