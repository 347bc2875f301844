"""What a rule needs to know → for a node that does not break it, the facts that are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from bizalign_lint.graph.nodes import NOTHING, Node
from bizalign_lint.graph.trust import trusts
from bizalign_lint.rules.compiled.checks import Conforms, every
from bizalign_lint.rules.compiled.constraints import compile_shape
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.derive import at
from bizalign_lint.rules.compiled.reach import goes_on, leads_to_nodes, reach, reaches
from bizalign_lint.rules.compiled.walks import Domain, Walk
from bizalign_lint.rules.language import paths
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Step
from bizalign_lint.rules.language.rule import Measure, Need, Rule
from bizalign_lint.rules.language.shapes import PathExpression, Shape
from bizalign_lint.rules.language.traversed import Way, conjuncts, related, traversed, way
from bizalign_lint.schema.ontology import Derivation, ObjectType

_MOST = 200
"""Of more nodes than so many it is not told one by one what they lack, where a way goes on."""


class Missing(NamedTuple):
    """A fact that is not in the model."""

    kind: str
    fact: str
    """The property that would say it, as a path; empty where there is nothing of the kind."""
    node: Node | None
    """The definition, or nested node, that lacks it; None where it is all of the kind."""


class Unknown(NamedTuple):
    """What a rule cannot judge. Only to be asked of a node that does not break the rule."""

    of: Callable[[Node], bool]
    """Whether it cannot judge a node."""
    facts: Callable[[Node], Sequence[Missing]]
    """The facts for want of which it cannot; none if it can."""


class _Fact(NamedTuple):
    """One need, made ready."""

    is_lacking: Callable[[Node], bool]
    lacking: Callable[[Node], Iterable[Missing]]
    way: Way
    in_shape: bool
    """Whether what has to hold depends on it, and not only to whom that applies."""


def compile_needs(
    context: Context, rule: Rule | Measure, targets: Domain, conforms: Conforms
) -> Unknown | None:
    """The function of a rule's needs; None where it has none.

    Raises RuleError, with its place, for a step that the ontology does not know.
    """
    if not rule.needs:
        return None
    assert rule.shape is not None
    of_shape = traversed(rule.shape)
    parts = () if rule.where is None else tuple(conjuncts(rule.where))
    facts = [_fact(context, need, targets, parts, of_shape) for need in rule.needs]
    applies = _Applies(context, targets, parts)
    is_lacking = facts[0].is_lacking

    if len(facts) == 1:

        def lacking(node: Node) -> list[_Fact]:
            return facts if is_lacking(node) else []

    else:

        def lacking(node: Node) -> list[_Fact]:
            return [fact for fact in facts if fact.is_lacking(node)]

    def waits_for(node: Node) -> Sequence[_Fact]:
        of = lacking(node)
        if not of or not applies.to(node, tuple(fact.way for fact in of)):
            return NOTHING
        if not any(fact.in_shape for fact in of) and conforms(node):
            return NOTHING  # whatever the facts are, it holds
        return of

    def missing(node: Node) -> Sequence[Missing]:
        found = (one for fact in waits_for(node) for one in fact.lacking(node))
        return [*dict.fromkeys(found)]

    return Unknown(lambda node: bool(waits_for(node)), missing)


class _Applies:
    """Whether a rule is about a node, as far as that can be told without some facts."""

    def __init__(self, context: Context, targets: Domain, parts: tuple[Shape, ...]) -> None:
        self._context = context
        self._targets = targets
        self._parts = parts
        self._known: dict[tuple[Way, ...], Conforms] = {}

    def to(self, node: Node, lacking: tuple[Way, ...]) -> bool:
        """``lacking`` are the ways to the facts that are missing."""
        known = self._known.get(lacking)
        if known is None:
            kept = [
                compile_shape(self._context, part, self._targets)
                for part in self._parts
                if not any(related(one, other) for one in traversed(part) for other in lacking)
            ]
            known = self._known[lacking] = every(kept)
        return known(node)


def _fact(
    context: Context,
    need: Need,
    targets: Domain,
    parts: Sequence[Shape],
    of_shape: frozenset[Way],
) -> _Fact:
    where = None if need.where is None else compile_shape(context, need.where, targets)
    nodes: Walk | None = None
    domain, keeps = targets, None
    full = way(need.path.path)
    if need.nodes is not None:
        walked = context.walk(need.nodes, targets)
        nodes, domain = walked.walk, walked.domain
        full = (*way(need.nodes.path), *full)
        if need.filter_shape is not None:
            keeps = compile_shape(context, need.filter_shape, domain)
    one = lacks_of(context, need.path, domain)
    if need.fact:
        one = partial(_called, need.fact, one)
    in_where = any(related(full, other) for part in parts for other in traversed(part))
    in_shape = not in_where or any(related(full, other) for other in of_shape)
    if nodes is None:
        of_one = one if where is None else partial(_if, where, one)
        return _Fact(lambda node: bool(of_one(node)), of_one, full, in_shape)
    lacks = context.each(lambda node: [] if keeps and not keeps(node) else one(node))
    some, first = _among(context, need, targets, domain, nodes, lambda node: bool(lacks(node)))

    def is_lacking(node: Node) -> bool:
        return (where is None or where(node)) and some(node)

    def lacking(node: Node) -> Iterator[Missing]:
        if where is None or where(node):
            for reached in first(node):
                yield from lacks(reached)

    return _Fact(is_lacking, lacking, full, in_shape)


def _among(
    context: Context, need: Need, targets: Domain, domain: Domain, nodes: Walk, lacks: Conforms
) -> tuple[Conforms, Walk]:
    """Whether any of the nodes that a need is about lacks something; and those that do."""
    path = need.nodes
    if path is None or context.clock or not goes_on(path.path) or not leads_to_nodes(domain):
        return lambda node: any(map(lacks, nodes(node))), nodes
    wanted = lambda node: (node,) if lacks(node) else NOTHING  # noqa: E731
    return (
        reaches(context, path.path, targets, lacks),
        reach(context, path.path, targets, _MOST, wanted),
    )


def _called(name: str, lacks: Callable[[Node], Sequence[Missing]], node: Node) -> Sequence[Missing]:
    return [missing._replace(fact=name) for missing in lacks(node)]


def _if(
    where: Conforms, lacks: Callable[[Node], Sequence[Missing]], node: Node
) -> Sequence[Missing]:
    found = lacks(node)
    return found if found and where(node) else NOTHING


def lacks_of(
    context: Context, expression: PathExpression, domain: Domain
) -> Callable[[Node], Sequence[Missing]]:
    """What a node lacks where a path leads nowhere."""
    leads = context.leads(expression, domain)
    if goes_on(expression.path) and context.clock is None:
        leads = reaches(context, expression.path, domain, lambda _: True)
    types = frozenset(member for member in domain if isinstance(member, ObjectType))
    tails = {type_: _tails(expression.path, type_) for type_ in types}
    climbs = climbs_of(expression.path) or _inherited(expression.path, types)
    climb = None
    if climbs is not None:
        climb = _top(context, climbs, domain)

    def lacks(node: Node) -> Sequence[Missing]:
        if leads(node):
            return NOTHING
        if climb is not None:
            node = climb(node)
        known = tails.get(node.type, ())
        if not known or any(_is_said(node, tail) for tail in known):
            return NOTHING
        own = [tail for tail in known if tail.names or tail.derivation] or known
        label = "|".join(dict.fromkeys(_label(node, tail) for tail in own))
        entity = node.entity
        within = [str(key) for key in node.pointer if isinstance(key, str)]
        if node is not entity and within:
            label = "/".join([*within[1:], label])
        return (Missing(entity.type.name, label, entity),)

    return lacks


def _top(context: Context, climbs: Repeat, domain: Domain) -> Callable[[Node], Node]:
    """The last node of a way up."""
    walk = context.walker.path(climbs, domain).walk
    once = context.walker.again(climbs.part, domain)[0].get
    if once is None or context.clock is not None:
        return lambda node: walk(node)[-1]
    known: dict[Node, Node] = {}
    context.fills.append(lambda _: known.clear())

    def top(node: Node) -> Node:
        passed: dict[Node, None] = {}
        at: Node | None = node
        while at is not None and at not in known and at not in passed:
            passed[at] = None
            at = once(at)
        way = [*passed]
        if at in passed:  # a ring has no end: the last is the one before the first
            ring = way[way.index(at) :]
            known.update(zip(ring, (ring[-1], *ring), strict=False))
            known.update(dict.fromkeys(way[: -len(ring)], ring[-1]))
        else:
            known.update(dict.fromkeys(way, way[-1] if at is None else known[at]))
        return known[node]

    return top


def climbs_of(path: Path) -> Repeat | None:
    """The way up of a fact that is inherited; None for any other."""
    if isinstance(path, paths.Sequence) and isinstance(path.parts[0], Repeat):
        return path.parts[0]
    return None


def _inherited(path: Path, types: Iterable[ObjectType]) -> Repeat | None:
    """The way up of a derived fact that holds for what is below, too; None for any other."""
    if isinstance(path, Alternative):
        return next(filter(None, (_inherited(part, types) for part in path.parts)), None)
    if not isinstance(path, Step) or path.inverse:
        return None
    properties = (type_.properties.get(path.name) for type_ in types)
    derivations = (one.derivation for one in properties if one is not None)
    along = next((one.along for one in derivations if one is not None and one.along), "")
    return Repeat(Step(along), 0, True) if along else None


class _Tail(NamedTuple):
    """One way in which a node may say a fact: steps, and what derives the last of them."""

    names: tuple[str, ...]
    text: str
    derivation: Derivation | None


def _tails(path: Path, type_: ObjectType) -> tuple[_Tail, ...]:
    """The ways in which a node of a type may say a fact itself."""
    if isinstance(path, paths.Sequence) and climbs_of(path) is not None:
        rest = path.parts[1:]
        path = rest[0] if len(rest) == 1 else paths.Sequence(rest)
    if isinstance(path, Alternative):
        return tuple(tail for part in path.parts for tail in _tails(part, type_))
    steps = path.parts if isinstance(path, paths.Sequence) else (path,)
    first = steps[0]
    plain = all(isinstance(step, Step) and not step.inverse for step in steps)
    names = tuple(step.name for step in steps if isinstance(step, Step)) if plain else ()
    text = paths.text(path)
    if not isinstance(first, Step) or first.inverse or first.name in type_.inverses:
        return (_Tail((), text, None),)
    property_ = type_.properties.get(first.name)
    if property_ is None:
        return ()
    return (_Tail(names, text, property_.derivation),)


def _is_said(node: Node, tail: _Tail) -> bool:
    """Whether a node says that there is none, or something has been said about it already."""
    derivation = tail.derivation
    if derivation is not None:
        if not all(trusts(node, path[0]) for path in derivation.paths):
            return True
        # Of dates that are all to come, it is known that no phase has begun.
        return derivation.function == "phaseOf" and bool(at(node.values, derivation.paths[0]))
    for name in tail.names:
        if not trusts(node, name):
            return True
        if node.values.get(name) is None:
            return False
        within = node.type.properties[name]
        if within.object is None or within.many:
            return name == tail.names[-1]
        children = node.child(within)
        if not children:
            return True
        node = children[0]
    return bool(tail.names)


def _label(node: Node, tail: _Tail) -> str:
    if tail.derivation is None:
        return tail.text
    absent = (path for path in tail.derivation.paths if at(node.values, path) is None)
    return "/".join(next(absent, tail.derivation.paths[0]))
