"""From a document's root along a pointer to the node that is there."""

from __future__ import annotations

from dataclasses import dataclass

from bizalign_lint.core.types import Pointer
from bizalign_lint.parsing.yaml.nodes import Defect, Node, Tree


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pointer leads, or how far it leads."""

    node: Node
    key: Node | None
    """The key that holds the node; None for a list's element and for the root."""
    use: Node | None
    """The alias by which the node came into the document at this pointer."""
    complete: bool
    """Whether the pointer leads to something; else ``node`` is the nearest ancestor."""


def walk(root: Node, pointer: Pointer) -> Found:
    """Follow a pointer, through aliases and merged entries alike."""
    node, key, use = root, None, None
    for step in pointer:
        inside = node
        if node.target is not None:
            inside, use = node.target, use or node
        if inside.entries is not None:
            entry = inside.entries.get(str(step))
            if entry is None:
                return Found(node, key, use, False)
            use = use or entry.merged
            node, key = entry.node, entry.key
        elif inside.items is not None and isinstance(step, int) and 0 <= step < len(inside.items):
            node, key = inside.items[step], None
        else:
            return Found(node, key, use, False)
    return Found(node, key, use or (node if node.target is not None else None), True)


def points_to_defect(tree: Tree, defect: Defect) -> bool:
    """Whether a defect's pointer leads to the very stretch of text that it is about."""
    if tree.root is None or defect.pointer is None:
        return False
    found = walk(tree.root, defect.pointer)
    there = found.key if defect.key else found.node
    return found.complete and there is not None and there.start == defect.start
