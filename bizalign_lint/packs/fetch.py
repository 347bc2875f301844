"""An address and a revision → the files of the pack there, and their commit."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.packs.pack import FILE_NAME, PARTS
from bizalign_lint.sources.git import fetch, git
from bizalign_lint.sources.listing import SUFFIXES
from bizalign_lint.sources.repository import FILES, contents

MOST_FILES = 1_000
"""The largest number of files in a fetched pack."""

_TEXTS = re.compile(r"(?:README|LICEN[CS]E|NOTICE|CHANGELOG)(?:\.(?:md|txt))?")
_ADDRESS = re.compile(r"(?:https|ssh|file)://[^\s@]*(?<!/)|ssh://[\w.-]+@[^\s@:]+(?::\d+)?/\S+")
_SHORT = re.compile(r"[\w.-]+@[\w.-]+:[^\s:]+")
_REVISION = re.compile(r"[A-Za-z0-9][\w./-]*")
_NAME = re.compile(r"\w[\w.-]*", re.ASCII)
_SECRET = re.compile(r"://[^/@]*@")
"""User and password in an address; never repeated in messages."""


class Fetched(NamedTuple):
    """A pack as it is at a commit."""

    commit: str
    files: dict[str, bytes]
    """By their paths in the pack."""


def check_address(address: str, revision: str, folder: str) -> None:
    """Raise UsageError for an address, revision or folder that is not safe to pass to git."""
    if not _ADDRESS.fullmatch(address) and not _SHORT.fullmatch(address):
        shown = _SECRET.sub("://…@", address)
        raise UsageError(
            f"packs cannot be fetched from {shown}",
            hint="use an address that begins with https://, ssh:// or file://, or user@host:path; "
            "leave out passwords and tokens, git asks its credential helper for them",
        )
    if not _REVISION.fullmatch(revision) or ".." in revision:
        raise UsageError(f"{revision!r} is not a branch, tag or commit")
    if folder and not all(map(_NAME.fullmatch, folder.split("/"))):
        raise UsageError(
            f"{folder!r} is not a folder of a repository", hint="use a path such as packs/house"
        )


def fetch_pack(address: str, revision: str, folder: str, into: str) -> Fetched:
    """The pack in a folder of a repository. ``into`` is an empty folder for git to work in.

    Raises UsageError if it cannot be fetched, is not a pack, or is too large.
    """
    check_address(address, revision, folder)
    problem = fetch(into, address, revision)
    if problem:
        raise UsageError(
            f"{revision} cannot be fetched from {address}: {_reason(problem)}",
            hint="try git ls-remote with the same address; not every server serves single "
            "commits, but all serve branches and tags",
        )
    commit = git(into, "rev-parse", "--verify", "FETCH_HEAD^{commit}")
    listed = git(into, "ls-tree", "-r", "-z", "--full-tree", "FETCH_HEAD")
    if commit is None or listed is None:
        raise UsageError(f"{revision} of {address} is not a commit")
    objects = dict(_kept(os.fsdecode(listed), folder))
    if FILE_NAME not in objects:
        where = f"{folder}/{FILE_NAME}" if folder else FILE_NAME
        raise UsageError(
            f"{address} has no {where} at {revision}",
            hint="name the folder of the pack in that repository with --folder",
        )
    if len(objects) > MOST_FILES:
        raise UsageError(f"{address} has {len(objects):,} files; a pack has at most {MOST_FILES:,}")
    found = contents(into, list(objects.values()))
    files = {path: held for path, held in zip(objects, found, strict=True) if held is not None}
    _check_whole(address, objects, files)
    return Fetched(commit.decode().strip(), files)


def _reason(problem: str) -> str:
    """The line of git's output that says why it failed; the rest is progress and advice."""
    lines = problem.splitlines()
    fatal = next((line for line in lines if line.startswith("fatal: ")), lines[0])
    return fatal.removeprefix("fatal: ")


def _check_whole(address: str, objects: Mapping[str, str], files: Mapping[str, bytes]) -> None:
    for path in objects:
        if path not in files:
            raise UsageError(f"git did not return {path} of {address}")
        if len(files[path]) > MAX_BYTES:
            raise UsageError(f"{path} of {address} has more than {MAX_BYTES:,} bytes")


def _kept(listed: str, folder: str) -> Iterator[tuple[str, str]]:
    """The files that belong to a pack, each with the name of its git object."""
    prefix = f"{folder}/" if folder else ""
    for entry in listed.split("\0"):
        head, tab, path = entry.partition("\t")
        if not tab or not path.startswith(prefix):
            continue
        inner = path[len(prefix) :]
        top, _, rest = inner.partition("/")
        if not (_is_text(inner) or (top in PARTS and (not rest or rest.endswith(SUFFIXES)))):
            continue
        mode, _, name = head.split(" ")
        if mode not in FILES:
            raise UsageError(f"{path} is a link or a submodule; a pack holds its own files")
        if not all(map(_NAME.fullmatch, inner.split("/"))):
            raise UsageError(f"{path!r} is not a valid name for a file of a pack")
        yield posixpath.normpath(inner), name


def _is_text(inner: str) -> bool:
    return inner == FILE_NAME or bool(_TEXTS.fullmatch(inner))
