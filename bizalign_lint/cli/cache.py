"""Results kept for the next run in the user's cache folder: safe to delete, and never trusted."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

from bizalign_lint.cli.writing import Target, write
from bizalign_lint.core.errors import UsageError
from bizalign_lint.sources.read import read


def cache_folder() -> str:
    """The user's cache folder."""
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")


def cached(name: str) -> dict[str, Any]:
    """The JSON object kept under a name; empty if there is none or it cannot be read."""
    import orjson

    path = _path(name)
    try:
        content = read(path) if path else None
        value = orjson.loads(content) if content else None
    except (OSError, orjson.JSONDecodeError):
        return {}
    return value if isinstance(value, dict) else {}


def keep(name: str, value: dict[str, Any]) -> None:
    """Keep a JSON object under a name; does nothing if that is not possible."""
    import orjson

    path = _path(name)
    if path:
        with suppress(UsageError, OSError):
            write(Target(path, path), [orjson.dumps(value).decode()])


def _path(name: str) -> str:
    """The path of a cache file; empty if the cache folder is a relative path, which could be in the
    checked folder."""
    folder = cache_folder()
    return os.path.join(folder, "bizalign-lint", name) if os.path.isabs(folder) else ""
