"""The colourings of the map: each gives a box a tone and a few words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bizalign_lint.core.durations import shift
from bizalign_lint.core.report import Report
from bizalign_lint.core.types import Severity
from bizalign_lint.core.words import counted, sentence, spaced
from bizalign_lint.graph.nodes import Node
from bizalign_lint.report_page.known import Known, tone_of
from bizalign_lint.report_page.ledger import Ledger
from bizalign_lint.report_page.plan import Map
from bizalign_lint.report_page.reader import Reader, day, money, number

UNKNOWN = "unknown"
PLAIN = "plain"


class Shade(NamedTuple):
    """The tone of one box in a colouring, and what it means for that box."""

    tone: str
    words: str


class Colour(NamedTuple):
    """A colouring of all boxes."""

    id: str
    """One letter."""
    title: str
    legend: Sequence[tuple[str, str]]
    """Tones, each with its meaning."""
    shade: Callable[[Node], Shade]


class Boxes:
    """What all colourings need to know about boxes."""

    def __init__(self, reader: Reader, plan: Map, known: Known, as_of: str) -> None:
        self.reader = reader
        self.plan = plan
        self.known = known
        self.as_of = as_of
        self._carriers: dict[Node, list[Node]] = {}

    def carriers(self, node: Node) -> list[Node]:
        """The carriers of a box, without those in their last phase."""
        found = self._carriers.get(node)
        if found is None:
            said = self.plan.carriers
            found = self._carriers[node] = [
                one for one in self.reader.nodes(node, said.path) if not self.is_gone(one)
            ]
        return found

    def is_gone(self, carrier: Node) -> bool:
        """Whether a carrier is in the last phase of its lifecycle."""
        phase = self.plan.carriers.phase
        phases = self.reader.choices(carrier.type.name, phase)
        return bool(phases) and self.reader.one(carrier, phase) == phases[-1]

    def without(self, node: Node) -> bool:
        """Whether a definition declares that it needs no carriers."""
        return self.reader.one(node, self.plan.without.path) is True

    def resting(self, node: Node) -> str:
        """The number of carriers of a definition, in words."""
        count = len(self.carriers(node))
        if not count and self.without(node):
            return self.plan.without.words
        said = self.plan.carriers
        return f"{count} {said.one if count == 1 else said.many}"


def colours(boxes: Boxes, ledger: Ledger, report: Report) -> list[Colour]:
    """All colourings; coverage only if the report has measured it."""
    carriers = boxes.plan.carriers.words
    found = [
        Colour(
            "f",
            "Findings",
            [
                ("ok", "no findings, everything judged"),
                ("note", "info"),
                ("warn", "warning"),
                ("bad", "error"),
                (UNKNOWN, f"not known: a fact is missing, or no {carriers} are mapped"),
            ],
            lambda node: _findings(boxes, node),
        ),
        Colour(
            "g",
            f"{sentence(boxes.plan.rating)} gap",
            [
                ("ok", "at its goal"),
                ("q1", "one level below"),
                ("q2", "two levels"),
                ("q4", "three or more"),
                (UNKNOWN, "not known: the level today or the goal is not stated"),
            ],
            lambda node: _gap(boxes, node),
        ),
        _cost(ledger, boxes),
        _purpose(ledger),
        Colour(
            "t",
            "Age of technology",
            [
                ("ok", "supported for three years or more"),
                ("note", "support ends within three years"),
                ("warn", "support ends within a year"),
                ("bad", "support has ended"),
                (PLAIN, f"{boxes.plan.without.words}, or {boxes.plan.technology.outside.words}"),
                (UNKNOWN, "not known: no component, or no date"),
            ],
            lambda node: _age(boxes, node),
        ),
        Colour(
            "n",
            sentence(carriers),
            [
                ("q1", "one"),
                ("q2", "two or three"),
                ("q3", "four or five"),
                ("q4", "six or more"),
                (PLAIN, boxes.plan.without.words),
                (UNKNOWN, "none is mapped"),
            ],
            lambda node: _count(boxes, node),
        ),
    ]
    if report.coverage:
        found.insert(1, _coverage(boxes))
    return found


def _about(boxes: Boxes, node: Node) -> list[Node]:
    return [node, *boxes.carriers(node)]


def _findings(boxes: Boxes, node: Node) -> Shade:
    about = _about(boxes, node)
    found = boxes.known.of(about)
    if found:
        grave = sum(finding.severity is Severity.ERROR for finding in found)
        words = counted(grave, "error") if grave else counted(len(found), "finding")
        if 0 < grave < len(found):
            words += f", {len(found) - grave} more"
        return Shade(tone_of(found), words)
    if len(about) == 1 and not boxes.without(node):
        return Shade(UNKNOWN, f"no {boxes.plan.carriers.one} mapped")
    missing = sum(len(boxes.known.lacking.get(one.reference, ())) for one in about)
    if missing:
        return Shade(UNKNOWN, f"{counted(missing, 'fact')} missing")
    return Shade("ok", "no findings")


def _coverage(boxes: Boxes) -> Colour:
    known = boxes.known

    def shade(node: Node) -> Shade:
        about = [one.reference for one in _about(boxes, node)]
        held, broken, unknown = (
            sum(len(part.get(one, ())) for one in about)
            for part in (known.held, known.broken, known.unjudged)
        )
        total = held + broken + unknown
        if not total:
            return Shade(UNKNOWN, "not measured")
        words = f"{held} of {total} hold"
        if broken:
            return Shade("bad", f"{words}, {broken} broken")
        return Shade(UNKNOWN, f"{words}, {unknown} unknown") if unknown else Shade("ok", words)

    legend = [
        ("ok", "all measures hold"),
        ("bad", "one or more are broken"),
        (UNKNOWN, "not known: some cannot be judged"),
    ]
    return Colour("v", "Coverage", legend, shade)


def _gap(boxes: Boxes, node: Node) -> Shade:
    reader, plan = boxes.reader, boxes.plan
    gap = reader.number(node, plan.gap)
    if gap is None:
        return Shade(UNKNOWN, f"{plan.rating} not known")
    now, goal = (number(reader.number(node, path) or 0) for path in (plan.now, plan.goal))
    if gap <= 0:
        return Shade("ok", f"at {now}, goal {goal}")
    return Shade("q1" if gap == 1 else "q2" if gap == 2 else "q4", f"at {now}, goal {goal}")


def _cost(ledger: Ledger, boxes: Boxes) -> Colour:
    amounts = sorted(
        ledger.amounts[node]
        for node in boxes.reader.of_kind(boxes.plan.kind)
        if node in ledger.amounts
    )
    bounds = [amounts[len(amounts) * part // 4] for part in (1, 2, 3)] if amounts else []

    def shade(node: Node) -> Shade:
        amount = ledger.amounts.get(node)
        if amount is None:
            return Shade(UNKNOWN, "no cost is assigned to it")
        place = sum(amount >= bound for bound in bounds)
        return Shade(f"q{place + 1}", money(amount, ledger.currency))

    said = [money(bound, ledger.currency) for bound in bounds]
    legend = [(UNKNOWN, "not known: no cost is assigned to it")]
    if said:
        legend = [
            ("q1", f"below {said[0]}"),
            ("q2", f"from {said[0]}"),
            ("q3", f"from {said[1]}"),
            ("q4", f"from {said[2]}"),
            *legend,
        ]
    return Colour("c", boxes.plan.cost, legend, shade)


def _purpose(ledger: Ledger) -> Colour:
    names = ledger.order
    tones = {name: f"k{min(at, 2) + 1}" for at, name in enumerate(names)}

    def shade(node: Node) -> Shade:
        mix = ledger.purposes.get(node)
        total = sum(mix.values()) if mix else 0
        if not mix or not total:
            return Shade(UNKNOWN, "no cost is assigned to it")
        parts = [
            f"{spaced(name) if name else 'unknown'} {round(100 * mix[name] / total)} %"
            for name in sorted(mix, key=lambda name: -mix[name])
        ]
        most = max(sorted(mix), key=lambda name: mix[name])
        return Shade(tones.get(most, UNKNOWN), ", ".join(parts[:2]))

    legend = [(tones[name], f"mostly to {spaced(name)}") for name in names]
    return Colour("s", "Purpose of money", [*legend, (UNKNOWN, "purpose not known")], shade)


def _age(boxes: Boxes, node: Node) -> Shade:
    reader, said = boxes.reader, boxes.plan.technology
    carriers = boxes.carriers(node)
    if not carriers and boxes.without(node):
        return Shade(PLAIN, boxes.plan.without.words)
    components = reader.nodes(node, said.path)
    dated = [(end, one) for one in components if (end := reader.text(one, said.end))]
    unknown = [
        one
        for one in components
        if not reader.text(one, said.end) and reader.one(one, said.kept) is not True
    ]
    outside = [one for one in carriers if reader.one(one, said.outside.path) == said.outside.value]
    if not components and carriers and len(outside) == len(carriers):
        return Shade(PLAIN, said.outside.words)
    if not dated:
        return Shade(UNKNOWN, "no date known" if components else "no component known")
    end = min(end for end, _ in dated)
    if end <= boxes.as_of:
        return Shade("bad", f"ended {day(end)}")
    within = [shift(boxes.as_of, length) or "" for length in ("P1Y", "P3Y")]
    if end <= within[0]:
        return Shade("warn", f"ends {day(end)}")
    if unknown:
        return Shade(UNKNOWN, f"{len(unknown)} of {len(components)} dates missing")
    return Shade("note" if end <= within[1] else "ok", f"until {day(end)}")


def _count(boxes: Boxes, node: Node) -> Shade:
    count = len(boxes.carriers(node))
    if not count:
        return Shade(PLAIN if boxes.without(node) else UNKNOWN, boxes.resting(node))
    place = 1 if count == 1 else 2 if count < 4 else 3 if count < 6 else 4
    return Shade(f"q{place}", boxes.resting(node))
