"""Definitions of releases → definitions with the vendors' dates, and flaws where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from operator import is_
from typing import Any

from bizalign_lint.core import conditions
from bizalign_lint.core.durations import shift
from bizalign_lint.core.types import Document, Flaw, Place, Pointer, Related
from bizalign_lint.core.words import counted
from bizalign_lint.graph.nodes import Graph
from bizalign_lint.lifecycles.lock import Lock
from bizalign_lint.lifecycles.products import Named, Release, release, version_of
from bizalign_lint.parsing.documents import Parsed
from bizalign_lint.schema.ontology import Ontology, VendorDates

_SPEC = "spec"
_DAY = "P1D"
MAX_AGE = "maxAge"
"""The parameter of the rule about old vendor data: a duration in ISO 8601."""


class Completer:
    """Completes definitions with the dates of a lock file."""

    def __init__(self, ontology: Ontology, lock: Lock) -> None:
        self.lock = lock
        self._kinds = {
            name: kind.vendor_dates
            for name, kind in ontology.kinds.items()
            if kind.vendor_dates is not None
        }

    def complete(self, parsed: Parsed) -> Parsed:
        """A parsed file with the dates that its definitions lack, and flaws about them."""
        documents: list[Document] = []
        flaws: list[Flaw] = []
        for document in parsed.documents:
            way = self._kinds.get(_text(document.value.get("kind")))
            found = None if way is None else self._release(document, way)
            if way is None or found is None:
                documents.append(document)
                continue
            completed = self._completed(document, way, found)
            documents.append(completed)
            flaws.extend(self._said(document, completed, way, found))
        if not flaws and all(map(is_, documents, parsed.documents)):
            return parsed
        return replace(parsed, documents=documents, flaws=[*parsed.flaws, *flaws])

    def aged(self, graph: Graph, day: str, params: Mapping[str, Any]) -> Iterator[Flaw]:
        """A flaw if the data is older on a day than the parameter ``maxAge`` allows.

        There is at most one; its place is the first definition that the data is about.
        """
        oldest = shift(day, params[MAX_AGE], -1)
        if oldest is None or self.lock.as_of >= oldest:
            return
        known = [
            node.document
            for kind, way in self._kinds.items()
            for node in graph.kinds[kind]
            if node.document is not None and self._release(node.document, way) is not None
        ]
        if known:
            first = min(known, key=lambda document: (document.source.path, document.index))
            way = self._kinds[first.value["kind"]]
            details = {
                "source": self.lock.source,
                "asOf": self.lock.as_of,
                "definitions": counted(len(known), "definition"),
            }
            yield Flaw(
                condition=conditions.VENDOR_DATA_OLD,
                place=Place(first, (_SPEC, _said_by(named_by(first, way), way))),
                details=details,
                subject=self.lock.as_of,
                related=(Related("the lock file has this date", self.lock.place),),
            )

    def _release(self, document: Document, way: VendorDates) -> Release | None:
        named = named_by(document, way)
        product = self.lock.catalog.product(named)
        return None if product is None else release(product, version_of(named))

    def _completed(self, document: Document, way: VendorDates, known: Release) -> Document:
        """The definition with the dates that it lacks; unchanged if it has them all."""
        said = _held(document, way)
        wanted = dates_of(way, known, said)
        missing = {name: day for name, day in wanted.items() if name not in said}
        spec = document.value[_SPEC]
        if not missing or not isinstance(spec.get(way.holder, {}), dict):
            return document
        spec = {**spec, way.holder: {**said, **missing}}
        supplied: dict[Pointer, Related] = {
            (_SPEC, way.holder, name): self._supplied(document, way, known, name, day)
            for name, day in missing.items()
        }
        value = {**document.value, _SPEC: spec}
        return replace(document, value=value, supplied={**document.supplied, **supplied})

    def _supplied(
        self, document: Document, way: VendorDates, known: Release, name: str, day: str
    ) -> Related:
        """The note about a date that was filled in, with its place in the lock file."""
        product = self.lock.catalog.product(named_by(document, way))
        assert product is not None
        message = (
            f"{name} {day} is filled in: {self.lock.source} gives it for {product.label} "
            f"{known.label} (as of {self.lock.as_of})"
        )
        return Related(message, self.lock.places[product.name, known.name])

    def _said(
        self, document: Document, completed: Document, way: VendorDates, known: Release
    ) -> Iterator[Flaw]:
        said, all_ = _held(document, way), _held(completed, way)
        wanted = dates_of(way, known, said)
        source = {"source": self.lock.source, "asOf": self.lock.as_of}
        for name, day in wanted.items():
            if name in way.begins:
                continue
            here = said.get(name)
            if isinstance(here, str) and not _is_near(here, _accepted(way, known, name, day)):
                pointer: Pointer = (_SPEC, way.holder, name)
                details = {"property": name, "here": here, "near": day, "certain": "yes", **source}
                yield Flaw(conditions.VENDOR_DATE, Place(completed, pointer), details, here)
        missing = {name: day for name, day in all_.items() if name not in said}
        if missing and way.dates.keys().isdisjoint(said):
            named = named_by(document, way)
            shown = ", ".join(f"{name} {day}" for name, day in missing.items())
            details = {
                "release": f"{named.product or named.purl} {named.version}".strip(),
                "dates": shown,
                "holder": way.holder,
                "missing": json.dumps(missing),
                **source,
            }
            pointer = (_SPEC, _said_by(named, way))
            yield Flaw(conditions.VENDOR_DATES_MISSING, Place(completed, pointer), details, shown)


def _said_by(named: Named, way: VendorDates) -> str:
    """The property by which a definition names its product: the product, or the package URL."""
    return way.product if named.product else way.purl


def named_by(document: Document, way: VendorDates) -> Named:
    """The product, version and package URL that a definition names."""
    spec = document.value.get(_SPEC)
    said = spec if isinstance(spec, dict) else {}
    version = said.get(way.version)
    # 16 and 8.4 are numbers in YAML; the schema reports that, and the release is clear anyway.
    text = str(version) if isinstance(version, int | float) else _text(version)
    return Named(_text(said.get(way.product)), text, _text(said.get(way.purl)))


def dates_of(way: VendorDates, known: Release, said: Mapping[str, Any]) -> dict[str, str]:
    """The vendor's dates for a definition, by property. ``said`` are the dates that it has."""
    ways = way.paid if way.paid_where in said else {}
    found = {}
    for name, milestones in {**way.dates, **ways}.items():
        day = next((known.dates[one] for one in milestones if one in known.dates), None)
        if day is not None:
            found[name] = day
    return found


def _accepted(way: VendorDates, known: Release, name: str, day: str) -> list[str]:
    """The days that are right for a date: those of all milestones that it may stand for."""
    milestones = way.dates.get(name, ())
    return [day, *(known.dates[one] for one in milestones if one in known.dates)]


def _is_near(here: str, days: Iterable[str]) -> bool:
    """Whether a date is one of some days or next to one: some publishers give the last day, others
    the day after it."""
    return any(here in (day, shift(day, _DAY), shift(day, _DAY, -1)) for day in days)


def _held(document: Document, way: VendorDates) -> dict[str, Any]:
    spec = document.value.get(_SPEC)
    held = spec.get(way.holder) if isinstance(spec, dict) else None
    return held if isinstance(held, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
