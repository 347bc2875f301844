"""The rules that could not judge a node, and the missing facts in words."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.rules.compiled.lacking import Missing


def count_rules(snapshot: Snapshot, node: Node) -> int:
    """The number of rules that could not judge a node."""
    return len(snapshot.unjudged_of(node))


def facts(snapshot: Snapshot, node: Node) -> Iterator[str]:
    """Each missing fact, with the ids of the rules that need it."""
    waiting: dict[Missing, list[str]] = {}
    for unjudged in snapshot.unjudged_of(node):
        for missing in unjudged.missing:
            waiting.setdefault(missing, []).append(unjudged.rule)
    for missing, rules in waiting.items():
        yield f"{_named(missing, node)} ({', '.join(rules)})"


def _named(missing: Missing, node: Node) -> str:
    if not missing.fact:
        return f"any {missing.kind}"
    words = missing.fact.replace("|", " or ")
    if missing.node is node:
        return words
    return f"{words} of " + (missing.kind if missing.node is None else missing.node.title)
