"""Drafts → findings: severity, place, fix and fingerprint."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from bizalign_lint.core.settings import Settings, selects, severity_on
from bizalign_lint.core.types import (
    Document,
    Finding,
    Fix,
    Flaw,
    Location,
    Place,
    Related,
    RelatedLocation,
    Source,
    Span,
)
from bizalign_lint.parsing.positions import anchor_of, cell_of, locate
from bizalign_lint.rules.run import Draft


class Finisher:
    """Turns drafts into findings, except those that the settings leave out."""

    def __init__(self, settings: Settings, sources: Mapping[str, Source]) -> None:
        self._settings = settings
        self._sources = sources
        self._seen: dict[tuple[str, ...], int] = {}
        self._spans: dict[Place, Span] = {}
        self._has_aliases: dict[int, bool] = {}

    def look_up(self, drafts: Iterable[Draft]) -> None:
        """Locate the places of drafts in advance, file by file.

        Drafts alternate between files, and a large parsed file is not kept while others are read.
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
        """The findings to report, sorted by ``order``."""
        found = [finding for draft in drafts if (finding := self._finding(draft)) is not None]
        return sorted(found, key=order)

    def _finding(self, draft: Draft) -> Finding | None:
        path = path_of(draft.place)
        entity = draft.node.entity.reference if draft.node is not None else None
        about = (draft.rule.id, entity or path)
        fingerprint = self._fingerprint(*about, _property(draft), draft.subject)
        former = self._fingerprint(*about, draft.subject)
        found = self.without_fingerprint(draft)
        return found and found._replace(fingerprint=fingerprint, former=former)

    def without_fingerprint(self, draft: Draft) -> Finding | None:
        """The finding without what depends on others; None if the settings leave it out."""
        rule, settings = draft.rule, self._settings
        path = path_of(draft.place)
        severity = settings.severity(rule.id, rule.severity)
        for override in settings.overrides:
            if override.paths.match(path):
                if any(selects(s, rule.id, rule.guideline) for s in override.ignore):
                    return None
                grade = override.severities.get(rule.id)
                severity = severity_on(grade, settings.as_of, severity)
        if not settings.reports(path):
            return None
        location = self._location(draft.place)
        return Finding(
            rule=rule.id,
            name=rule.name,
            guideline=rule.guideline,
            severity=severity,
            message=_in_cell(location, draft.message),
            location=location,
            fingerprint="",
            entity=draft.node.entity.reference if draft.node is not None else None,
            help=rule.help,
            related=(
                *(self._related(r) for r in draft.related),
                *self._anchor(draft.place),
            ),
            fix=self._fix(draft.flaw, path) if draft.flaw is not None else None,
            cause=draft.cause,
        )

    def _location(self, place: Place | Location) -> Location:
        if isinstance(place, Location):
            return place
        return Location(path_of(place), self._spans.get(place) or locate(place), cell_of(place))

    def _related(self, related: Related) -> RelatedLocation:
        location = self._location(related.place)
        return RelatedLocation(_in_cell(location, related.message), location)

    def _anchor(self, place: Place | Location) -> tuple[RelatedLocation, ...]:
        """Where the value of an alias is written."""
        if isinstance(place, Location):
            return ()
        source = place.document.source
        if id(source) not in self._has_aliases:
            # Cached: a large file can have thousands of findings.
            self._has_aliases[id(source)] = b"*" in source.content
        anchor = anchor_of(place) if self._has_aliases[id(source)] else None
        return () if anchor is None else (RelatedLocation("what the alias stands for", anchor),)

    def _fix(self, flaw: Flaw, path: str) -> Fix | None:
        from bizalign_lint.fixes.propose import fix  # imports the exact YAML parser

        return fix(flaw, self._sources.get(path))

    def _fingerprint(self, *identity: str) -> str:
        """A hash of the identity, unique in a run: repetitions are numbered."""
        from hashlib import sha256

        count = self._seen[identity] = self._seen.get(identity, 0) + 1
        text = "\0".join(identity if count == 1 else (*identity, str(count)))
        # Lossless for file names that are not UTF-8.
        return sha256(text.encode(errors="surrogatepass")).hexdigest()[:20]


def _in_cell(location: Location, message: str) -> str:
    """A message, with the cell if the place is in a workbook, as lines mean little there."""
    return f"{location.cell}: {message}" if location.cell else message


def _property(draft: Draft) -> str:
    """The property that a finding is about, within its definition, without list indexes."""
    place, node = draft.place, draft.node
    if isinstance(place, Location) or node is None or not _is_same(node.document, place.document):
        return ""
    steps: list[str] = []
    value: Any = place.document.value
    for step in place.pointer:
        inside = isinstance(value, (dict, list)) and step in _steps(value)
        value = value[step] if inside else None
        if isinstance(step, str):
            steps.append(step)
        elif isinstance(value, dict) and isinstance(value.get("name"), str):
            steps.append(value["name"])
    return "/".join(steps)


def _is_same(own: Document | None, document: Document) -> bool:
    """Whether both are the same definition; one may be a sanitized copy."""
    return own is not None and (own.source, own.index) == (document.source, document.index)


def _steps(value: dict[str, Any] | list[Any]) -> Container[str | int]:
    return value if isinstance(value, dict) else range(len(value))


def order(finding: Finding) -> tuple[str, int, int, str, str]:
    """The sort key of a finding: path, line, column, rule and message."""
    span = finding.location.span
    return (finding.location.path, span.line, span.column, finding.rule, finding.message)


def path_of(place: Place | Location) -> str:
    """The path of the file that a place is in."""
    if isinstance(place, Location):
        return place.path
    origin = place.document.origin
    own = place.document.source.path
    return own if origin is None else origin.path(place.pointer) or own
