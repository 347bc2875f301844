"""The version of bizalign-lint that a configuration requires."""

from __future__ import annotations

import re
from typing import Any

from bizalign_lint import __version__
from bizalign_lint.core.errors import ConfigError
from bizalign_lint.core.types import Document, Location, Place
from bizalign_lint.parsing.positions import locate

KEY = "requiredVersion"
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+){0,2}")


def refuse_older(document: Document) -> None:
    """Raise ConfigError if a configuration requires a later version than this one.

    Checked first, as this version may not know other keys of that configuration.
    """
    required: Any = document.value.get(KEY)
    if not isinstance(required, str) or not _NUMBERS.fullmatch(required):
        return
    if _numbers(required) > _numbers(__version__):
        place = Place(document, (KEY,))
        raise ConfigError(
            f"this is bizalign-lint {__version__}, but {required} or later is required here",
            Location(document.source.path, locate(place)),
            "update bizalign-lint; an older version may not know the rules and keys in use here",
        )


def _numbers(version: str) -> tuple[int, ...]:
    found = _NUMBERS.match(version)
    numbers = [int(number) for number in found[0].split(".")] if found else []
    return tuple([*numbers, 0, 0, 0][:3])
