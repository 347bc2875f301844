"""The needs of a rule → the missing facts of nodes that do not break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from bizalign_lint.graph.nodes import NOTHING, Node
from bizalign_lint.rules.compiled import cost
from bizalign_lint.rules.compiled.checks import Conforms, every
from bizalign_lint.rules.compiled.constraints import compile_shape
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.lacking import Lack, Missing, lack_of
from bizalign_lint.rules.compiled.reach import leads_to_nodes, reach, reaches, repeats
from bizalign_lint.rules.compiled.walks import Domain, Walk
from bizalign_lint.rules.language.paths import Path
from bizalign_lint.rules.language.rule import Measure, Need, Rule
from bizalign_lint.rules.language.shapes import Shape
from bizalign_lint.rules.language.traversed import (
    PathParts,
    conjuncts,
    path_parts,
    related,
    traversed,
)

_CHEAP = 4
"""Conditions with up to this many steps are tested before facts are looked for."""

_MOST = 200
"""The maximum number of nodes on a repeating path whose missing facts are listed one by one."""


class Unknown(NamedTuple):
    """The nodes that a rule cannot judge."""

    of: Callable[[Node], bool]
    """Whether it cannot judge a node that does not break it."""
    facts: Callable[[Node], Sequence[Missing]]
    """The missing facts without which it cannot judge such a node."""


class _Fact(NamedTuple):
    """One need, compiled."""

    is_lacking: Callable[[Node], bool]
    lacking: Callable[[Node], Iterable[Missing]]
    path_parts: PathParts
    in_shape: bool
    """Whether the shape depends on it, and not only the condition of the rule."""


def compile_needs(
    context: Context, rule: Rule | Measure, targets: Domain, conforms: Conforms
) -> Unknown | None:
    """The function of a rule's needs; None if it has none.

    Raises RuleError, with its place, for a step that the ontology does not know.
    """
    if not rule.needs:
        return None
    assert rule.shape is not None
    of_shape = traversed(rule.shape)
    parts = () if rule.where is None else tuple(conjuncts(rule.where))
    facts = [_fact(context, need, targets, parts, of_shape) for need in rule.needs]
    applies = _Applies(context, targets, parts)
    first = [
        (
            compile_shape(context, part, targets),
            [f for f in facts if _depends(part, (f.path_parts,))],
        )
        for part in parts
        if cost.of_shape(part) <= _CHEAP
    ]

    def cannot_judge(node: Node) -> bool:
        for part, about in first:
            if not part(node) and not any(fact.is_lacking(node) for fact in about):
                return False  # the rule does not apply, whatever the other facts are
        of = [fact for fact in facts if fact.is_lacking(node)]
        if not of or not applies.to(node, tuple(fact.path_parts for fact in of)):
            return False
        # If only the condition depends on missing facts, the node is judged if it conforms anyway.
        return any(fact.in_shape for fact in of) or not conforms(node)

    def missing(node: Node) -> Sequence[Missing]:
        return [*dict.fromkeys(one for fact in facts for one in fact.lacking(node))]

    return Unknown(cannot_judge, missing)


class _Applies:
    """Whether a rule may apply to a node, judged without some facts."""

    def __init__(self, context: Context, targets: Domain, parts: tuple[Shape, ...]) -> None:
        self._context = context
        self._targets = targets
        self._parts = parts
        self._known: dict[tuple[PathParts, ...], Conforms] = {}

    def to(self, node: Node, lacking: tuple[PathParts, ...]) -> bool:
        """Whether the rule may apply; ``lacking`` are the paths to the missing facts."""
        known = self._known.get(lacking)
        if known is None:
            kept = [
                compile_shape(self._context, part, self._targets)
                for part in self._parts
                if not _depends(part, lacking)
            ]
            known = self._known[lacking] = every(kept)
        return known(node)


def _depends(part: Shape, lacking: Sequence[PathParts]) -> bool:
    """Whether a shape depends on facts at the end of some paths."""
    return any(related(one, other) for one in traversed(part) for other in lacking)


def _fact(
    context: Context,
    need: Need,
    targets: Domain,
    parts: Sequence[Shape],
    of_shape: frozenset[PathParts],
) -> _Fact:
    where = None if need.where is None else compile_shape(context, need.where, targets)
    nodes: Walk | None = None
    domain, keeps = targets, None
    full = path_parts(need.path.path)
    if need.nodes is not None:
        walked = context.walk(need.nodes, targets)
        nodes, domain = walked.walk, walked.domain
        full = (*path_parts(need.nodes.path), *full)
        if need.filter_shape is not None:
            keeps = compile_shape(context, need.filter_shape, domain)
    one = lack_of(context, need.path, domain)
    if need.fact:
        one = one._replace(facts=partial(_named, need.fact, one.facts))
    in_where = any(related(full, other) for part in parts for other in traversed(part))
    in_shape = not in_where or any(related(full, other) for other in of_shape)
    if nodes is None:
        here = one if where is None else _if(where, one)
        return _Fact(here.of, here.facts, full, in_shape)
    asked = context.each(lambda node: (not keeps or keeps(node)) and one.of(node))
    assert need.nodes is not None
    some, first = _among(context, need.nodes.path, targets, domain, nodes, asked)

    def is_lacking(node: Node) -> bool:
        return (where is None or where(node)) and some(node)

    def lacking(node: Node) -> Iterator[Missing]:
        if where is None or where(node):
            for reached in first(node):
                if asked(reached):
                    yield from one.facts(reached)

    return _Fact(is_lacking, lacking, full, in_shape)


def _among(
    context: Context, path: Path, targets: Domain, domain: Domain, nodes: Walk, lacks: Conforms
) -> tuple[Conforms, Walk]:
    """Whether any node at the end of a path lacks something, and the nodes that may do."""
    if context.clock or not repeats(path) or not leads_to_nodes(domain):
        return lambda node: any(map(lacks, nodes(node))), nodes
    wanted = lambda node: (node,) if lacks(node) else NOTHING  # noqa: E731
    return (
        reaches(context, path, targets, lacks),
        reach(context, path, targets, _MOST, wanted),
    )


def _named(name: str, lacks: Callable[[Node], Sequence[Missing]], node: Node) -> Sequence[Missing]:
    return [missing._replace(fact=name) for missing in lacks(node)]


def _if(where: Conforms, lack: Lack) -> Lack:
    return Lack(
        lambda node: lack.of(node) and where(node),
        lambda node: lack.facts(node) if where(node) else NOTHING,
    )
