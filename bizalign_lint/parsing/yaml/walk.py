"""Follows pointers from a document's root."""

from __future__ import annotations

from dataclasses import dataclass

from bizalign_lint.core.types import Pointer
from bizalign_lint.parsing.yaml.nodes import Defect, Node, Tree


@dataclass(frozen=True, slots=True)
class Found:
    """The node at a pointer, or the nearest ancestor that exists."""

    node: Node
    key: Node | None
    """The key of the node; None for list items and the root."""
    use: Node | None
    """The alias through which the pointer leads to the node, if any."""
    complete: bool
    """Whether the pointer leads to a node; else ``node`` is the nearest ancestor."""


def walk(root: Node, pointer: Pointer) -> Found:
    """Follow a pointer, also through aliases and merged entries."""
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
    """Whether a defect's pointer leads to the range of text that the defect is about."""
    if tree.root is None or defect.pointer is None:
        return False
    found = walk(tree.root, defect.pointer)
    target = found.key if defect.key else found.node
    return found.complete and target is not None and target.start == defect.start
