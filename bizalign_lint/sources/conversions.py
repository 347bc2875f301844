"""Files that git converts between work tree and objects, read from the work tree.

A filter is a program named by the repository's configuration, and is not run. Its result is in the
work tree, as long as nobody has changed the file there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

from bizalign_lint.sources.git import git
from bizalign_lint.sources.read import Files
from bizalign_lint.sources.repository import entries

_ATTRIBUTES = ("filter", "working-tree-encoding", "ident")
_UNSET = ("unspecified", "unset", "")
_STATE = re.compile(r"(?:  .*\n)*?  mtime: (\d+):(\d+)\n(?:  .*\n)*?  size: (\d+)\t.*\n")


def as_checked_out(root: str, objects: Mapping[str, str], index: str = "") -> dict[str, bytes]:
    """The contents of converted files that are unchanged in the work tree, by path.

    ``objects`` are the names of the git objects, by path.
    """
    converted = _converted(root, objects)
    if not converted:
        return {}
    found: dict[str, bytes] = {}
    listed = git(root, "ls-files", "--debug", "--stage", "-z", index=index) or b""
    # Each path is followed by lines about the state of the file when git last read it.
    disk = Files(root)
    marked = re.sub(rb"\0((?:  .*\n)*)", lambda m: b"\0" + m[1] + b"\0", listed)
    fields = marked.split(b"\0")
    for entry, state in zip(fields[::2], fields[1::2], strict=False):
        for path, (_, name, _) in entries(entry):
            if path in converted and objects[path] == name:
                content = _unchanged(disk, root, path, os.fsdecode(state))
                if content is not None:
                    found[path] = content
    return found


def _converted(root: str, paths: Iterable[str]) -> frozenset[str]:
    """The files that git converts by a filter or encoding, not counting line endings."""
    given = os.fsencode("".join(f"{path}\0" for path in paths))
    if not given:
        return frozenset()
    output = git(root, "check-attr", "-z", "--stdin", *_ATTRIBUTES, given=given)
    fields = os.fsdecode(output or b"").split("\0")
    attributes = zip(fields[::3], fields[2::3], strict=False)
    return frozenset(path for path, value in attributes if value not in _UNSET)


def _unchanged(disk: Files, root: str, path: str, state: str) -> bytes | None:
    """The content of a file that has not changed since git last read it; else None."""
    seen = _STATE.match(state)
    try:
        now = os.lstat(os.path.join(root, path))
        if seen is None or now.st_size != int(seen[3]):
            return None
        seconds, rest = divmod(now.st_mtime_ns, 1_000_000_000)
        if seconds != int(seen[1]) or rest != int(seen[2]):
            return None
        return disk.read(path)
    except OSError:
        return None
