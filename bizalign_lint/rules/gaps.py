"""What rules could not judge → the facts that would help most."""

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
"""Who is so many relations away from the business is as far away as anybody."""


class Wait(NamedTuple):
    """A node that a rule cannot judge, and the facts that it waits for."""

    rule: str
    node: Node
    missing: Sequence[Missing]


def gaps(waits: Iterable[Wait], graph: Graph, ontology: Ontology) -> tuple[Gap, ...]:
    """The facts that rules wait for: first those that most verdicts wait for.

    Within each, the definitions that lack it: first those that most wait for, then those nearest
    to the business.
    """
    rules: dict[tuple[str, str], dict[str, int]] = {}
    nodes: dict[tuple[str, str], dict[Node, dict[str, int]]] = {}
    for rule, _, those in waits:
        for kind, property_, node in those:
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
    """How many relations lead from the business to each of some nodes."""
    if not wanted:
        return {}
    business = business_perspectives()
    ahead = [
        node
        for kind, nodes in graph.kinds.items()
        if kind in ontology.kinds and ontology.kinds[kind].perspective in business
        for node in nodes
    ]
    found = dict.fromkeys(ahead, 0)
    for distance in range(1, _FAR):
        beyond = {other for node in ahead for other in _neighbours(node) if other not in found}
        found.update(dict.fromkeys(beyond, distance))
        ahead = [*beyond]
    return {node: found[node] for node in wanted if node in found}


def _neighbours(node: Node) -> Iterator[Node]:
    for name, nodes in node.edges.items():
        property_ = node.type.properties.get(name)
        if property_ is not None and property_.section != "metadata":
            yield from (other.entity for other in nodes)
    for referrers in node.into.values():
        yield from (other.entity for other in referrers if _refers(other, node))


def _refers(referrer: Node, node: Node) -> bool:
    """Whether it is more than whom it belongs to that a definition refers to."""
    return any(
        node in nodes
        for name, nodes in referrer.edges.items()
        if name in referrer.type.properties and referrer.type.properties[name].section != "metadata"
    )


def _definition(node: Node) -> Node:
    """What holds a node in the end, such as the objective of a key result."""
    while node.holder is not None:
        node = node.holder
    return node


@cache
def business_perspectives() -> frozenset[str]:
    """The perspectives that are of the business (schemas/meta/perspectives.yaml)."""
    said = read_document(resources.perspectives()).value["perspectives"]
    return frozenset(name for name, about in said.items() if about.get("side") == "business")


def judged(
    waits: Iterable[Wait],
    judging: Collection[str],
    graph: Graph,
    ontology: Ontology,
    wanted: Callable[[str], bool] = lambda _: True,
    concerned: Callable[[Node], bool] | None = None,
) -> Judged:
    """How much of a model could be judged.

    ``judging`` are the rules that had an answer, ``wanted`` says of which files is asked,
    ``concerned`` whether a change is about a node, where only those facts are to be reported.
    """
    asked = [wait for wait in waits if _is_in(wait.node.entity, wanted)]
    waiting = tuple(sorted({wait.rule for wait in asked}))
    lacking = {_definition(w.node) for w in asked if w.node.type.name != WORKSPACE}
    whole = Judged(
        rules=len(judging),
        waiting=waiting,
        definitions=len(lacking),
        gaps=(),
        judging=frozenset(judging),
    )
    if concerned is None:
        return whole._replace(gaps=gaps(asked, graph, ontology))
    facts = {(missing.kind, missing.fact) for wait in asked for missing in wait.missing}
    found = gaps((wait for wait in asked if _concerns(wait, concerned)), graph, ontology)
    return whole._replace(
        gaps=found,
        elsewhere=len(facts) - len(found),
        unjudged=frozenset((wait.rule, wait.node.reference) for wait in asked),
    )


def _concerns(wait: Wait, concerned: Callable[[Node], bool]) -> bool:
    lacking = (missing.node for missing in wait.missing if missing.node is not None)
    return any(node.type.name != WORKSPACE and concerned(node) for node in (wait.node, *lacking))


def _is_in(node: Node, wanted: Callable[[str], bool]) -> bool:
    return node.document is None or wanted(node.document.source.path)


def conditional(active: Iterable[Rule]) -> Iterator[str]:
    """The rules about what earlier stages find: they give a verdict on every definition."""
    return (rule.id for rule in active if rule.condition is not None)
