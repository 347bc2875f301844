"""Nodes that rules could not judge → the missing facts that would help most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bizalign_lint.core import shipped as resources
from bizalign_lint.core.report import Gap, Judged, Lacking
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.owners import OwnerFinder
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.rules.compiled.lacking import Missing
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.schema.ontology import WORKSPACE, Ontology

_FAR = 4
"""The distance in relations beyond which nodes count as equally far from the business."""


class Unjudged(NamedTuple):
    """A node that a rule cannot judge, and the facts that the rule needs."""

    rule: str
    """The id of the rule."""
    node: Node
    missing: Sequence[Missing]


def gaps(unjudged: Iterable[Unjudged], graph: Graph, ontology: Ontology) -> tuple[Gap, ...]:
    """The missing facts that rules wait for, those that the most verdicts wait for first.

    The definitions that lack a fact are in the same order, then by their distance from the
    business.
    """
    rules: dict[tuple[str, str], dict[str, int]] = {}
    nodes: dict[tuple[str, str], dict[Node, dict[str, int]]] = {}
    for rule, _, missing in unjudged:
        for kind, property_, node in missing:
            fact = kind, property_
            waiting = rules.setdefault(fact, {})
            waiting[rule] = waiting.get(rule, 0) + 1
            lacking = nodes.setdefault(fact, {})
            if node is not None:
                by_rule = lacking.setdefault(node, {})
                by_rule[rule] = by_rule.get(rule, 0) + 1
    near = _nearness(graph, ontology, {n for found in nodes.values() for n in found})
    of = OwnerFinder()
    order = {kind: number for number, kind in enumerate(graph.kinds)}
    found = []
    for fact, waiting in rules.items():
        kind, property_ = fact
        all_of_kind = graph.kinds.get(kind, ())
        by_node = nodes[fact] or dict.fromkeys(all_of_kind, waiting)
        ranked = sorted(by_node, key=lambda n: (-sum(by_node[n].values()), near.get(n, _FAR)))
        found.append(
            Gap(
                kind=kind,
                fact=property_,
                lacking=tuple(_lacking(node, of(node), by_node[node]) for node in ranked),
                total=len(all_of_kind),
                waiting=tuple(sorted(waiting.items())),
            )
        )
    return tuple(sorted(found, key=lambda gap: (-gap.verdicts, order.get(gap.kind, 0), gap.fact)))


def _lacking(node: Node, owner: Node | None, waiting: Mapping[str, int]) -> Lacking:
    assert node.document is not None
    return Lacking(
        reference=node.reference,
        title=node.title,
        owner=None if owner is None else owner.title,
        owner_reference=None if owner is None else owner.reference,
        path=node.document.source.path,
        rules=tuple(sorted(waiting)),
        verdicts=sum(waiting.values()),
    )


def _nearness(graph: Graph, ontology: Ontology, wanted: set[Node]) -> dict[Node, int]:
    """The number of relations between the business and each of the wanted nodes."""
    if not wanted:
        return {}
    business = business_perspectives()
    frontier = [
        node
        for kind, nodes in graph.kinds.items()
        if kind in ontology.kinds and ontology.kinds[kind].perspective in business
        for node in nodes
    ]
    found = dict.fromkeys(frontier, 0)
    for distance in range(1, _FAR):
        next_frontier = {
            other for node in frontier for other in _neighbours(node) if other not in found
        }
        found.update(dict.fromkeys(next_frontier, distance))
        frontier = [*next_frontier]
    return {node: found[node] for node in wanted if node in found}


def _neighbours(node: Node) -> Iterator[Node]:
    for name, nodes in node.edges.items():
        property_ = node.type.properties.get(name)
        if property_ is not None and property_.section != "metadata":
            yield from (other.entity for other in nodes)
    for referrers in node.into.values():
        yield from (other.entity for other in referrers if _refers(other, node))


def _refers(referrer: Node, node: Node) -> bool:
    """Whether a definition refers to a node outside of its metadata, such as its owner."""
    return any(
        node in nodes
        for name, nodes in referrer.edges.items()
        if name in referrer.type.properties and referrer.type.properties[name].section != "metadata"
    )


def _definition(node: Node) -> Node:
    """The definition that contains a node, such as the objective of a key result."""
    while node.holder is not None:
        node = node.holder
    return node


@cache
def business_perspectives() -> frozenset[str]:
    """The names of the perspectives of the business (schemas/meta/perspectives.yaml)."""
    perspectives = read_document(resources.perspectives()).value["perspectives"]
    return frozenset(name for name, one in perspectives.items() if one.get("side") == "business")


def judged(
    unjudged: Iterable[Unjudged],
    judging: Collection[str],
    graph: Graph,
    ontology: Ontology,
    wanted: Callable[[str], bool] = lambda _: True,
    concerned: Callable[[Node], bool] | None = None,
) -> Judged:
    """How much of a model could be judged.

    ``judging`` are the rules that gave a verdict, ``wanted`` selects files by path. With
    ``concerned``, only facts about the nodes that it selects are reported: those of a change.
    """
    asked = [one for one in unjudged if _is_in(one.node.entity, wanted)]
    waiting = tuple(sorted({one.rule for one in asked}))
    lacking = {_definition(one.node) for one in asked if one.node.type.name != WORKSPACE}
    whole = Judged(
        rules=len(judging),
        waiting=waiting,
        definitions=len(lacking),
        gaps=(),
        judging=frozenset(judging),
    )
    if concerned is None:
        return whole._replace(gaps=gaps(asked, graph, ontology))
    facts = {(missing.kind, missing.fact) for one in asked for missing in one.missing}
    found = gaps((one for one in asked if _concerns(one, concerned)), graph, ontology)
    return whole._replace(
        gaps=found,
        elsewhere=len(facts) - len(found),
        unjudged=frozenset((one.rule, one.node.reference) for one in asked),
    )


def _concerns(unjudged: Unjudged, concerned: Callable[[Node], bool]) -> bool:
    lacking = (missing.node for missing in unjudged.missing if missing.node is not None)
    return any(
        node.type.name != WORKSPACE and concerned(node) for node in (unjudged.node, *lacking)
    )


def _is_in(node: Node, wanted: Callable[[str], bool]) -> bool:
    return node.document is None or wanted(node.document.source.path)


def conditional(active: Iterable[Rule]) -> Iterator[str]:
    """The ids of rules about conditions, which give a verdict on every definition."""
    return (rule.id for rule in active if rule.condition is not None)
