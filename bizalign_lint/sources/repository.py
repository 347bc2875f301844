"""The entries and objects of a git repository, and the errors if there is none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from bizalign_lint.core.errors import UsageError
from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.sources.bounds import work_tree
from bizalign_lint.sources.git import git, look_alike, program
from bizalign_lint.sources.roots import CONFIG_NAME

FILES = ("100644", "100755")
"""The modes of regular files."""


def _oversized() -> bytes:
    """A stand-in for an object that is too large to be read; it is reported as too large."""
    return b" " * (MAX_BYTES + 1)


def regular(listed: bytes) -> Iterator[tuple[str, Sequence[str]]]:
    """The regular files that git lists with modes, each with the words between mode and path.

    Links and submodules are left out.
    """
    return ((path, rest) for path, (mode, *rest) in entries(listed) if mode in FILES)


def entries(listed: bytes) -> Iterator[tuple[str, Sequence[str]]]:
    """All entries that git lists: paths, each with the words before it."""
    for entry in os.fsdecode(listed).split("\0"):
        head, tab, path = entry.partition("\t")
        if tab:
            yield path, head.split(" ")


def is_home_among(paths: Iterable[str]) -> Callable[[str], bool]:
    """A function that reports whether a folder has a configuration among some paths."""
    split = (path.rpartition("/") for path in paths)
    return {folder for folder, _, name in split if name == CONFIG_NAME}.__contains__


def contents(root: str, names: Sequence[str]) -> list[bytes | None]:
    """The contents of git objects, None for each that is missing, and for all if git fails."""
    if not names:
        return []
    large = _large(root, names)
    if large is None:
        return [None] * len(names)
    given = os.fsencode("".join(f"{name}\n" for name in names if name not in large))
    answer = git(root, "cat-file", "--batch", given=given) if given else b""
    if answer is None:
        return [None] * len(names)
    found: list[bytes | None] = []
    position = 0
    for name in names:
        if name in large:
            found.append(_oversized())
            continue
        end = answer.index(b"\n", position)
        header = answer[position:end].rsplit(b" ", 2)
        position = end + 1
        if header[1] != b"blob":  # or missing
            found.append(None)
            continue
        size = int(header[2])
        found.append(answer[position : position + size])
        position += size + 1
    return found


def _large(root: str, names: Sequence[str]) -> frozenset[str] | None:
    """The objects that are larger than ``MAX_BYTES``; None if git fails."""
    given = os.fsencode("".join(f"{name}\n" for name in names))
    answer = git(root, "cat-file", "--batch-check=%(objectsize)", given=given)
    if answer is None:
        return None
    sizes = answer.decode("ascii", "replace").splitlines()
    return frozenset(
        name
        for name, size in zip(names, sizes, strict=True)
        if size.isdigit() and int(size) > MAX_BYTES
    )


def left_out(root: str, paths: Sequence[str]) -> dict[str, bytes]:
    """The contents in the index of files that a sparse checkout leaves out, by path."""
    known = skipped(root)
    objects = {path: known[path] for path in paths if path in known}
    found = contents(root, list(objects.values()))
    return {
        path: content for path, content in zip(objects, found, strict=True) if content is not None
    }


def skipped(root: str, index: str = "") -> dict[str, str]:
    """The names of git objects of regular files that a sparse checkout leaves out, by path."""
    listed = git(root, "ls-files", "-t", "--stage", "-z", index=index) or b""
    return {
        path: name
        for path, (flag, mode, name, _) in entries(listed)
        if flag == "S" and mode in FILES
    }


def no_repository(root: str, why: str) -> UsageError:
    """The error if git cannot be used in a folder; ``why`` says what needs git."""
    message, hint = _refusal(root, why)
    return UsageError(message, hint=hint)


def why_git_cannot_be_asked(root: str) -> str:
    """Why git cannot be used in a folder, for a note about going on without it."""
    return _refusal(root, "")[0]


def _refusal(root: str, why: str) -> tuple[str, str]:
    """Why git cannot be used in a folder, and a hint; ``why`` says what needs git."""
    if program() is None:
        return "git is not installed", f"{why}; install it"
    taken = look_alike(root)
    if taken is not None:
        message = f"git is not run in {taken}"
        hint = (
            "check a folder of a work tree instead: files laid out like that may come from "
            "anybody, and could make git start programs"
        )
        return f"{message}, which is laid out like a bare repository or a .git folder", hint
    if work_tree(root):
        hint = (
            "see what `git status` says there; if you trust its owner: "
            "`git config --global --add safe.directory FOLDER`"
        )
        return f"git refuses to read the repository of {root}", hint
    return f"{root} is not in a git repository", why
