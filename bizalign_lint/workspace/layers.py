"""Merges configuration files, recording the place that sets each value."""

from __future__ import annotations

import os
from typing import Any

from bizalign_lint.core.errors import ConfigError, reason
from bizalign_lint.core.types import Document, Location, Place, Pointer
from bizalign_lint.parsing.positions import locate
from bizalign_lint.sources.bounds import HINT, OutsideError, resolved


def merge_over(
    values: dict[str, Any],
    origins: dict[Pointer, Place | None],
    document: Document,
    root: str,
    within: tuple[str, ...],
) -> None:
    """Merge a file over those that it extends: mappings are merged, extendSelect is appended to,
    and everything else is replaced. Raises ConfigError."""
    for key, value in document.value.items():
        place = Place(document, (key,))
        if key in ("schemas", "rules"):
            value = [
                _existing(root, Place(document, (key, index)), entry, within)
                for index, entry in enumerate(value)
            ]
        if key == "extendSelect":
            first = len(values.setdefault(key, []))
            values[key] += value
            origins[key,] = place
            for index in range(len(value)):
                origins[key, first + index] = Place(document, (key, index))
            continue
        if key == "sources":
            value = [
                {
                    **source,
                    "mapping": _existing(
                        root, Place(document, (key, index, "mapping")), source["mapping"], within
                    ),
                }
                if "mapping" in source
                else source
                for index, source in enumerate(value)
            ]
        if isinstance(value, dict):
            _merge(values.setdefault(key, {}), value, origins, place)
            continue
        for pointer in [pointer for pointer in origins if pointer[0] == key]:
            del origins[pointer]
        values[key] = value
        origins[key,] = place


def _merge(
    into: dict[str, Any], value: dict[str, Any], origins: dict[Pointer, Place | None], place: Place
) -> None:
    for key, item in value.items():
        inner = Place(place.document, (*place.pointer, key))
        origins[inner.pointer] = inner
        # A severity is one value, even if it is a mapping of dates.
        if isinstance(item, dict) and place.pointer != ("severity",):
            _merge(into.setdefault(key, {}), item, origins, inner)
        else:
            into[key] = item


def _existing(root: str, place: Place, entry: str, within: tuple[str, ...]) -> str:
    """The path of a file or folder that a configuration names, relative to the root."""
    home = os.path.dirname(os.path.join(root, place.document.source.path))
    path = os.path.normpath(os.path.join(home, entry))
    try:
        real = resolved(path, *within)
    except OutsideError as error:
        message = f"{entry} cannot be read: {reason(error)}"
        raise ConfigError(message, location(place), HINT) from None
    if not os.path.exists(real):
        raise config_error(place, f"no such file or folder: {entry}")
    return relative(root, path)


def relative(root: str, path: str) -> str:
    """A path relative to the root, with forward slashes."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def config_error(place: Place, message: str) -> ConfigError:
    """An error about a value of the configuration, with its place."""
    return ConfigError(message, location(place))


def location(place: Place) -> Location:
    """The location of a value of the configuration."""
    return Location(place.document.source.path, locate(place))
