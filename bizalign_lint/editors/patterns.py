"""The files that hold definitions → the patterns by which an editor's setting names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bizalign_lint.sources.listing import SUFFIXES


def patterns(paths: Iterable[str]) -> list[str]:
    """Patterns for the files of a workspace: those at its root by name, others by their folder.

    Naming every YAML file would keep other schemas from the files of other tools.
    """
    found = list(paths)
    alone = sorted({path for path in found if "/" not in path})
    folders = sorted({path.partition("/")[0] for path in found if "/" in path})
    return [*alone, *(pattern for folder in folders for pattern in _below(folder))]


def _below(folder: str) -> Iterator[str]:
    """The files of a folder and of those in it.

    One server takes the first pattern of a pair to be about the folder itself alone, another
    takes the second to be about the folders in it alone; together they are right for both.
    """
    for suffix in SUFFIXES:
        yield f"{folder}/*{suffix}"
        yield f"{folder}/**/*{suffix}"
