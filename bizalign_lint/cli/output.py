"""Where reports go: standard output, and files that are there in full or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from typing import NamedTuple

from ..errors import UsageError
from ..near import nearest, suggestion
from ..reporters import FORMATS

drafts: set[str] = set()
"""The files that are being written now; whoever ends the process clears them away."""


class Output(NamedTuple):
    """A report in a format, to a file."""

    format: str
    path: str


def parse_output(text: str) -> Output:
    """``FORMAT:FILE`` as an Output that can be written, as far as can be told beforehand."""
    format_, colon, path = text.partition(":")
    if not colon or not path:
        raise UsageError(
            f"--output {text}: a format and a file are wanted", hint="for example json:report.json"
        )
    if format_ not in FORMATS:
        hint = suggestion(nearest(format_, FORMATS)) or f"there are {', '.join(FORMATS)}"
        raise UsageError(f"--output {text}: there is no format {format_}", hint=hint)
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise UsageError(f"--output {text}: there is no folder {folder}")
    if os.path.isdir(path):
        raise UsageError(f"--output {text}: {path} is a folder")
    return Output(format_, path)


def write(path: str, pieces: Iterable[str]) -> None:
    """Write a file in one step: whoever reads it sees the old content or the new."""
    _write(path, (piece.encode(errors="backslashreplace") for piece in pieces))


def replace_content(path: str, old: bytes, new: bytes) -> None:
    """Write a file in one step, if it still holds what it held and may be written to."""
    target = os.path.realpath(path)
    try:
        with open(target, "rb") as file:
            same = file.read() == old
        # A file can be replaced by whoever may write to its folder; being read-only must count.
        may = os.access(target, os.W_OK)
    except OSError as error:
        raise _refused(path, error) from None
    if not same:
        raise UsageError(
            f"cannot write {path}: it has changed since it was read", hint="run the command again"
        )
    if not may:
        raise UsageError(f"cannot write {path}: permission denied")
    _write(path, [new])


def _refused(path: str, error: OSError) -> UsageError:
    return UsageError(f"cannot write {path}: {(error.strerror or str(error)).lower()}")


def _write(path: str, pieces: Iterable[bytes]) -> None:
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            _fill(target, pieces)  # a device or a pipe cannot be replaced
            return
        draft = f"{target}.{os.getpid()}.tmp"
        drafts.add(draft)
        try:
            _fill(draft, pieces)
            if os.path.exists(target):
                os.chmod(draft, stat.S_IMODE(os.stat(target).st_mode))
            os.replace(draft, target)
        except BaseException:
            if os.path.exists(draft):
                os.unlink(draft)
            raise
        finally:
            drafts.discard(draft)
    except OSError as error:
        raise _refused(path, error) from None


def _fill(path: str, pieces: Iterable[bytes]) -> None:
    with open(path, "wb") as file:
        file.writelines(pieces)
