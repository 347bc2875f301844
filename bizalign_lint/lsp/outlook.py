"""What lies ahead, in the editor: a lens above a definition, and what a date triggers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from threading import Lock

from bizalign_lint.core.durations import shift
from bizalign_lint.core.types import Document, Place
from bizalign_lint.core.words import counted
from bizalign_lint.forecast.chain import Chains
from bizalign_lint.forecast.local import Beginning, LocalForecast
from bizalign_lint.graph.nodes import Node
from bizalign_lint.ide.cursor import Position
from bizalign_lint.ide.lenses import Lens
from bizalign_lint.ide.nodes import cursor_context, document_at, entity_of, nested_in
from bizalign_lint.ide.snapshot import Snapshot
from bizalign_lint.parsing.positions import locate
from bizalign_lint.questions.reach import impact

_LENS = "P1Y"
_HOVER = "P3Y"
_MOST = 500
"""So many definitions that depend on one are looked at for what a date of it triggers."""
_SHOWN = 8
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_known: list[LocalForecast] = []
_lock = Lock()


def lenses_ahead(snapshot: Snapshot, path: str) -> list[Lens]:
    """How many findings of each definition in a file begin within a year."""
    documents = snapshot.documents.get(path, ())
    own = {node: document for document in documents for node in _nodes(snapshot, document)}
    year = shift(snapshot.settings.as_of.isoformat(), _LENS) or ""
    begin = Counter(
        id(own[found.node.entity])
        for found in _beginnings(snapshot, [*own], documents)
        if found.first <= year and found.node.entity in own
    )
    return [
        Lens(
            locate(Place(document, (next(iter(document.value)),), key=True)),
            f"{counted(begin[id(document)], 'finding')} "
            f"{'begins' if begin[id(document)] == 1 else 'begin'} within a year",
            "",
            "",
        )
        for document in documents
        if begin[id(document)]
    ]


def about_date(snapshot: Snapshot, path: str, position: Position) -> str:
    """What begins because of the date at a position, in Markdown; empty where nothing does."""
    found = cursor_context(snapshot, path, position)
    if found is None or found.at.on_key or not _DATE.fullmatch(found.text):
        return ""
    document = document_at(snapshot, path, found.at.number)
    entity = None if document is None else entity_of(snapshot, document)
    if document is None or entity is None:
        return ""
    near = [reached.node for reached in impact(entity)[:_MOST]]
    nodes = [*_nodes(snapshot, document), *near]
    documents = {id(node.document): node.document for node in nodes if node.document is not None}
    chains = Chains(snapshot.loaded.ontology, snapshot.settings.as_of.isoformat())
    rules = snapshot.loaded.rules.rules
    lines = []
    for one in _beginnings(snapshot, nodes, [*documents.values()]):
        if found.text not in one.dates:
            continue
        chain = chains.shortest(rules[one.finding.rule], one.node, frozenset((found.text,)))
        if chain and chain[-1].reference == entity.reference:
            finding = one.finding
            lines.append(f"- {one.first} {finding.severity} {finding.rule}: {finding.message}")
    if not lines:
        return ""
    more = [f"- … and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join(["**What this date triggers**", "", *lines[:_SHOWN], *more])


def _nodes(snapshot: Snapshot, document: Document) -> Iterator[Node]:
    node = entity_of(snapshot, document)
    if node is not None:
        yield node
        yield from nested_in(snapshot, node)


def _beginnings(
    snapshot: Snapshot, nodes: Sequence[Node], documents: Sequence[Document]
) -> list[Beginning]:
    if not nodes:
        return []
    with _lock:  # a forecast has one clock
        forecast = _forecast(snapshot)
        return [*forecast.beginnings(nodes, snapshot.graph, documents, snapshot.sources)]


def _forecast(snapshot: Snapshot) -> LocalForecast:
    """Its rules are compiled once for a day and a set-up."""
    for one in _known:
        if one.loaded is snapshot.loaded and one.settings == snapshot.settings:
            return one
    last = shift(snapshot.settings.as_of.isoformat(), _HOVER) or date.max.isoformat()
    made = LocalForecast(snapshot.loaded, snapshot.settings, date.fromisoformat(last))
    _known[:] = [made, *_known[:3]]
    return made
