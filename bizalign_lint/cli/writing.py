"""Whatever is written to disk: where it may go, and in full or not at all.

What is checked may come from anybody, and git keeps symbolic links: none that lies in the
repository decides where we write.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple

from bizalign_lint.cli.exchange import exchange, undisturbed
from bizalign_lint.cli.kept import refuse_kept
from bizalign_lint.cli.sync import sync, sync_folder
from bizalign_lint.core.errors import UsageError, reason
from bizalign_lint.sources.bounds import OutsideError, resolved, top
from bizalign_lint.sources.read import read

drafts: set[str] = set()
"""The files that are being written now; whoever ends the process clears them away."""

_MOST_LINKS = 40
_STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")
"""Names of what this process has open already, which is added to and never replaced."""
_NEW = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Target(NamedTuple):
    """A file that may be written."""

    name: str
    """As messages call it."""
    place: str
    """Its absolute path, on which there is no link."""


def output_target(path: str, root: str) -> Target:
    """A file that is ours or the user's to name, seen from a workspace.

    It may be anywhere. Raises UsageError if the path leads through a link that is in the repository
    (without git: in the workspace).
    """
    repository = top(root)
    place, rest = _split(os.path.join(os.getcwd(), path))
    links = 0
    while rest:
        name = rest.pop()
        if name == os.pardir:
            place = os.path.dirname(place)
            continue
        below = os.path.join(place, name)
        if not os.path.islink(below):
            place = below
            continue
        if _inside(below, repository):
            raise UsageError(
                f"cannot write {path}: {os.path.relpath(below, root)} is a symbolic link",
                hint="a link could lead anywhere, so nothing is written through it; replace it "
                "with a file or folder",
            )
        links += 1
        if links > _MOST_LINKS:
            raise UsageError(f"cannot write {path}: {os.strerror(errno.ELOOP).lower()}")
        place, leads = _split(os.path.join(place, os.readlink(below)))
        rest += leads
    return Target(path, place)


def model_target(path: str, root: str) -> Target:
    """A file of the model, relative to the root; links to other files of the workspace count as it.

    Raises UsageError where a link leads out of the workspace, or to what git keeps for itself.
    """
    shown = os.path.join(root, path)
    try:
        place = resolved(shown, os.path.realpath(root))
    except OutsideError:
        raise UsageError(
            f"cannot write {shown}: a symbolic link points outside the workspace",
            hint="only files of the workspace are changed; fix this one in its own place",
        ) from None
    return Target(shown, place)


def content(target: Target) -> bytes | None:
    """What a file holds, to be compared before it is replaced; None when there is none."""
    try:
        return read(target.place)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read {target.name}: {reason(error)}") from None


def write(target: Target, pieces: Iterable[str | bytes]) -> None:
    """Write a file in one step: whoever reads it sees the old content or the new."""
    _put(target, encoded(pieces))


def replace(target: Target, old: bytes | None, new: Iterable[bytes]) -> None:
    """Write a file in one step, if it still holds what it held; None: if it is still not there."""
    _put(target, new, (old,))


def write_output(path: str, pieces: Iterable[str | bytes], root: str) -> None:
    """Write a file that the user named, but none of the model; to a device or pipe, as it is."""
    if os.path.normpath(path).startswith(_STREAMS):
        sys.stdout.flush()
        _fill(Target(path, path), pieces, os.O_WRONLY | os.O_APPEND)
        return
    target = output_target(path, root)
    status = _status(target)
    if status is None or stat.S_ISREG(status.st_mode):
        refuse_kept(path, target.place)
        write(target, pieces)
    else:
        _fill(target, pieces, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))


@contextmanager
def copies(files: Mapping[str, bytes]) -> Iterator[str]:
    """A folder with some files, for nobody else and for as long as it is needed.

    Nothing is read outside of it: to whoever looks for one, it is the top of a work tree.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="bizalign-") as made:
        folder = os.path.realpath(made)
        os.mkdir(os.path.join(folder, ".git"))
        for path, content in files.items():
            target = os.path.join(folder, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "xb", opener=lambda path, _: os.open(path, _NEW, 0o600)) as file:
                file.write(content)
        yield folder


def remove(target: Target) -> None:
    """Remove a file."""
    try:
        os.unlink(target.place)
    except OSError as error:
        raise UsageError(f"cannot remove {target.name}: {reason(error)}") from None


def write_new(folder: str, name: str, text: str) -> str:
    """Write a file for nobody else to read; returns its path, which nobody can have guessed.

    The folder is made when it is not there. Raises OSError.
    """
    os.makedirs(folder, mode=0o700, exist_ok=True)
    stem, dot, suffix = name.rpartition(".")
    path = os.path.join(folder, f"{stem}-{os.urandom(8).hex()}{dot}{suffix}")
    handle = os.open(path, _NEW, 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(text.encode(errors="backslashreplace"))
    except BaseException:
        os.unlink(path)
        raise
    return path


def _put(target: Target, pieces: Iterable[bytes], held: tuple[bytes | None, ...] = ()) -> None:
    """Fill a draft beside the file and put it in its place; what it ``held`` must be there yet."""
    status = _status(target)
    mode = None
    if status is not None:
        if not stat.S_ISREG(status.st_mode):
            raise UsageError(f"cannot write {target.name}: it is not a regular file")
        # A file can be replaced by whoever may write to its folder; being read-only must count.
        if not os.access(target.place, os.W_OK):
            raise UsageError(f"cannot write {target.name}: permission denied")
        mode = status.st_mode & 0o777
    folder = os.path.dirname(target.place)
    draft = os.path.join(folder, f".bizalign-{os.urandom(8).hex()}.tmp")
    drafts.add(draft)
    try:
        os.makedirs(folder, exist_ok=True)
        _draft(draft, pieces, mode)
        if held:
            _put_in_place_of(held[0], draft, target)
        else:
            os.replace(draft, target.place)
        _clear(draft)  # here already, so that an interruption of it is made up for below
        sync_folder(folder)
    except OSError as error:
        raise _refused(target, error) from None
    finally:
        _clear(draft)
        drafts.discard(draft)


def _clear(draft: str) -> None:
    """Remove a draft, or the old file that has taken its name; what is in place is neither."""
    with suppress(OSError):
        os.unlink(draft)


def _put_in_place_of(old: bytes | None, draft: str, target: Target) -> None:
    """Put a draft where a file is that holds what it held, or where there is still none.

    A file that is saved by somebody else at the same moment is not lost.
    """
    changed = UsageError(
        f"cannot write {target.name}: it has changed since it was read",
        hint="run the command again",
    )
    if content(target) != old:
        raise changed
    if old is None:
        try:
            os.link(draft, target.place)
        except FileExistsError:
            raise changed from None
        except OSError:  # not every file system has links
            os.replace(draft, target.place)
        return
    exchanged = same = False
    with undisturbed():
        # Whoever ends the process now clears nothing away: it may be what somebody else has saved.
        drafts.discard(draft)
        try:
            exchanged = exchange(draft, target.place)
            same = not exchanged or content(Target(target.name, draft)) == old
        finally:
            if exchanged and not same:
                exchange(draft, target.place)
            drafts.add(draft)
    if not same:
        raise changed
    if not exchanged:
        os.replace(draft, target.place)


def _draft(path: str, pieces: Iterable[bytes], mode: int | None) -> None:
    """Write a new file down to the disk; with a ``mode``, nobody whom it shuts out can read it."""
    with open(
        path, "xb", opener=lambda path, _: os.open(path, _NEW, 0o666 if mode is None else mode)
    ) as file:
        file.writelines(pieces)
        file.flush()
        if mode is not None:
            os.chmod(path, mode)  # the umask has taken from it
        sync(file.fileno())


def _fill(target: Target, pieces: Iterable[str | bytes], flags: int) -> None:
    """Write to what is there and cannot be replaced."""
    try:
        with open(target.place, "wb", opener=lambda path, _: os.open(path, flags)) as file:
            file.writelines(encoded(pieces))
    except OSError as error:
        raise _refused(target, error) from None


def encoded(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """Bytes as they are, text as it is written; what UTF-8 cannot hold, with a backslash."""
    for piece in pieces:
        yield piece.encode(errors="backslashreplace") if isinstance(piece, str) else piece


def _status(target: Target) -> os.stat_result | None:
    try:
        return os.lstat(target.place)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refused(target, error) from None


def _split(path: str) -> tuple[str, list[str]]:
    """Where an absolute path begins, and the names on the way, the last one first."""
    drive, names = os.path.splitdrive(path.replace(os.altsep or os.sep, os.sep))
    return drive + os.sep, [name for name in names.split(os.sep)[::-1] if name not in ("", ".")]


def _inside(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))


def _refused(target: Target, error: OSError) -> UsageError:
    return UsageError(f"cannot write {target.name}: {reason(error)}")
