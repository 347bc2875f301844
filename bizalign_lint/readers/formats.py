"""The formats that can be read, by name; each reader is imported when a file needs it."""

from __future__ import annotations

from bizalign_lint.readers.records import Format

NAMES = ("backstage",)


def find(name: str) -> Format:
    """The format of that name, one of NAMES."""
    from bizalign_lint.readers import backstage

    return {"backstage": backstage.FORMAT}[name]
