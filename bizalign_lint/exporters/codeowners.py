"""Who is responsible for what a file defines → ``CODEOWNERS``, as GitHub and GitLab read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.owners import Answering

HEAD = "# Written by bizalign-lint export codeowners, from the owners of definitions.\n"
HANDLE = "x-handle"
"""Marks the properties that hold what services call a unit or person, the first that is there."""
_ODD = re.compile(r"[^\w./ @+=,:~%&()'-]")
"""What a pattern could take for more than itself, or no line can hold."""


class Written(NamedTuple):
    """The file, and what it lacks."""

    lines: tuple[str, ...]
    unnamed: tuple[tuple[str, int], ...]
    """The titles of those who have no handle, each with how many files are theirs."""


def codeowners(graph: Graph, in_repository: Callable[[str], str]) -> Written:
    """A line for each file with a definition that somebody is responsible for.

    ``in_repository`` makes a path of the workspace one of the repository.
    """
    by_path: dict[str, dict[Node, None]] = {}
    of = Answering()
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
    # The last line that fits decides, so those that fit more than one file come first.
    ranked = sorted(lines, key=lambda path: ("?" not in path, path))
    return Written(
        tuple(f"{path} {lines[path]}\n" for path in ranked), tuple(sorted(unnamed.items()))
    )


def render(written: Written) -> Iterator[str]:
    """The text of the file."""
    yield HEAD
    yield from written.lines


def handle(owner: Node) -> str:
    """What services call a unit or person, such as ``@acme/claims-it``; empty if not known."""
    for property_ in owner.type.properties.values():
        if property_.schema.get(HANDLE):
            value = owner.values.get(property_.name)
            if isinstance(value, str) and value:
                return value if "@" in value else f"@{value}"
    return ""


def pattern(path: str) -> str:
    """A path from the top as a pattern that fits it, and no other file that is not odd, too."""
    return "/" + _ODD.sub("?", path).replace(" ", "\\ ")
