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
            properties = self._kinds.get(_text(document.value.get("kind")))
            found = None if properties is None else self._release(document, properties)
            if properties is None or found is None:
                documents.append(document)
                continue
            completed = self._completed(document, properties, found)
            documents.append(completed)
            flaws.extend(self._flaws(document, completed, properties, found))
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
            for kind, properties in self._kinds.items()
            for node in graph.kinds[kind]
            if node.document is not None and self._release(node.document, properties) is not None
        ]
        if known:
            first = min(known, key=lambda document: (document.source.path, document.index))
            properties = self._kinds[first.value["kind"]]
            details = {
                "source": self.lock.source,
                "asOf": self.lock.as_of,
                "definitions": counted(len(known), "definition"),
            }
            yield Flaw(
                condition=conditions.VENDOR_DATA_OLD,
                place=Place(
                    first, (_SPEC, _naming_property(named_by(first, properties), properties))
                ),
                details=details,
                subject=self.lock.as_of,
                related=(Related("the lock file has this date", self.lock.place),),
            )

    def _release(self, document: Document, properties: VendorDates) -> Release | None:
        named = named_by(document, properties)
        product = self.lock.catalog.product(named)
        return None if product is None else release(product, version_of(named))

    def _completed(self, document: Document, properties: VendorDates, known: Release) -> Document:
        """The definition with the dates that it lacks; unchanged if it has them all."""
        present = _own_dates(document, properties)
        wanted = dates_of(properties, known, present)
        missing = {name: day for name, day in wanted.items() if name not in present}
        spec = document.value[_SPEC]
        if not missing or not isinstance(spec.get(properties.holder, {}), dict):
            return document
        spec = {**spec, properties.holder: {**present, **missing}}
        supplied: dict[Pointer, Related] = {
            (_SPEC, properties.holder, name): self._supplied(document, properties, known, name, day)
            for name, day in missing.items()
        }
        value = {**document.value, _SPEC: spec}
        return replace(document, value=value, supplied={**document.supplied, **supplied})

    def _supplied(
        self, document: Document, properties: VendorDates, known: Release, name: str, day: str
    ) -> Related:
        """The note about a date that was filled in, with its place in the lock file."""
        product = self.lock.catalog.product(named_by(document, properties))
        assert product is not None
        message = (
            f"{name} {day} is filled in: {self.lock.source} gives it for {product.label} "
            f"{known.label} (as of {self.lock.as_of})"
        )
        return Related(message, self.lock.places[product.name, known.name])

    def _flaws(
        self, document: Document, completed: Document, properties: VendorDates, known: Release
    ) -> Iterator[Flaw]:
        present, all_ = _own_dates(document, properties), _own_dates(completed, properties)
        wanted = dates_of(properties, known, present)
        source = {"source": self.lock.source, "asOf": self.lock.as_of}
        for name, day in wanted.items():
            if name in properties.begins:
                continue
            here = present.get(name)
            if isinstance(here, str) and not _is_near(
                here, _accepted(properties, known, name, day)
            ):
                pointer: Pointer = (_SPEC, properties.holder, name)
                details = {"property": name, "here": here, "near": day, "certain": "yes", **source}
                yield Flaw(conditions.VENDOR_DATE, Place(completed, pointer), details, here)
        missing = {name: day for name, day in all_.items() if name not in present}
        if missing and properties.dates.keys().isdisjoint(present):
            named = named_by(document, properties)
            shown = ", ".join(f"{name} {day}" for name, day in missing.items())
            details = {
                "release": f"{named.product or named.purl} {named.version}".strip(),
                "dates": shown,
                "holder": properties.holder,
                "missing": json.dumps(missing),
                **source,
            }
            pointer = (_SPEC, _naming_property(named, properties))
            yield Flaw(conditions.VENDOR_DATES_MISSING, Place(completed, pointer), details, shown)


def _naming_property(named: Named, properties: VendorDates) -> str:
    """The property by which a definition names its product: the product, or the package URL."""
    return properties.product if named.product else properties.purl


def named_by(document: Document, properties: VendorDates) -> Named:
    """The product, version and package URL that a definition names."""
    spec = document.value.get(_SPEC)
    values = spec if isinstance(spec, dict) else {}
    version = values.get(properties.version)
    # 16 and 8.4 are numbers in YAML; the schema reports that, and the release is clear anyway.
    text = str(version) if isinstance(version, int | float) else _text(version)
    return Named(_text(values.get(properties.product)), text, _text(values.get(properties.purl)))


def dates_of(properties: VendorDates, known: Release, present: Mapping[str, Any]) -> dict[str, str]:
    """The vendor's dates for a definition, by property. ``present`` are the dates that it has."""
    paid = properties.paid if properties.paid_where in present else {}
    found = {}
    for name, milestones in {**properties.dates, **paid}.items():
        day = next((known.dates[one] for one in milestones if one in known.dates), None)
        if day is not None:
            found[name] = day
    return found


def _accepted(properties: VendorDates, known: Release, name: str, day: str) -> list[str]:
    """The days that are correct for a date: those of all its possible milestones."""
    milestones = properties.dates.get(name, ())
    return [day, *(known.dates[one] for one in milestones if one in known.dates)]


def _is_near(here: str, days: Iterable[str]) -> bool:
    """Whether a date is one of some days or next to one: some publishers give the last day, others
    the day after it."""
    return any(here in (day, shift(day, _DAY), shift(day, _DAY, -1)) for day in days)


def _own_dates(document: Document, properties: VendorDates) -> dict[str, Any]:
    spec = document.value.get(_SPEC)
    held = spec.get(properties.holder) if isinstance(spec, dict) else None
    return held if isinstance(held, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
