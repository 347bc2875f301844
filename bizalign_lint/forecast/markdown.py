"""The forecast as Markdown, for a pull request: tables by quarter."""

from __future__ import annotations

from collections.abc import Iterator

from bizalign_lint.forecast.outlook import Event, Outlook
from bizalign_lint.forecast.words import campaigns, facts, lapses, quarters, summary, way
from bizalign_lint.reporters.markdown import cut_short, escape
from bizalign_lint.reporters.view import View


def render(outlook: Outlook, _: View) -> Iterator[str]:
    """The forecast as Markdown, cut short if it would be too long for a comment."""
    return cut_short(_pieces(outlook), "forecast")


def _pieces(outlook: Outlook) -> Iterator[str]:
    yield f"### bizalign-lint forecast\n\n{escape(summary(outlook))}.\n"
    for name, events in quarters(facts(outlook)):
        yield f"\n#### {name}\n\n| from | until | rule | what | why | owner |\n"
        yield "| --- | --- | --- | --- | --- | --- |\n"
        yield from map(_row, events)
    found = lapses(outlook)
    if found:
        yield "\n#### Lapses, if nobody acts\n\n| month | rule | findings |\n"
        yield "| --- | --- | ---: |\n"
        yield from (f"| {one.month} | {one.rule} {one.name} | {one.number} |\n" for one in found)
    if outlook.rises:
        yield "\n#### Becoming more severe, as configured\n\n"
        yield "| from | rule | until then | then | findings |\n| --- | --- | --- | --- | ---: |\n"
        for rise in campaigns(outlook.rises):
            cells = f"{rise.day} | {rise.rule} {rise.name} | {rise.was} | {rise.severity}"
            yield f"| {cells} | {rise.number} |\n"


def _row(event: Event) -> str:
    finding = event.finding
    cells = (
        event.first,
        event.last or "",
        f"{finding.severity} {finding.rule}",
        *(escape(text) for text in (finding.message, way(event), event.owner or "")),
    )
    return f"| {' | '.join(cells)} |\n"
