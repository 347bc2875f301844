"""The earlier versions of files; the history is walked once for all of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bizalign_lint.core.types import Source
from bizalign_lint.sources.git import git
from bizalign_lint.sources.repository import FILES, contents
from bizalign_lint.sources.revision import Revision

MAX_VERSIONS = 20
"""Maximum number of versions of a file that are read."""

_MAX_NAMED = 300
"""Maximum number of paths passed to git, which compares each of them with every entry."""
_MAX_WALKS = 8
"""Maximum number of renames of a file that are followed."""

_RAW = ("--raw", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv", "-M")
_COMMIT = re.compile(r"[0-9a-f]{40,64}")

Sources = dict[tuple[str, str], str]
"""The former path of a file, by the commit in which it appeared and its path; empty if none."""


class _Change(NamedTuple):
    """A change of a file in a commit; ``source`` is its former path."""

    status: str
    mode: str
    blob: str
    source: str
    path: str


def versions(revision: Revision, paths: Iterable[str]) -> Mapping[str, Sequence[Source]]:
    """The versions of files at a revision and before it, newest first; renames are followed."""
    wanted = list(dict.fromkeys(paths))
    prefix = os.fsdecode(git(revision.root, "rev-parse", "--show-prefix") or b"").rstrip("\n")
    blobs = _blobs(revision, [prefix + path for path in wanted])
    names = list(dict.fromkeys(blob for file_blobs in blobs for blob in file_blobs))
    then = dict(zip(names, contents(revision.root, names), strict=True))
    return {
        path: [
            Source(path, content) for blob in file_blobs if (content := then.get(blob)) is not None
        ]
        for path, file_blobs in zip(wanted, blobs, strict=True)
    }


def _blobs(revision: Revision, paths: Sequence[str]) -> list[list[str]]:
    """The git objects of each file after each of its changes, newest first."""
    sources: Sources = {}
    names = set(paths)
    for _ in range(_MAX_WALKS):
        named = sorted(names) if len(names) <= _MAX_NAMED else []
        files, appeared = _walk(revision, paths, named, sources)
        sources |= _sources(revision, appeared)
        earlier = {sources[birth] for birth in appeared} - {""}
        if not earlier:
            break
        names |= earlier
    return [file.blobs for file in files]


class _File:
    """A file that is followed backwards through the history."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.blobs: list[str] = []


def _walk(
    revision: Revision, paths: Sequence[str], named: Sequence[str], sources: Sources
) -> tuple[list[_File], list[tuple[str, str]]]:
    """The files with the objects found, and the commits and paths in which files appeared whose
    former paths are not in ``sources`` yet. Without ``named``, git lists all files."""
    only = [f":(top,literal){name}" for name in named]
    log = git(
        revision.root, "log", "--topo-order", *_RAW, "--format=%H", revision.commit, "--", *only
    )
    files = [_File(path) for path in paths]
    by_path = {file.path: [file] for file in files}
    appeared: list[tuple[str, str]] = []
    for commit, change in _changes(log or b""):
        moved = by_path.pop(change.path, ())
        for file in moved:
            if change.mode in FILES:
                file.blobs.append(change.blob)
            file.path = change.source
        if moved and change.status[0] == "A":
            birth = commit, change.path
            appeared += [] if birth in sources else [birth]
            for file in moved:
                file.path = sources.get(birth) or change.path
        for file in moved:
            if len(file.blobs) < MAX_VERSIONS:
                by_path.setdefault(file.path, []).append(file)
    return files, appeared


def _sources(revision: Revision, appeared: Sequence[tuple[str, str]]) -> Sources:
    """The former paths of files that appeared in commits."""
    found: Sources = dict.fromkeys(appeared, "")
    commits = dict.fromkeys(commit for commit, _ in appeared)
    given = "".join(f"{commit}\n" for commit in commits).encode()
    trees = git(revision.root, "diff-tree", "--stdin", "-r", *_RAW, given=given) if given else None
    for commit, change in _changes(trees or b""):
        if change.status[0] == "R" and (commit, change.path) in found:
            found[commit, change.path] = change.source
    return found


def _changes(log: bytes) -> Iterator[tuple[str, _Change]]:
    """The changes in a raw log, newest first, each with its commit."""
    words = iter(log.decode("utf-8", "surrogateescape").split("\0"))
    commit = ""
    for word in map(str.strip, words):
        if _COMMIT.fullmatch(word):
            commit = word
        elif word.startswith(":"):
            _, mode, _, blob, status = word.split(" ")
            source = next(words, "")
            # A rename or copy has two paths, any other change has one.
            path = next(words, "") if status[0] in "RC" else source
            yield commit, _Change(status=status, mode=mode, blob=blob, source=source, path=path)
