"""Drafts → findings, reusing those of drafts that have not changed since the last check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import is_
from typing import Any

from bizalign_lint.core.settings import Settings
from bizalign_lint.core.types import Finding, Flaw, Place, Source
from bizalign_lint.findings.finish import Finisher, path_of
from bizalign_lint.graph.nodes import Node
from bizalign_lint.incremental.graph import LiveGraph
from bizalign_lint.rules.language.rule import Rule
from bizalign_lint.rules.run import Draft, condition_met

Known = dict[int, tuple[Draft, Sequence[Source | None], Finding | None]]
"""The id of a draft → the draft, the files of its places, and its finding."""


class CachingFinisher(Finisher):
    """Looks up the places only of drafts that it has not seen."""

    def __init__(self, settings: Settings, sources: Mapping[str, Source], known: Known) -> None:
        super().__init__(settings, sources)
        self._files = sources
        self._known = known
        self.seen: Known = {}
        """The entries used this time, to be ``known`` the next time."""

    def look_up(self, drafts: Iterable[Draft]) -> None:
        """Do nothing: most places are known, and the others are looked up one by one."""

    def preload(self, draft: Draft) -> None:
        """Look up the places of a draft in advance."""
        self.without_fingerprint(draft)
        self._known[id(draft)] = self.seen[id(draft)]

    def without_fingerprint(self, draft: Draft) -> Finding | None:
        """The part of a finding that does not depend on others; None if it is not reported."""
        places = (draft.place, *(related.place for related in draft.related))
        sources = [self._files.get(path_of(place)) for place in places]
        known = self._known.get(id(draft))
        if known is None or known[0] is not draft or not all(map(is_, known[1], sources)):
            known = (draft, sources, super().without_fingerprint(draft))
        self.seen[id(draft)] = known
        return known[2]


class CachingDrafter:
    """Makes drafts of flaws; an equal flaw gets the same draft again."""

    def __init__(self, live: LiveGraph) -> None:
        self._live = live
        self._known: dict[Any, Draft] = {}
        self._seen: dict[Any, Draft] = {}

    def start_round(self) -> None:
        """Forget the drafts that were not used since the last round."""
        self._known, self._seen = self._seen, {}

    def drafts(self, flaws: Iterable[Flaw], reporting: Mapping[str, Rule]) -> Sequence[Draft]:
        """The drafts that ``run.conditions_met`` would make of the flaws."""
        found = []
        for flaw in flaws:
            rule = reporting.get(flaw.condition)
            if rule is not None:
                found.append(self._draft(flaw, rule))
        return found

    def _draft(self, flaw: Flaw, rule: Rule) -> Draft:
        node = self._owner(flaw)
        key = (flaw.condition, flaw.place, flaw.subject)
        known = self._known.get(key)
        if known is None or known.node is not node or known.flaw != flaw:
            known = condition_met(flaw, rule, node)
        self._seen[key] = known
        return known

    def _owner(self, flaw: Flaw) -> Node | None:
        if not isinstance(flaw.place, Place):
            return None
        document = flaw.place.document
        return self._live.winner(document.source.path, document.index)
