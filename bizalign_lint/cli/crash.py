"""When we are to blame: a log for us, two lines for the person."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime

from .. import __version__
from ..errors import summary, trace


def tell_crash(error: Exception, arguments: Sequence[str]) -> None:
    """Write a log and say where it is."""
    sys.stderr.write(f"bizalign-lint crashed: {summary(error)}\n")
    log = _write("".join(_log(error, arguments)))
    if log is None:
        sys.stderr.write("".join(trace(error)))
    else:
        sys.stderr.write(f"This is a fault of ours. Please report it, with the log in {log}\n")


def _log(error: Exception, arguments: Sequence[str]) -> list[str]:
    return [
        f"bizalign-lint {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
        f"arguments: {list(arguments)}\n",
        f"folder: {os.getcwd()}\n\n",
        *trace(error),
    ]


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
