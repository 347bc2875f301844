"""The coming findings of a few definitions, for editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from bizalign_lint.core.clock import Clock
from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Document, Finding, Source
from bizalign_lint.engine.judge import is_selected
from bizalign_lint.engine.load import Loaded
from bizalign_lint.findings import suppressions
from bizalign_lint.forecast.dated import dated
from bizalign_lint.forecast.periods import RunContext, filter_periods
from bizalign_lint.forecast.timeline import DraftPeriod, timeline
from bizalign_lint.graph.nodes import Graph, Node
from bizalign_lint.rules.compiled.compile import compile_rule
from bizalign_lint.rules.compiled.steps import Walker


class Beginning(NamedTuple):
    """A finding about a node that will begin on a later day."""

    node: Node
    finding: Finding
    first: str
    dates: frozenset[str]
    """The dates that make it begin."""


class LocalForecast:
    """Forecasts findings for a few definitions at a time; rules are compiled once.

    Lapses are not reported, nor are findings of rules that depend on all definitions together.
    """

    def __init__(self, loaded: Loaded, settings: Settings, until: date) -> None:
        self.loaded = loaded
        self.settings = settings
        self.clock = Clock(settings.as_of, until)
        moving = Walker(loaded.ontology, self.clock.today, languages=settings.languages)
        self._active = [
            rule
            for rule in loaded.rules.rules.values()
            if is_selected(rule, settings) and not rule.transition and rule.condition is None
        ]
        moved = dated(loaded, self._active)
        self._dated = [
            compile_rule(rule, moving, settings.params.get(rule.id, {}), settings.reports_absence)
            for rule in self._active
            if rule.id in moved and not rule.lapse
        ]

    def beginnings(
        self,
        nodes: Iterable[Node],
        graph: Graph,
        documents: Iterable[Document],
        sources: Mapping[str, Source],
    ) -> Iterator[Beginning]:
        """The findings about some nodes that begin after the as-of date, by their first day.

        ``documents`` are those of the files that the nodes are in.
        """
        among = frozenset(nodes)
        periods: list[DraftPeriod] = []
        for number, compiled in enumerate(self._dated):
            periods += timeline(compiled, number, graph, self.clock, among).draft_periods
        run = RunContext(
            self.clock,
            graph,
            self.loaded.ontology,
            self._active,
            self.loaded.rules.rules.keys(),
            self.settings,
            sources,
            lambda _: (),
        )
        comments = suppressions.read(tuple(documents), graph)
        days = self.clock.days
        found = [
            Beginning(period.draft.node, period.finding, days[period.start], period.dates)
            for period in filter_periods(periods, comments, [], run)
            if period.start and period.was is None
            if period.draft.node is not None
        ]
        yield from sorted(found, key=_order)


def _order(one: Beginning) -> tuple[str, int, str, str]:
    finding = one.finding
    return one.first, finding.severity.rank, finding.rule, finding.fingerprint
