"""Drafts → findings: severity, place, fix and fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bizalign_lint.core.settings import Settings, selects
from bizalign_lint.core.types import (
    Finding,
    Fix,
    Flaw,
    Location,
    Place,
    RelatedLocation,
    Source,
    Span,
)
from bizalign_lint.parsing.positions import anchor_of, locate
from bizalign_lint.rules.run import Draft


class Finisher:
    """Drafts → findings: severity, place, fingerprint; what nobody asked for is left out."""

    def __init__(self, settings: Settings, sources: Mapping[str, Source]) -> None:
        self._settings = settings
        self._sources = sources
        self._seen: dict[str, int] = {}
        self._spans: dict[Place, Span] = {}
        self._has_aliases: dict[int, bool] = {}

    def look_up(self, drafts: Iterable[Draft]) -> None:
        """Find the places of drafts beforehand, file by file.

        They lead to and fro between files, and a large one is not kept while others are read.
        """
        places = {
            place: None
            for draft in drafts
            if self._settings.reports(path_of(draft.place))
            for place in (draft.place, *(related.place for related in draft.related))
            if isinstance(place, Place)
        }
        for place in sorted(places, key=path_of):
            self._spans[place] = locate(place)

    def findings(self, drafts: Iterable[Draft]) -> list[Finding]:
        """The findings that are to be reported, in the order of their places."""
        found = [finding for draft in drafts if (finding := self._finding(draft)) is not None]
        return sorted(found, key=order)

    def _finding(self, draft: Draft) -> Finding | None:
        path = path_of(draft.place)
        entity = draft.node.entity.reference if draft.node is not None else None
        identity = "\0".join((draft.rule.id, entity or path, draft.subject))
        fingerprint = self._fingerprint(identity)
        found = self.without_fingerprint(draft)
        return None if found is None else found._replace(fingerprint=fingerprint)

    def without_fingerprint(self, draft: Draft) -> Finding | None:
        """A finding as far as the others do not matter; None when nobody has asked for it."""
        rule, settings = draft.rule, self._settings
        path = path_of(draft.place)
        severity = settings.severities.get(rule.id, rule.severity)
        for override in settings.overrides:
            if override.paths.match(path):
                if any(selects(s, rule.id, rule.guideline) for s in override.ignore):
                    return None
                severity = override.severities.get(rule.id, severity)
        if not settings.reports(path):
            return None
        return Finding(
            rule=rule.id,
            name=rule.name,
            guideline=rule.guideline,
            severity=severity,
            message=draft.message,
            location=self._location(draft.place),
            fingerprint="",
            entity=draft.node.entity.reference if draft.node is not None else None,
            help=rule.help,
            related=(
                *(RelatedLocation(r.message, self._location(r.place)) for r in draft.related),
                *self._anchor(draft.place),
            ),
            fix=self._fix(draft.flaw, path) if draft.flaw is not None else None,
            cause=draft.cause,
        )

    def _location(self, place: Place | Location) -> Location:
        if isinstance(place, Location):
            return place
        return Location(path_of(place), self._spans.get(place) or locate(place))

    def _anchor(self, place: Place | Location) -> tuple[RelatedLocation, ...]:
        """Where a value is written that stands in its place by an alias only."""
        if isinstance(place, Location):
            return ()
        source = place.document.source
        if id(source) not in self._has_aliases:
            # Asked once: a large file can have thousands of findings.
            self._has_aliases[id(source)] = b"*" in source.content
        anchor = anchor_of(place) if self._has_aliases[id(source)] else None
        return () if anchor is None else (RelatedLocation("what the alias stands for", anchor),)

    def _fix(self, flaw: Flaw, path: str) -> Fix | None:
        from bizalign_lint.fixes.propose import fix  # brings the exact YAML path with it

        return fix(flaw, self._sources.get(path))

    def _fingerprint(self, identity: str) -> str:
        """Made of what is wrong with what, never of line numbers; unique in a run."""
        from hashlib import sha256

        count = self._seen[identity] = self._seen.get(identity, 0) + 1
        text = identity if count == 1 else f"{identity}\0{count}"
        return sha256(text.encode()).hexdigest()[:20]


def order(finding: Finding) -> tuple[str, int, int, str, str]:
    """By path, line, column and rule."""
    span = finding.location.span
    return (finding.location.path, span.line, span.column, finding.rule, finding.message)


def path_of(place: Place | Location) -> str:
    """The file that a place is in."""
    return place.path if isinstance(place, Location) else place.document.source.path
