"""The panels that open when a definition is pressed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from bizalign_lint.core.types import Finding
from bizalign_lint.core.words import prose
from bizalign_lint.graph.nodes import Node
from bizalign_lint.graph.owners import owner_of
from bizalign_lint.report_page.known import TONES, Known
from bizalign_lint.report_page.ledger import Ledger
from bizalign_lint.report_page.places import Places
from bizalign_lint.report_page.plan import Row
from bizalign_lint.report_page.reader import Mention, Reader, money, title
from bizalign_lint.reporters.glyphs import clean
from bizalign_lint.schema.ontology import Ontology, kind_title

_MOST_FOUND = 4
_MOST_NAMED = 12
_LONGEST = 140


class Note(NamedTuple):
    """A finding as the page lists it."""

    tone: str
    severity: str
    rule: str
    message: str
    place: str
    link: str


class PanelRow(NamedTuple):
    """A row of a panel: a heading and definitions, and the number of those left out."""

    words: str
    named: Sequence[Mention]
    more: int


class Panel(NamedTuple):
    """The panel of one definition; texts are empty if nothing is known."""

    id: str
    kind: str
    title: str
    about: str
    owner: str
    cost: str
    rows: Sequence[PanelRow]
    found: Sequence[Note]
    more: int
    lacking: Sequence[str]
    place: str
    link: str


class Panels(NamedTuple):
    """Draws the panels of a page."""

    reader: Reader
    known: Known
    ledger: Ledger
    places: Places
    ontology: Ontology

    def draw(self, plan: Mapping[str, Sequence[Row]], beside: Mapping[str, str]) -> Iterator[Panel]:
        """The panel of each definition of the planned kinds.

        ``beside`` has paths, by kind, to related definitions whose findings are listed, too.
        """
        for kind, rows in plan.items():
            for node in self.reader.of_kind(kind):
                others = self.reader.nodes(node, beside[kind]) if kind in beside else []
                yield self._panel(kind, rows, node, others)

    def _panel(self, kind: str, rows: Sequence[Row], node: Node, others: Sequence[Node]) -> Panel:
        reader, known = self.reader, self.known
        found = known.of([node, *others])
        owner = owner_of(node)
        amount = self.ledger.amounts.get(node)
        path = node.document.source.path if node.document is not None else ""
        drawn = (self._row(row, node) for row in rows)
        return Panel(
            id=reader.panel(node),
            kind=kind_title(self.ontology, kind),
            title=title(node),
            about=clean(shorten(prose(node.values.get("description")), _LONGEST, placeholder=" …")),
            owner="" if owner is None else title(owner),
            cost="" if amount is None else money(amount, self.ledger.currency),
            rows=[row for row in drawn if row.named],
            found=[self.note(finding) for finding in found[:_MOST_FOUND]],
            more=max(0, len(found) - _MOST_FOUND),
            lacking=[fact.fact for fact in known.lacking.get(node.reference, ())],
            place=self.places.shown(path),
            link=self.places.link(path),
        )

    def _row(self, row: Row, node: Node) -> PanelRow:
        nodes = self.reader.nodes(node, row.path)
        named = [self.reader.mention(one, row.note, row.before) for one in nodes[:_MOST_NAMED]]
        return PanelRow(row.words, named, max(0, len(nodes) - _MOST_NAMED))

    def note(self, finding: Finding) -> Note:
        """A finding as the page lists it."""
        at = finding.location
        return Note(
            tone=TONES[finding.severity],
            severity=finding.severity.value,
            rule=finding.rule,
            message=clean(finding.message),
            place=self.places.shown(at.path, at.span.line),
            link=self.places.link(at.path, at.span.line),
        )
