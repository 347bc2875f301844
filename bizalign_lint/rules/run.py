"""Graph + rules → drafts of findings with unresolved places, and what could not be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.core.durations import in_words
from bizalign_lint.core.types import Flaw, Location, Place, Related, Span
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.absence import AbsentFact, cause
from bizalign_lint.rules.compiled.compile import CompiledRule
from bizalign_lint.rules.compiled.context import Context, placeholder_path
from bizalign_lint.rules.compiled.meter import TooManySteps, allowed
from bizalign_lint.rules.compiled.steps import UnknownStepError
from bizalign_lint.rules.explained.shown import listed, shown, titled
from bizalign_lint.rules.gaps import Unjudged
from bizalign_lint.rules.language.message import fill
from bizalign_lint.rules.language.rule import REMOVED, Rule
from bizalign_lint.rules.verdicts import Positions, Verdict, facts_needed, size, targets, verdicts

if TYPE_CHECKING:
    from bizalign_lint.rules.explained.explain import Breach


class Draft(NamedTuple):
    """A finding before its place has been resolved and before any filtering."""

    rule: Rule
    message: str
    place: Place | Location
    node: Node | None
    """The node that it is about; None for the workspace, or if there is no such node."""
    subject: str
    """The part of the fingerprint besides rule and node."""
    related: tuple[Related, ...]
    flaw: Flaw | None = None
    """The flaw that an earlier stage found, if the rule reports a condition."""
    cause: str = ""
    """What the finding comes from, if that may break the rule in many places."""


class Outcome(NamedTuple):
    """The results of rules for a graph."""

    drafts: list[Draft]
    seconds: dict[str, float]
    """The seconds that each rule took, by its id."""
    unjudged: list[Unjudged]
    """The nodes that rules could not judge."""
    judging: list[str]
    """The rules that gave a verdict on anything, by id."""
    lacks: list[AbsentFact]
    """The absent facts that are reported once for many targets."""
    stopped: list[str]
    """The ids of the rules that took too many steps."""


class _RuleOutcome:
    """The drafts and unjudged nodes of one rule, or just a draft that it was stopped."""

    def __init__(self, compiled: CompiledRule, graph: Graph) -> None:
        self.drafts: list[Draft] = []
        self.unjudged: list[Unjudged] = []
        self.is_stopped = False
        self._compiled = compiled
        self._graph = graph

    def add(self, verdict: Verdict) -> None:
        """Make the drafts of a verdict."""
        compiled, graph = self._compiled, self._graph
        node = graph.workspace
        # The verdict may come from another process.
        compiled.prepare(graph)
        try:
            with compiled.context.meter.limited(size(graph)):
                for node in self._at(verdict.broken):
                    self.drafts.extend(drafts(compiled, node, graph))
                for node in self._at(verdict.unknown):
                    facts = facts_needed(compiled, node, graph)
                    self.unjudged.append(Unjudged(compiled.rule.id, node, facts))
        except TooManySteps:
            self.stopped_at(node)

    def stopped_at(self, node: Node) -> None:
        """Discard everything but a draft that the rule was stopped at a node."""
        self.is_stopped = True
        self.drafts, self.unjudged = [stopped(self._compiled, node, self._graph)], []

    def _at(self, positions: Iterable[Positions]) -> Iterator[Node]:
        for kind, those in positions:
            yield from map(targets(self._compiled.rule, kind, self._graph).__getitem__, those)


def judge(rules: Sequence[CompiledRule], graph: Graph) -> Outcome:
    """The results of the rules for a graph."""
    outcome = Outcome([], {}, [], judging=[], lacks=[], stopped=[])
    for compiled, verdict in zip(rules, verdicts(rules, graph), strict=True):
        start = perf_counter()
        rule = compiled.rule
        result = _RuleOutcome(compiled, graph)
        if verdict.stopped is not None:
            kind, position = verdict.stopped
            result.stopped_at(targets(rule, kind, graph)[position])
        elif verdict.broken or verdict.unknown:
            result.add(verdict)
        outcome.drafts.extend(result.drafts)
        outcome.unjudged.extend(result.unjudged)
        if result.is_stopped:
            outcome.stopped.append(rule.id)
        else:
            outcome.lacks.extend(AbsentFact(compiled, *fact) for fact in verdict.lacks)
            outcome.judging.extend([rule.id] if verdict.judges else ())
        outcome.seconds[rule.id] = verdict.seconds + perf_counter() - start
    return outcome


def stopped(compiled: CompiledRule, node: Node, graph: Graph) -> Draft:
    """The draft that a rule was stopped at a node, as it took too many steps."""
    rule = compiled.rule
    place: Place | Location
    if rule.transition == REMOVED:
        assert node.document is not None
        place = Location(node.document.source.path, Span(1, 1, 1, 2))
    else:
        place, _ = _node_place(compiled, node, graph, ())
    message = (
        f"{rule.id} was stopped here and reports nothing about any definition, as following its "
        f"paths takes more than {allowed(size(graph)):,} steps; look for a long chain, a cycle, "
        "or very many definitions that all refer to each other"
    )
    about = None if node is graph.workspace else node
    return Draft(rule, message=message, place=place, node=about, subject="stopped", related=())


def drafts(compiled: CompiledRule, node: Node, graph: Graph) -> Iterator[Draft]:
    """The drafts of a rule for a node that breaks it."""
    from bizalign_lint.rules.explained.explain import explain

    rule = compiled.rule
    absence = compiled.absence
    absence_cause = ""
    if absence is not None and absence.missing(node):
        absence_cause = cause(rule, node.type.name)
    for breach in explain(compiled, node, graph):
        place: Place | Location | None = breach.place
        related = breach.related
        if place is None and rule.transition == REMOVED:
            place, related = _place_of_removed(node, breach, graph)
        elif place is None:
            place, related = _node_place(compiled, node, graph, related)
        yield Draft(
            rule,
            message=_message(compiled.context, breach.message or rule.message, node, breach),
            place=place,
            node=None if node is graph.workspace else node,
            subject=breach.subject,
            related=tuple(r for r in related if r.place != place),
            cause=absence_cause or _source(rule, node, breach),
        )


def _source(rule: Rule, node: Node, breach: Breach) -> str:
    """The cause of a breach; empty if the rule does not name one."""
    if rule.several:
        return cause(rule, node.type.name)
    is_known = rule.comes_from_value and isinstance(breach.value, Node)
    return breach.value.reference if is_known else ""


def _place_of_removed(
    node: Node, breach: Breach, graph: Graph
) -> tuple[Place | Location, tuple[Related, ...]]:
    """The place of a finding about a removed node: where it is named, or else its former file."""
    named = [
        (value, graph.named_at[node, value])
        for value in breach.values
        if isinstance(value, Node) and (node, value) in graph.named_at
    ]
    if named:
        rest = (Related(f"{shown(value)} also names it", place) for value, place in named[1:])
        return named[0][1], tuple(rest)
    assert node.document is not None
    return Location(node.document.source.path, Span(1, 1, 1, 2)), ()


def _node_place(
    compiled: CompiledRule, node: Node, graph: Graph, related: tuple[Related, ...]
) -> tuple[Place, tuple[Related, ...]]:
    """The place of a finding about a whole node; the workspace has no text of its own."""
    if node is not graph.workspace:
        return node.place(), related
    if related and isinstance(related[0].place, Place):
        return related[0].place, related[1:]
    for walk in compiled.evidence:
        for value in walk(graph.workspace):
            if isinstance(value, Node) and value.document is not None:
                return value.place(), related
    first = next(found for nodes in graph.kinds.values() for found in nodes)
    return first.place(), related


def _message(context: Context, template: str, node: Node, breach: Breach) -> str:
    targets = tuple(context.ontology.types[kind] for kind in context.rule.targets)
    fixed: dict[str, Callable[[], str]] = {
        "title": lambda: titled(node),
        "name": lambda: shown(node.name),
        "kind": lambda: node.type.name,
        "value": lambda: "-" if breach.value is None else shown(breach.value),
        "values": lambda: listed(breach.values, breach.more),
        "count": lambda: f"{'over ' if breach.more else ''}{len(breach.values)}",
        "asOf": lambda: str(context.as_of),
        "left": lambda: listed(breach.operands[:1]),
        "right": lambda: listed(breach.operands[1:]),
    }

    def value_of(name: str) -> str:
        if name in fixed:
            return fixed[name]()
        if name.startswith("params."):
            return in_words(shown(context.params[name.removeprefix("params.")]))
        path = placeholder_path(name)
        assert path is not None
        if not name.startswith("value/"):
            return listed(context.walk(path, targets).walk(node))
        if not isinstance(breach.value, Node):
            return "-"
        try:
            return listed(context.walker.path(path.path, (breach.value.type,)).walk(breach.value))
        except UnknownStepError:
            return "-"

    return fill(template, value_of)


def conditions_met(flaws: Iterable[Flaw], rules: Iterable[Rule], graph: Graph) -> list[Draft]:
    """Drafts of the flaws that earlier stages found, by the rules that report them."""
    flaws = list(flaws)
    if not flaws:
        return []
    owners = {
        (id(node.document.source), node.document.index): node
        for nodes in graph.kinds.values()
        for node in nodes
        if node.document is not None and node.holder is None
    }
    by_condition = reporting(rules)
    found = []
    for flaw in flaws:
        rule = by_condition.get(flaw.condition)
        if rule is not None:
            node = None
            if isinstance(flaw.place, Place):
                document = flaw.place.document
                node = owners.get((id(document.source), document.index))
            found.append(condition_met(flaw, rule, node))
    return found


def reporting(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The rules that report conditions, by condition."""
    return {rule.condition: rule for rule in rules if rule.condition is not None}


def condition_met(flaw: Flaw, rule: Rule, node: Node | None) -> Draft:
    """The draft of a flaw by the rule that reports it. ``node`` is the definition it is in."""
    message = fill(rule.message, partial(_detail, flaw))
    return Draft(
        rule,
        message=message,
        place=flaw.place,
        node=node,
        subject=flaw.subject,
        related=flaw.related,
        flaw=flaw,
        cause=flaw.cause,
    )


def _detail(flaw: Flaw, name: str) -> str:
    return flaw.details.get(name, "-")
