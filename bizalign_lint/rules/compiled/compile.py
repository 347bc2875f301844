"""Rules and measures → functions, ready to run over a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.graph.revisions import STEPS_BY_TRANSITION
from bizalign_lint.rules.compiled import cost
from bizalign_lint.rules.compiled.absence import SEVERAL, CompiledAbsence, compile_absence
from bizalign_lint.rules.compiled.checks import Conforms
from bizalign_lint.rules.compiled.constraints import compile_shape
from bizalign_lint.rules.compiled.context import Context, check_message, check_template, type_of
from bizalign_lint.rules.compiled.needs import Unknown, compile_needs
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.compiled.values import Get
from bizalign_lint.rules.compiled.walks import Domain, Walk
from bizalign_lint.rules.language.rule import Measure, Rule
from bizalign_lint.rules.language.shapes import PathExpression
from bizalign_lint.schema.ontology import WORKSPACE


class CompiledRule(NamedTuple):
    """A rule ready to run. It never changes; its context is prepared for each graph."""

    rule: Rule
    params: Mapping[str, Any]
    where: Conforms | None
    conforms: Conforms
    breaks: Conforms
    """Whether the rule applies to a node and the node does not conform."""
    evidence: tuple[Walk, ...]
    evident: tuple[Conforms, ...]
    """For each piece of evidence, whether the workspace has it."""
    context: Context
    unknown: Unknown | None
    """The facts without which a node that does not break the rule cannot be judged."""
    absence: CompiledAbsence | None
    """For a rule about an absent fact."""

    def prepare(self, graph: Graph) -> None:
        """Fill the tables of a graph that constraints look up."""
        self.context.prepare(graph)


def compile_rule(
    rule: Rule, walker: Walker, params: Mapping[str, Any], reports_absence: bool = False
) -> CompiledRule:
    """The function of a rule about nodes (not of one that reports a condition).

    With ``reports_absence``, any fact that no target has is reported. Raises RuleError, with its
    place, for a kind, step or value that the ontology does not know.
    """
    assert rule.shape is not None
    values = merged(rule, params)
    if rule.transition:
        walker = Walker(
            walker.ontology, walker.as_of, STEPS_BY_TRANSITION[rule.transition], walker.languages
        )
    context = Context(rule, walker, values)
    targets = tuple(type_of(context, target, ("target",)) for target in rule.targets)
    workspace = (walker.ontology.types[WORKSPACE],)
    check_message(context, rule.message, ("message",), targets)
    if rule.several:
        check_template(context, rule.several, ("several",), SEVERAL)
    where = None if rule.where is None else compile_shape(context, rule.where, targets)
    conforms = compile_shape(context, rule.shape, targets)
    return CompiledRule(
        rule,
        values,
        where,
        conforms=conforms,
        breaks=_breaks(rule, where, conforms),
        evidence=tuple(context.walk(path, workspace).walk for path in rule.evidence),
        evident=tuple(context.leads(path, workspace) for path in rule.evidence),
        context=context,
        unknown=compile_needs(context, rule, targets, conforms),
        absence=compile_absence(context, rule, targets, reports_absence),
    )


def merged(rule: Rule, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a rule by name: the given ones, and the defaults of all others."""
    return {name: parameter.default for name, parameter in rule.params.items()} | dict(params)


def _breaks(rule: Rule, where: Conforms | None, conforms: Conforms) -> Conforms:
    if where is None or rule.where is None or rule.shape is None:
        return lambda node: not conforms(node)
    # Most nodes conform, so that is tested first if it is cheaper. The order makes no other
    # difference.
    if 2 * cost.of_shape(rule.shape) < cost.of_shape(rule.where):
        return lambda node: not conforms(node) and where(node)
    return lambda node: where(node) and not conforms(node)


class Count(NamedTuple):
    """The nodes of some kinds that a measure counts, and those that conform."""

    targets: tuple[str, ...]
    where: Conforms | None
    conforms: Conforms
    evident: tuple[Conforms, ...] = ()
    """Tests of the workspace that must all hold before anything is counted."""
    unknown: Unknown | None = None
    prepare: Callable[[Graph], None] | None = None


class CompiledMeasure(NamedTuple):
    """A measure ready to run."""

    measure: Measure
    counts: tuple[Count, ...]
    weight: Get | None = None
    """The weight of a node; None if each counts for one."""
    unit: Get | None = None


def compile_measure(
    measure: Measure,
    walker: Walker,
    rules: Mapping[str, Rule],
    params: Mapping[str, Mapping[str, Any]],
) -> CompiledMeasure:
    """The functions of a measure. ``params`` are the thresholds of its rules, by their ids.

    Raises RuleError, with its place, for a kind, step or value that the ontology does not know.
    """
    if measure.shape is None:
        made = [compile_rule(rules[id_], walker, params.get(id_, {})) for id_ in measure.rules]
        return CompiledMeasure(
            measure,
            tuple(
                Count(r.rule.targets, r.where, r.conforms, r.evident, r.unknown, r.prepare)
                for r in made
            ),
        )
    context = Context(measure, walker, {})
    targets = tuple(type_of(context, target, ("target",)) for target in measure.targets)
    where = None if measure.where is None else compile_shape(context, measure.where, targets)
    shape = compile_shape(context, measure.shape, targets)
    workspace = (walker.ontology.types[WORKSPACE],)
    evident = tuple(context.leads(path, workspace) for path in measure.evidence)
    unknown = compile_needs(context, measure, targets, shape)
    return CompiledMeasure(
        measure,
        (Count(measure.targets, where, shape, evident, unknown, context.prepare),),
        _get(context, measure.weight, targets),
        _get(context, measure.unit, targets),
    )


def _get(context: Context, path: PathExpression | None, targets: Domain) -> Get | None:
    if path is None:
        return None
    walk = context.walk(path, targets).walk

    def get(node: Node) -> Any:
        return next(iter(walk(node)), None)

    return get
