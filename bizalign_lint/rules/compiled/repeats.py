"""Ways that are taken not at all, once, or as often as they go."""

from __future__ import annotations

from typing import Any

from bizalign_lint.graph.nodes import NOTHING
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.rules.compiled.walks import Take, Values, Walk, distinct


def maybe(walk: Walk) -> Walk:
    """To where it starts, and one step on."""
    return lambda node: distinct((node, *walk(node)))


def chain(get: Get, least: int, take: Take) -> Walk:
    """As often as it goes, where each node leads to one other at the most."""

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
    """As often as it goes: breadth first, each node once."""

    def run(node: Any) -> Values:
        ahead: Values = walk(node)
        if not ahead:  # as from most nodes
            return NOTHING if least else (node,)
        found: dict[Any, None] = {} if least else {node: None}
        while ahead:
            behind = [value for value in dict.fromkeys(ahead) if value not in found]
            found.update(dict.fromkeys(behind))
            ahead = [further for value in behind for further in walk(value)]
            take(len(behind) + len(ahead))
        return list(found)

    return run
