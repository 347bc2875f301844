"""All parts of the page, for its templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from bizalign_lint.core.report import Report
from bizalign_lint.core.settings import Settings
from bizalign_lint.engine.load import Loaded
from bizalign_lint.engine.model import Model
from bizalign_lint.forecast.outlook import Outlook
from bizalign_lint.report_page import (
    board,
    boxes,
    flow,
    history,
    matrix,
    quadrant,
    register,
    roadmap,
    summary,
    worklist,
)
from bizalign_lint.report_page.colours import Boxes, Colour, colours
from bizalign_lint.report_page.known import know
from bizalign_lint.report_page.ledger import read_ledger
from bizalign_lint.report_page.panels import Panels
from bizalign_lint.report_page.places import Places
from bizalign_lint.report_page.plan import Plan
from bizalign_lint.report_page.read_plan import read_plan
from bizalign_lint.report_page.reader import Reader, title
from bizalign_lint.report_page.tree import TreeBuilder
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.trend.form import TrendForm


class PageInput(NamedTuple):
    """All that a page is made from."""

    loaded: Loaded
    model: Model
    settings: Settings
    report: Report
    outlook: Outlook
    places: Places
    name: str
    """The name of the page; if it is empty, the model or else the folder gives it one."""
    folder: str
    trend: TrendForm | None = None
    """The result of ``history.read_history``; None if there is no trend."""


def parts(made: PageInput) -> dict[str, Any]:
    """The parts of the page, by their names in the templates."""
    plan = read_plan()
    report, outlook = made.report, made.outlook
    as_of = made.settings.as_of.isoformat()
    ontology = made.loaded.ontology
    walker = Walker(ontology, as_of, languages=made.settings.languages)
    reader = Reader(made.model.graph, walker, list(plan.panels))
    known = know(report)
    ledger = read_ledger(reader, plan.flow)
    about = Boxes(reader, plan.map, known, as_of)
    ways = colours(about, ledger, report)
    panels = Panels(reader, known, ledger, made.places, ontology)
    figures = summary.draw(report, outlook)
    drawn = boxes.draw(about, ways)
    return {
        "plan": plan,
        "name_of": made.name or _name(reader, plan) or made.folder,
        "as_of": as_of,
        "figures": figures,
        "ahead": summary.ahead(outlook),
        "colours": ways,
        "tones": _tones(ways),
        "boxes": drawn,
        "stars": boxes.stars(drawn, "bad"),
        "marks": _marks(drawn),
        "contents": _contents(plan),
        "matrix": matrix.draw(reader, plan.matrix),
        "quadrant": quadrant.draw(reader, plan.quadrant, ledger),
        "roadmap": roadmap.draw(reader, plan.roadmap, outlook, as_of),
        "tree": TreeBuilder(reader, plan.tree, known, as_of).draw(),
        "board": board.draw(reader, plan.board, known, as_of),
        "flow": flow.draw(reader, plan.flow, ledger),
        "ledger": ledger,
        "history": None if made.trend is None else history.draw(made.trend),
        "register": register.draw(reader, plan.register, known),
        "worklist": worklist.draw(report, panels),
        "panels": panels.draw(plan.panels, {plan.map.kind: plan.map.carriers.path}),
        "rules": _rules(report, outlook),
    }


class PagePart(NamedTuple):
    """A part of the page, as an entry of its navigation."""

    id: str
    title: str
    template: str = ""
    """The template that draws it; empty if that of the part before it does."""


def _contents(plan: Plan) -> list[PagePart]:
    """The entries of the navigation, in the order of the parts on the page."""
    return [
        PagePart("map", plan.map.short, "map.html"),
        PagePart("matrix", plan.matrix.short, "matrix.html"),
        PagePart("quadrant", plan.quadrant.short, "quadrant.html"),
        PagePart("roadmap", plan.roadmap.short, "roadmap.html"),
        PagePart("ahead", "To come"),
        PagePart("tree", plan.tree.short, "tree.html"),
        PagePart("board", plan.board.short, "board.html"),
        PagePart("flow", plan.flow.short, "flow.html"),
        PagePart("register", plan.register.short, "register.html"),
        PagePart("trend", "Trend", "trend.html"),
        PagePart("worklist", "Worklist", "worklist.html"),
    ]


def _marks(drawn: Sequence[boxes.Box]) -> list[tuple[int, int]]:
    """The pairs of ratings (today, goal) to draw, with the one in the legend."""
    found = {(2, 4)}
    ahead = list(drawn)
    while ahead:
        box = ahead.pop()
        ahead += box.inner
        if box.now:
            found.add((box.now, box.goal))
    return sorted(found)


def _tones(ways: Sequence[Colour]) -> list[tuple[str, list[str]]]:
    """The letter of each colouring, with its tones."""
    return [(way.id, [tone for tone, _ in way.legend]) for way in ways]


def _name(reader: Reader, plan: Plan) -> str:
    """The title of the definition that names the page; empty unless there is exactly one."""
    tops = [n for n in reader.of_kind(plan.name.kind) if not reader.nodes(n, plan.name.above)]
    return title(tops[0]) if len(tops) == 1 else ""


def _rules(report: Report, outlook: Outlook) -> list[Any]:
    """The rules that the page mentions."""
    mentioned = {finding.rule for finding in report.findings}
    mentioned |= {event.finding.rule for event in outlook.events}
    return [rule for rule in report.rules if rule.id in mentioned]
