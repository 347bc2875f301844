"""The owners of the definitions in each file → ``CODEOWNERS``, as GitHub and GitLab read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.owners import OwnerFinder

HEAD = "# Written by bizalign-lint export codeowners, from the owners of definitions.\n"
HANDLE = "x-handle"
"""The schema keyword of properties with an owner's handle; the first with a value counts."""
_ODD = re.compile(r"[^\w./ @+=,:~%&()'-]")
"""Characters that have a meaning in patterns, or cannot be in a line."""


class Written(NamedTuple):
    """The lines of the file, and the owners that are not in it."""

    lines: tuple[str, ...]
    unnamed: tuple[tuple[str, int], ...]
    """The titles of owners without a handle, each with the number of their files."""


def codeowners(graph: Graph, in_repository: Callable[[str], str]) -> Written:
    """A line for each file with a definition that somebody is responsible for.

    ``in_repository`` turns a path relative to the workspace into one relative to the repository.
    """
    by_path: dict[str, dict[Node, None]] = {}
    of = OwnerFinder()
    for nodes in graph.kinds.values():
        for node in nodes:
            if node.holder is None and node.document is not None:
                owner = of(node)
                mine = by_path.setdefault(node.document.source.path, {})
                if owner is not None:
                    mine[owner] = None
    lines: dict[str, str] = {}
    unnamed: dict[str, int] = {}
    for path, owners in by_path.items():
        handles = sorted({named for owner in owners if (named := handle(owner))})
        for owner in owners:
            if not handle(owner):
                unnamed[owner.title] = unnamed.get(owner.title, 0) + 1
        if handles:
            lines[pattern(in_repository(path))] = " ".join(handles)
    # The last matching line decides, so patterns that match several files come first.
    ranked = sorted(lines, key=lambda path: ("?" not in path, path))
    return Written(
        tuple(f"{path} {lines[path]}\n" for path in ranked), tuple(sorted(unnamed.items()))
    )


def render(written: Written) -> Iterator[str]:
    """The text of the file."""
    yield HEAD
    yield from written.lines


def handle(owner: Node) -> str:
    """The handle of a unit or person, such as ``@acme/claims-it``; empty if it has none."""
    for property_ in owner.type.properties.values():
        if property_.schema.get(HANDLE):
            value = owner.values.get(property_.name)
            if isinstance(value, str) and value:
                return value if "@" in value else f"@{value}"
    return ""


def pattern(path: str) -> str:
    """The pattern for a path from the repository's root.

    It matches only that path, unless the path has an odd character: ``?`` matches any other.
    """
    return "/" + _ODD.sub("?", path).replace(" ", "\\ ")
