"""When we are to blame: a log for us, two lines for the person."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime

from .. import __version__


def tell_crash(error: Exception, arguments: Sequence[str]) -> None:
    """Write a log and say where it is."""
    sys.stderr.write(f"bizalign-lint crashed: {_summary(error)}\n")
    log = _write("".join(_log(error, arguments)))
    if log is None:
        sys.stderr.write("".join(_trace(error)))
    else:
        sys.stderr.write(f"This is a fault of ours. Please report it, with the log in {log}\n")


def _log(error: Exception, arguments: Sequence[str]) -> list[str]:
    return [
        f"bizalign-lint {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
        f"arguments: {list(arguments)}\n",
        f"folder: {os.getcwd()}\n\n",
        *_trace(error),
    ]


def _summary(error: BaseException) -> str:
    """What happened, without the error's own words: they may quote what has been read."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    frames = traceback.extract_tb(error.__traceback__)
    return f"{name} in {frames[-1].name}" if frames else name


def _trace(error: BaseException | None) -> Iterator[str]:
    """Where it happened: the stack of an error, and of those that led to it."""
    while error is not None:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(error.__traceback__)
        yield f"{_summary(error)}\n"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None:
            yield "\nWhich came of:\n\n"


def _write(text: str) -> str | None:
    name = f"crash-{datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}.log"
    for folder in (_cache(), tempfile.gettempdir()):
        path = os.path.join(folder, "bizalign-lint", name)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return path
    return None


def _cache() -> str:
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
