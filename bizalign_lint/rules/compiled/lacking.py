"""A path → the missing fact of a node from which the path leads nowhere, and its owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bizalign_lint.graph.nodes import NOTHING, Node
from bizalign_lint.graph.trust import trusts
from bizalign_lint.rules.compiled.context import Context
from bizalign_lint.rules.compiled.reach import reaches, repeats
from bizalign_lint.rules.compiled.values import at
from bizalign_lint.rules.compiled.walks import Domain
from bizalign_lint.rules.language import paths
from bizalign_lint.rules.language.paths import Alternative, Path, Repeat, Step
from bizalign_lint.rules.language.shapes import PathExpression
from bizalign_lint.schema.derivations import Derivation
from bizalign_lint.schema.ontology import ObjectType


class Missing(NamedTuple):
    """A fact that is not in the model."""

    kind: str
    fact: str
    """The property that would state it, as a path; empty if there is nothing of the kind."""
    node: Node | None
    """The definition that lacks it; None if all definitions of the kind do."""


class Lack(NamedTuple):
    """The facts that nodes lack if a path leads nowhere."""

    of: Callable[[Node], bool]
    """Whether a node lacks the fact."""
    facts: Callable[[Node], Sequence[Missing]]
    """The missing fact of a node; empty if it does not lack it."""


def lack_of(context: Context, expression: PathExpression, domain: Domain) -> Lack:
    """The facts that nodes lack if a path leads nowhere. Raises RuleError as ``Context.walk``."""
    leads = context.leads(expression, domain)
    if repeats(expression.path) and context.clock is None:
        leads = reaches(context, expression.path, domain, lambda _: True)
    types = frozenset(member for member in domain if isinstance(member, ObjectType))
    tails = {type_: _tails(expression.path, type_) for type_ in types}
    labels = {
        type_: "|".join(dict.fromkeys(tail.text for tail in _own(known)))
        for type_, known in tails.items()
        if not any(tail.derivation for tail in known)
    }
    climbs = climbs_of(expression.path) or _inherited(expression.path, types)
    climb = None
    if climbs is not None:
        climb = _top(context, climbs, domain)

    def is_lacking(node: Node) -> bool:
        if leads(node):
            return False
        if climb is not None:
            node = climb(node)
        known = tails.get(node.type, ())
        for tail in known:  # a generator costs more than the tests
            if _is_stated(node, tail):
                return False
        return bool(known)

    def facts(node: Node) -> Sequence[Missing]:
        if not is_lacking(node):
            return NOTHING
        if climb is not None:
            node = climb(node)
        label = labels.get(node.type) or "|".join(_labels(node, tails[node.type]))
        entity = node.entity
        if node is not entity:
            within = [str(key) for key in node.pointer if isinstance(key, str)]
            label = "/".join([*within[1:], label])
        return (Missing(entity.type.name, label, entity),)

    return Lack(is_lacking, facts)


def _top(context: Context, climbs: Repeat, domain: Domain) -> Callable[[Node], Node]:
    """Gives the topmost node above a node."""
    walk = context.walker.path(climbs, domain).walk
    once = context.walker.again(climbs.part, domain)[0].get
    if once is None or not climbs.many or context.clock is not None:
        return lambda node: [node, *walk(node)][-1]
    known: dict[Node, Node] = {}
    context.fills.append(lambda _: known.clear())

    def top(node: Node) -> Node:
        passed: dict[Node, None] = {}
        at: Node | None = node
        while at is not None and at not in known and at not in passed:
            passed[at] = None
            at = once(at)
        path = [*passed]
        if at in passed:  # a cycle has no end: its last node is the one before its first
            cycle = path[path.index(at) :]
            known.update(zip(cycle, (cycle[-1], *cycle), strict=False))
            known.update(dict.fromkeys(path[: -len(cycle)], cycle[-1]))
        else:
            known.update(dict.fromkeys(path, path[-1] if at is None else known[at]))
        return known[node]

    return top


def climbs_of(path: Path) -> Repeat | None:
    """The path upwards of an inherited fact; None for any other fact."""
    if isinstance(path, paths.Sequence) and isinstance(path.parts[0], Repeat):
        return path.parts[0]
    return None


def _inherited(path: Path, types: Iterable[ObjectType]) -> Repeat | None:
    """The path upwards of a derived fact that is inherited; None for any other fact."""
    if isinstance(path, Alternative):
        return next(filter(None, (_inherited(part, types) for part in path.parts)), None)
    if not isinstance(path, Step) or path.inverse:
        return None
    properties = (type_.properties.get(path.name) for type_ in types)
    derivations = (one.derivation for one in properties if one is not None)
    along = next((one.along for one in derivations if one is not None and one.along), "")
    return Repeat(Step(along), 0, True) if along else None


class _Tail(NamedTuple):
    """One path by which a node may state a fact: steps, and the derivation of the last one."""

    names: tuple[str, ...]
    text: str
    derivation: Derivation | None
    phase: bool = False
    """Whether the fact is the phase at the as-of date."""


def _tails(path: Path, type_: ObjectType) -> tuple[_Tail, ...]:
    """The paths by which a node of a type may state a fact itself."""
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
    derivation = property_.derivation
    return (_Tail(names, text, derivation, derivation is not None and derivation.traits.phase),)


def _is_stated(node: Node, tail: _Tail) -> bool:
    """Whether a node states that there is none, or a flaw has been reported there already."""
    derivation = tail.derivation
    if derivation is not None:
        if not all(trusts(node, path[0]) for path in derivation.paths):
            return True
        # If all dates are in the future, it is known that no phase has begun.
        return tail.phase and bool(at(node.values, derivation.paths[0]))
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


def _own(tails: Sequence[_Tail]) -> Sequence[_Tail]:
    """The paths by which a node states a fact itself, or all paths if there are none."""
    return [tail for tail in tails if tail.names or tail.derivation] or tails


def _labels(node: Node, tails: Sequence[_Tail]) -> Iterable[str]:
    return dict.fromkeys(_label(node, tail) for tail in _own(tails))


def _label(node: Node, tail: _Tail) -> str:
    if tail.derivation is None:
        return tail.text
    absent = (path for path in tail.derivation.paths if at(node.values, path) is None)
    return "/".join(next(absent, tail.derivation.paths[0]))
