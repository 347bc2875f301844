"""Walks for repeated paths: at most once, or any number of times."""

from __future__ import annotations

from typing import Any

from bizalign_lint.graph.nodes import NOTHING
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.rules.compiled.walks import Take, Values, Walk, distinct


def maybe(walk: Walk) -> Walk:
    """Leads to the start, and one step on."""
    return lambda node: distinct((node, *walk(node)))


def chain(get: Get, least: int, take: Take) -> Walk:
    """Repeats a path on which each node leads to at most one other."""

    def run(node: Any) -> Values:
        found: dict[Any, None] = {}
        ahead = get(node) if least else node
        while ahead is not None and ahead not in found:
            found[ahead] = None
            ahead = get(ahead)
        take(len(found))
        return list(found)

    return run


def closure(walk: Walk, least: int, take: Take) -> Walk:
    """Repeats a path any number of times: breadth first, each node once."""

    def run(node: Any) -> Values:
        ahead: Values = walk(node)
        if not ahead:  # as from most nodes
            return NOTHING if least else (node,)
        found: dict[Any, None] = {} if least else {node: None}
        while ahead:
            new = [value for value in dict.fromkeys(ahead) if value not in found]
            found.update(dict.fromkeys(new))
            ahead = [further for value in new for further in walk(value)]
            take(len(new) + len(ahead))
        return list(found)

    return run
