"""A model → the findings of every day up to a last one, and the forecast made of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.clock import Clock
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Flaw, Severity, Source
from bizalign_lint.engine.judge import is_selected, on_demand, vendor_data_aged
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import Model
from bizalign_lint.findings import suppressions
from bizalign_lint.forecast.chain import Chains, Link
from bizalign_lint.forecast.dated import dated
from bizalign_lint.forecast.periods import FindingPeriod, RunContext, filter_periods
from bizalign_lint.forecast.timeline import AbsencePeriod, DraftPeriod, timeline
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.graph.owners import OwnerFinder
from bizalign_lint.rules import run as check
from bizalign_lint.rules.compiled.compile import compile_rule
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.rule import Rule


class Event(NamedTuple):
    """A finding that will appear. Days are in ISO 8601."""

    finding: Finding
    """As it is reported on the first day."""
    first: str
    """The first day on which it is true."""
    last: str | None
    """The last day; None if it is still true on the last day of the forecast."""
    lapse: bool
    """Whether it only becomes true if a recurring task, such as a review, is not done."""
    owner: str | None
    """The title of the owner; None if nobody is responsible."""
    owner_reference: str | None
    """The reference of the owner."""
    chain: tuple[Link, ...]
    """The chain from the finding's node to the date that makes it begin."""


class Rise(NamedTuple):
    """A finding that exists already and will become more severe."""

    finding: Finding
    """As it is reported from the first day on."""
    first: str
    """The first day of the higher severity, in ISO 8601."""
    was: Severity
    """Its severity before that day."""
    owner_reference: str | None
    """The reference of the owner; None if nobody is responsible."""


class Outlook(NamedTuple):
    """A forecast: the findings that will appear if nothing is done."""

    since: str
    """The as-of date, in ISO 8601; findings of that day are not among the events."""
    until: str
    """The last day of the forecast, in ISO 8601."""
    events: tuple[Event, ...]
    """By their first day, then the most severe first."""
    present: int
    """The number of findings on the as-of date."""
    rises: tuple[Rise, ...] = ()
    """By their first day, then by rule."""


def forecast(
    loaded: Loaded,
    model: Model,
    sources: Sequence[Source],
    settings: Settings,
    until: date,
    unreadable: Sequence[Flaw] = (),
) -> Outlook:
    """The forecast from the as-of date of the settings up to a last day.

    ``unreadable`` are the flaws of files that could not be read. Raises RuleError for a rule that
    the ontology contradicts.
    """
    clock = Clock(settings.as_of, until)
    rules = loaded.rules.rules
    chains = Chains(loaded.ontology, settings.as_of.isoformat())
    events = []
    of = OwnerFinder()
    rises = []
    present = 0
    for period in finding_periods(loaded, model, sources, settings, clock, unreadable):
        if period.start == 0:
            present += 1
            continue
        node = period.draft.node
        owner = of(node) if node is not None else None
        if period.was is not None:
            if period.finding.severity.rank < period.was.rank:
                reference = None if owner is None else owner.reference
                first = clock.days[period.start]
                rises.append(Rise(period.finding, first, period.was, reference))
            continue
        rule = rules[period.finding.rule]
        links = () if node is None else chains.shortest(rule, node, period.dates)
        events.append(
            Event(
                period.finding,
                clock.days[period.start],
                last=clock.days[period.end - 1] if period.end < clock.never else None,
                lapse=rule.lapse,
                owner=None if owner is None else owner.title,
                owner_reference=None if owner is None else owner.reference,
                chain=links,
            )
        )
    events.sort(key=_order)
    rises.sort(key=lambda rise: (rise.first, rise.finding.rule, rise.finding.fingerprint))
    return Outlook(
        since=clock.days[0],
        until=clock.days[-1],
        events=tuple(events),
        present=present,
        rises=tuple(rises),
    )


def _order(event: Event) -> tuple[str, int, str, str, tuple[int, int], str]:
    finding = event.finding
    at = finding.location
    place = (at.span.line, at.span.column)
    return event.first, finding.severity.rank, finding.rule, at.path, place, finding.fingerprint


def finding_periods(
    loaded: Loaded,
    model: Model,
    sources: Sequence[Source],
    settings: Settings,
    clock: Clock,
    unreadable: Sequence[Flaw] = (),
) -> Iterator[FindingPeriod]:
    """The findings of all days of a clock, each with its period.

    The clock begins on the as-of date of the settings. Raises RuleError for a rule that the
    ontology contradicts.
    """
    graph, ontology = model.graph, loaded.ontology
    active = [
        rule
        for rule in loaded.rules.rules.values()
        if is_selected(rule, settings) and not rule.transition
    ]
    moving = Walker(ontology, clock.today, languages=settings.languages)
    draft_periods: list[DraftPeriod] = []
    lacks: list[AbsencePeriod] = []
    flaws = (*unreadable, *model.flaws, *on_demand(loaded, graph, active, settings))
    for number, draft in enumerate(check.conditions_met(flaws, active, graph)):
        draft_periods.append(DraftPeriod(draft, 0, clock.never, (-1, number)))
    about_nodes = [rule for rule in active if rule.condition is None]
    moved = dated(loaded, about_nodes)
    for number, rule in enumerate(about_nodes):
        if rule.id in moved:
            params = settings.params.get(rule.id, {})
            compiled = compile_rule(rule, moving, params, settings.reports_absence)
            found = timeline(compiled, number, graph, clock)
            draft_periods += found.draft_periods
            lacks += found.lacks
    draft_periods += _aging(loaded, graph, active, settings, clock)
    numbers = {rule.id: number for number, rule in enumerate(about_nodes)}
    unmoved = (rule for rule in about_nodes if rule.id not in moved)
    outcome = check.judge(loaded.compiler.rules(unmoved, settings), graph)
    for number, draft in enumerate(outcome.drafts):
        draft_periods.append(DraftPeriod(draft, 0, clock.never, (numbers[draft.rule.id], number)))
    lacks.append(AbsencePeriod(tuple(outcome.lacks), 0, clock.never))
    foreign = {d.source.path for d in model.documents if d.origin is not None}
    run = RunContext(
        clock,
        graph,
        ontology,
        active,
        loaded.rules.rules.keys(),
        settings,
        {source.path: source for source in sources if source.path not in foreign},
        lambda found: check.conditions_met(found, active, graph),
    )
    return filter_periods(draft_periods, suppressions.read(model.documents, graph), lacks, run)


def _aging(
    loaded: Loaded, graph: Graph, active: Sequence[Rule], settings: Settings, clock: Clock
) -> Iterator[DraftPeriod]:
    """The coming drafts about vendor data that is too old, from the day on which it will be."""
    for rule in (one for one in active if one.condition == conditions.VENDOR_DATA_OLD):

        def aged(day: int, rule: Rule = rule) -> list[Flaw]:
            return [*vendor_data_aged(loaded, graph, rule, settings, clock.days[day])]

        first = bisect_left(range(clock.never), True, key=lambda day: bool(aged(day)))
        if 0 < first < clock.never:
            for number, draft in enumerate(check.conditions_met(aged(first), active, graph)):
                yield DraftPeriod(draft, first, clock.never, (-1, number))
