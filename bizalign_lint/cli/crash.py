"""A crash: a log for us, two lines for the user."""

from __future__ import annotations

# All imported beforehand: after a crash there may be no memory, or no folder, to import from.
import os
import sys
import time
from collections.abc import Iterator, Sequence

from bizalign_lint import __version__
from bizalign_lint.cli.cache import cache_folder
from bizalign_lint.cli.writing import write_new
from bizalign_lint.core.errors import summary, trace


def report_crash(error: Exception, arguments: Sequence[str], folder: str) -> None:
    """Write a log and say where it is, as far as that can be done; lets no exception through.

    ``folder`` is where the command was started: it may be gone by now.
    """
    try:
        _report(error, arguments, folder)
    except Exception:
        _write_last_words(b"bizalign-lint crashed, and could not report it\n")


def _report(error: Exception, arguments: Sequence[str], folder: str) -> None:
    sys.stderr.write(f"bizalign-lint crashed: {summary(error)}\n")
    stack = "".join(trace(error))
    log = _write(
        f"bizalign-lint {__version__}, Python {sys.version}, {sys.platform}\n"
        f"arguments: {list(arguments)}\n"
        f"folder: {folder}\n\n"
        f"{stack}"
    )
    if log is None:
        sys.stderr.write(stack)
    else:
        sys.stderr.write(
            f"This is a bug in bizalign-lint. Please report it, with the log in {log}\n"
        )
    sys.stderr.flush()


def _write_last_words(text: bytes) -> None:
    try:
        os.write(2, text)
    except Exception:  # nobody can read it: the exit code has to do
        return


def _write(text: str) -> str | None:
    # By the clock of the world: the time zone of the machine may be one that there is not.
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.log"
    for folder in _folders():
        try:
            return write_new(folder, name, text)
        except OSError:
            continue
    return None


def _folders() -> Iterator[str]:
    """Where a log may go; a relative path would be one in what is checked."""
    cache = cache_folder()
    if os.path.isabs(cache):
        yield os.path.join(cache, "bizalign-lint")
    temporary = os.environ.get("TEMP" if sys.platform == "win32" else "TMPDIR", "/tmp")  # noqa: S108 under a name of its own
    if os.path.isabs(temporary):
        yield temporary
