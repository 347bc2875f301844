"""A model → the report of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.report import Coverage, GuidelineInfo, Report, RuleInfo
from bizalign_lint.core.settings import Settings, any_selects
from bizalign_lint.core.types import Flaw, Place, Source
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import Model, read_model
from bizalign_lint.findings import suppressions
from bizalign_lint.findings.assemble import assemble
from bizalign_lint.findings.finish import Finisher, path_of
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.graph.owners import OwnerFinder, owner_by_reference, owners
from bizalign_lint.graph.revisions import HISTORY, has_changed, link_earlier, link_history
from bizalign_lint.parsing.positions import lines
from bizalign_lint.rules import coverage
from bizalign_lint.rules import run as check
from bizalign_lint.rules.compiled.compile import CompiledRule, merged
from bizalign_lint.rules.compiled.compiler import Compiler
from bizalign_lint.rules.gaps import conditional, judged
from bizalign_lint.rules.language.rule import Rule

if TYPE_CHECKING:
    from bizalign_lint.core.lines import Lines


class Earlier(NamedTuple):
    """An earlier revision that a model is compared with."""

    graph: Graph
    """The model at that revision."""
    versions: Callable[[Iterable[str]], Mapping[str, Sequence[Source]]]
    """Gives the versions of files, by path, up to that revision, newest first."""


def compile_rules(
    loaded: Loaded, settings: Settings, with_transitions: bool = False
) -> list[CompiledRule]:
    """The selected rules about nodes, compiled separately from those of ``judge``."""
    active = _active(loaded, settings, with_transitions)
    return Compiler(loaded.ontology).rules(_about_nodes(active), settings)


def compile_ahead(loaded: Loaded, settings: Settings) -> None:
    """Compile the selected rules about nodes in advance of ``judge``.

    Raises RuleError for a rule that the ontology contradicts.
    """
    active = _active(loaded, settings, with_transitions=False)
    loaded.compiler.rules(_about_nodes(active), settings)


def _active(loaded: Loaded, settings: Settings, with_transitions: bool) -> list[Rule]:
    """The selected rules; those that compare revisions only ``with_transitions``."""
    return [
        rule
        for rule in loaded.rules.rules.values()
        if (with_transitions or not rule.transition) and is_selected(rule, settings)
    ]


def _about_nodes(active: Iterable[Rule]) -> Iterator[Rule]:
    return (rule for rule in active if rule.condition is None)


def is_selected(rule: Rule, settings: Settings) -> bool:
    """Whether the settings select a rule.

    An optional rule has to be named by its id or given a severity; so does a preview rule, unless
    the settings enable all of them.
    """
    named = (*settings.select, *settings.extend_select)
    must_be_named = rule.optional or (rule.preview and not settings.preview)
    if must_be_named and rule.id not in named and rule.id not in settings.severities:
        return False
    chosen = not settings.select or any_selects(named, rule.id, rule.guideline)
    return chosen and not any_selects(settings.ignore, rule.id, rule.guideline)


def on_demand(
    loaded: Loaded, graph: Graph, active: Iterable[Rule], settings: Settings
) -> Iterator[Flaw]:
    """The flaws of checks that only run if a rule reports their results."""
    reported = {rule.condition: rule for rule in active if rule.condition in conditions.ON_DEMAND}
    if conditions.REFERENCE_ORDER in reported:
        from bizalign_lint.graph import ordering

        yield from ordering.flaws(graph, loaded.ontology)
    aging = reported.get(conditions.VENDOR_DATA_OLD)
    if aging is not None:
        yield from vendor_data_aged(loaded, graph, aging, settings, settings.as_of.isoformat())


def vendor_data_aged(
    loaded: Loaded, graph: Graph, aging: Rule, settings: Settings, day: str
) -> Iterator[Flaw]:
    """The flaws that a rule about the age of vendor data reports on a day, in ISO 8601."""
    if loaded.completer is not None:
        params = merged(aging, settings.params.get(aging.id, {}))
        yield from loaded.completer.aged(graph, day, params)


def run(
    loaded: Loaded, sources: Sequence[Source], settings: Settings, unreadable: Sequence[Flaw] = ()
) -> Report:
    """Check a workspace. ``unreadable`` are the flaws of files that could not be read.

    Raises RuleError for a rule that the ontology contradicts.
    """
    return judge(loaded, read_model(loaded, sources), sources, settings, unreadable)


def judge(
    loaded: Loaded,
    model: Model,
    sources: Sequence[Source],
    settings: Settings,
    unreadable: Sequence[Flaw] = (),
    earlier: Earlier | None = None,
) -> Report:
    """The report on a model, given the sources that it was read from.

    With ``earlier``, the rules that compare revisions run as well. Raises RuleError for a rule that
    the ontology contradicts.
    """
    active = _active(loaded, settings, earlier is not None)
    compiled = loaded.compiler.rules(_about_nodes(active), settings)
    if earlier is not None:
        _link_earlier(loaded, model, earlier, compiled)
    outcome = check.judge(compiled, model.graph)
    drafts = [
        *check.conditions_met(
            (*unreadable, *model.flaws, *on_demand(loaded, model.graph, active, settings)),
            active,
            model.graph,
        ),
        *outcome.drafts,
    ]
    by_path = {source.path: source for source in sources}
    foreign = frozenset(d.source.path for d in model.documents if d.origin is not None)
    assembled = assemble(
        drafts,
        suppressions.read(model.documents, model.graph),
        model.graph,
        loaded.ontology,
        active,
        loaded.rules.rules,
        settings,
        outcome.lacks,
        lambda flaws: check.conditions_met(flaws, active, model.graph),
        Finisher(settings, {p: s for p, s in by_path.items() if p not in foreign}),
    )
    return Report(
        findings=assembled.findings,
        suppressed=assembled.suppressed,
        files=len(sources),
        documents=len(model.documents),
        nodes=sum(map(len, model.graph.kinds.values())),
        rules=tuple(
            RuleInfo(
                id=rule.id,
                name=rule.name,
                guideline=rule.guideline,
                severity=settings.severity(rule.id, rule.severity),
                summary=rule.summary,
                help=rule.help,
                preview=rule.preview,
            )
            for rule in active
        ),
        guidelines=tuple(GuidelineInfo(g.id, g.title, g.order) for g in loaded.rules.guidelines),
        as_of=settings.as_of,
        lines=partial(_lines_of, by_path),
        without_definitions=model.without_definitions,
        foreign=foreign,
        idle=tuple(
            c.rule.id
            for c in compiled
            if not any(model.graph.kinds.get(target, True) for target in c.rule.targets)
        ),
        seconds=outcome.seconds,
        coverage=measure(loaded, model.graph, settings),
        unread=tuple(
            sorted(
                {
                    path_of(flaw.place)
                    for flaw in (*unreadable, *model.flaws)
                    if flaw.condition in conditions.UNREADABLE
                }
            )
        ),
        doubtful=_doubtful(model),
        judged=judged(
            outcome.unjudged,
            [*outcome.judging, *conditional(active)],
            model.graph,
            loaded.ontology,
            settings.reports,
            None if earlier is None else has_changed,
        ),
        linked=_is_linked(model.graph),
        owner=partial(owner_by_reference, model.graph, OwnerFinder()),
        title=model.graph.title_of,
        owners=partial(owners, model.graph),
        stopped=frozenset(outcome.stopped),
    )


def _is_linked(graph: Graph) -> bool:
    """Whether any definition refers to another."""
    nodes = chain.from_iterable(graph.kinds.values())
    return any(node.values.get(link.name) for node in nodes for link in node.type.links)


def _doubtful(model: Model) -> frozenset[str]:
    """The references of nodes in definitions that violate their schema."""
    broken = {
        (path_of(flaw.place), flaw.place.document.index)
        for flaw in model.flaws
        if flaw.condition in conditions.STRUCTURE and isinstance(flaw.place, Place)
    }
    nodes = (node for nodes in model.graph.kinds.values() for node in nodes) if broken else ()
    return frozenset(
        node.reference
        for node in nodes
        if node.document and (node.document.source.path, node.document.index) in broken
    )


def _link_earlier(
    loaded: Loaded, model: Model, earlier: Earlier, compiled: Sequence[CompiledRule]
) -> None:
    """Link the nodes of a model with their earlier revisions."""
    graph = model.graph
    link_earlier(graph, earlier.graph, model.flaws, loaded.ontology)
    kinds = {
        target
        for rule in compiled
        if HISTORY in rule.context.walker.taken
        for target in rule.rule.targets
    }

    def versions_of(paths: Iterable[str]) -> dict[str, list[Graph]]:
        return {
            path: [read_model(loaded, [source]).graph for source in versions]
            for path, versions in earlier.versions(paths).items()
        }

    link_history((node for kind in sorted(kinds) for node in graph.kinds[kind]), versions_of)


def measure(loaded: Loaded, graph: Graph, settings: Settings) -> tuple[Coverage, ...]:
    """The measures of alignment of a model; empty if the settings do not request them."""
    if settings.thresholds is None:
        return ()
    measures = loaded.compiler.measures(loaded.rules, settings)
    return coverage.take_measures(measures, graph, settings.thresholds, settings.required_measures)


def _lines_of(sources: Mapping[str, Source], path: str) -> Lines:
    """The lines of a file of the run; no lines for any other path."""
    return lines(sources.get(path, Source(path, b"")))
