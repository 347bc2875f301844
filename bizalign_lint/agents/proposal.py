"""The edits that an agent proposes → the files as they would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from bizalign_lint.agents.desk import Reading
from bizalign_lint.agents.places import PlaceError, existing
from bizalign_lint.core.limits import MAX_BYTES
from bizalign_lint.core.types import Source


class Objection(NamedTuple):
    """Why a proposal is refused."""

    code: str
    """The kind of objection, for programs."""
    message: str
    path: str | None = None
    """The file that it is about; None if it is about the whole proposal."""


class RefusedError(Exception):
    """A proposal that cannot be tried."""

    def __init__(self, code: str, message: str, path: str) -> None:
        super().__init__(message)
        self.objection = Objection(code, message, path)


class Changed(NamedTuple):
    """A file as it is (None if it does not exist), and as it would be."""

    old: Source | None
    new: Source


def proposed(edits: Sequence[Mapping[str, Any]], reading: Reading) -> list[Changed]:
    """The files that edits change. Raises RefusedError for the first that does not apply."""
    found: dict[str, Changed] = {}
    for edit in edits:
        path = edit["path"]
        if path in found:
            raise RefusedError(
                "twice", "the file is in the proposal twice: put its edits together", path
            )
        try:
            old = existing(path, reading)
        except PlaceError as error:
            raise RefusedError("path", str(error), path) from None
        _check_state(edit.get("sha256"), old, path)
        new = _new_text(edit, old, path).encode()
        if len(new) > MAX_BYTES:
            raise RefusedError("text", f"a file has at most {MAX_BYTES:,} bytes", path)
        if old is not None and old.content == new:
            raise RefusedError("unchanged", "the edit changes nothing", path)
        found[path] = Changed(old, Source(path, new))
    return [*found.values()]


def digest(source: Source | None) -> str | None:
    """The SHA-256 of a file, which identifies its state; None if there is no file."""
    return None if source is None else sha256(source.content).hexdigest()


def _check_state(said: str | None, old: Source | None, path: str) -> None:
    if old is None and said is not None:
        raise RefusedError("stale", "the file does not exist: leave out sha256 to create it", path)
    if old is not None and said is None:
        raise RefusedError("stale", "the file exists: give its sha256, which get returns", path)
    if said is not None and said != digest(old):
        raise RefusedError(
            "stale", "the file has changed since it was read: read it again with get", path
        )


def _new_text(edit: Mapping[str, Any], old: Source | None, path: str) -> str:
    text: str | None = edit.get("text")
    replacements: Sequence[Mapping[str, str]] | None = edit.get("replace")
    if (text is None) == (replacements is None):
        raise RefusedError("form", "give either text or replace", path)
    if text is not None:
        return text
    assert replacements is not None
    if old is None:
        raise RefusedError("stale", "there is nothing to replace: the file does not exist", path)
    try:
        now = old.content.decode()
    except UnicodeDecodeError:
        raise RefusedError(
            "text", "the file is not UTF-8: a person has to change it", path
        ) from None
    returns = "\r\n" in now and "\n" not in now.replace("\r\n", "")
    for replacement in replacements:
        before, after = replacement["old"], replacement["new"]
        if returns:
            before, after = (
                part.replace("\r\n", "\n").replace("\n", "\r\n") for part in (before, after)
            )
        count = now.count(before)
        if count != 1:
            where = "is not in the file" if count == 0 else f"is in the file {count} times"
            raise RefusedError("match", f"the old text {where}: it must occur exactly once", path)
        now = now.replace(before, after)
    return now
