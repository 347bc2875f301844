"""What the engine says of a model, node by node, before anything is filtered."""

from __future__ import annotations

from dataclasses import dataclass

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules import run
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.schema.ontology import WORKSPACE

Verdict = tuple[str, str]
"""A rule's id and the node that it speaks about."""


def reference(node: Node) -> str:
    """A node as the oracles name it."""
    return WORKSPACE if node.type.name == WORKSPACE else node.reference


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Which nodes break which rules."""

    broken: frozenset[Verdict]
    reported: frozenset[Verdict]
    """The same, as the slow way tells it that explains findings."""
    kept: frozenset[str]
    """The rules that some node is a target of, and conforms to."""
    unknown: frozenset[Verdict]
    """Which nodes a rule does not find broken, and cannot judge for want of a fact it needs."""


def judge(rules: list[CompiledRule], graph: Graph) -> Verdicts:
    """What the engine says of a graph."""
    broken: set[Verdict] = set()
    kept: set[str] = set()
    unknown: set[Verdict] = set()
    for compiled in rules:
        if (ask := compiled.unknown) is not None:
            compiled.prepare(graph)
            unknown |= {
                (compiled.rule.id, reference(node))
                for target in compiled.rule.targets
                for node in ([graph.workspace] if target == WORKSPACE else graph.kinds[target])
                if not compiled.breaks(node) and ask.of(node)
            }
        if not all(walk(graph.workspace) for walk in compiled.evidence):
            continue
        compiled.prepare(graph)
        for target in compiled.rule.targets:
            for node in [graph.workspace] if target == WORKSPACE else graph.kinds[target]:
                if compiled.where is not None and not compiled.where(node):
                    continue
                if compiled.conforms(node):
                    kept.add(compiled.rule.id)
                else:
                    broken.add((compiled.rule.id, reference(node)))
    drafts = run.judge(rules, graph).drafts
    return Verdicts(
        frozenset(broken),
        frozenset((d.rule.id, reference(d.node or graph.workspace)) for d in drafts),
        frozenset(kept),
        frozenset(unknown),
    )
