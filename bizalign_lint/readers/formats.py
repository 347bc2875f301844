"""The formats that can be read, by name; readers are imported when needed."""

from __future__ import annotations

from importlib import import_module

from bizalign_lint.readers.records import Format

NAMES = ("archimate", "backstage", "csv", "json", "markdown", "tables", "xlsx")


def find(name: str) -> Format:
    """The format with a name, which must be one of NAMES."""
    found: Format = import_module(f"bizalign_lint.readers.{name}").FORMAT
    return found
